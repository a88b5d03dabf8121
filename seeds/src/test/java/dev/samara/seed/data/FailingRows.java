package dev.samara.seed.data;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Fails at a row, or before the first one.
 *
 * @param row number of the row, counted from 1; 0 for the time before
 */
public record FailingRows(long row) implements RowMaker {

	@Override
	public List<String> columns() {
		return List.of("total");
	}

	@Override
	public long rows() {
		return 5;
	}

	@Override
	public int lineOf(String column) {
		return 7;
	}

	@Override
	public Map<String, Wanted> references() {
		return Map.of();
	}

	@Override
	public RowMaker ready(Map<String, List<String>> keys, Complaints problems) {
		if (this.row == 0) {
			throw new IllegalStateException("4711");
		}
		return this;
	}

	@Override
	public @Nullable String[] make(long number) {
		if (number == this.row) {
			throw new NotMadeException("total", new IllegalStateException("4711"));
		}
		return new @Nullable String[] { "1" };
	}

}
