package dev.samara.seed.data;

import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Rows that are made instead of read.
 */
final class MadeRows implements RowReader {

	private final RowMaker maker;

	private long number;

	MadeRows(RowMaker maker) {
		this.maker = maker;
	}

	@Override
	public List<Field> fields(Predicate<String> isJson) {
		return this.maker.columns().stream().map((column) -> new Field(column, null)).toList();
	}

	@Override
	public void bind(List<ValueKind> kinds, Predicate<String> mayLack) {
	}

	@Override
	public boolean next(CopyText row) {
		if (this.number >= this.maker.rows()) {
			return false;
		}
		this.number++;
		for (@Nullable
		String value : this.maker.make(this.number)) {
			if (value != null) {
				row.add(value);
			}
			else {
				row.addNull();
			}
		}
		return true;
	}

	@Override
	public long line() {
		return 0;
	}

	@Override
	public void close() {
	}

}
