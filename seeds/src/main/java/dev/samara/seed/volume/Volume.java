package dev.samara.seed.volume;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.samara.seed.data.RowMaker;

/**
 * Rows as a file describes them. Not thread-safe.
 */
final class Volume implements RowMaker, ColumnValues.Row {

	private final long seed;

	private final long rows;

	private final List<VolumeColumn> columns;

	private final Dice[] dice;

	private final Dice[] nullDice;

	private final @Nullable String[] values;

	private long number;

	Volume(long seed, long rows, List<VolumeColumn> columns) {
		this.seed = seed;
		this.rows = rows;
		this.columns = List.copyOf(columns);
		this.dice = columns.stream().map((column) -> new Dice(seed, column.name())).toArray(Dice[]::new);
		this.nullDice = columns.stream().map((column) -> new Dice(seed, column.name() + " null")).toArray(Dice[]::new);
		this.values = new @Nullable String[columns.size()];
	}

	@Override
	public List<String> columns() {
		return this.columns.stream().map(VolumeColumn::name).toList();
	}

	@Override
	public long rows() {
		return this.rows;
	}

	@Override
	public int lineOf(String column) {
		return this.columns.stream()
			.filter((found) -> found.name().equals(column))
			.mapToInt(VolumeColumn::line)
			.findFirst()
			.orElse(0);
	}

	@Override
	public Map<String, Wanted> references() {
		Map<String, Wanted> references = new LinkedHashMap<>();
		for (VolumeColumn column : this.columns) {
			Wanted reference = column.values().reference();
			if (reference != null) {
				references.put(column.name(), reference);
			}
		}
		return references;
	}

	@Override
	public RowMaker ready(Map<String, List<String>> keys, Complaints problems) {
		List<VolumeColumn> ready = new ArrayList<>();
		for (VolumeColumn column : this.columns) {
			try {
				ready.add(new VolumeColumn(column.name(), column.line(),
						column.values().ready(keys.getOrDefault(column.name(), List.of())), column.nulls()));
			}
			catch (IllegalArgumentException ex) {
				problems.add(column.line(), "Column \"" + column.name() + "\" cannot be made",
						String.valueOf(ex.getMessage()));
			}
		}
		return new Volume(this.seed, this.rows, ready);
	}

	@Override
	public @Nullable String[] make(long number) {
		this.number = number;
		for (int i = 0; i < this.values.length; i++) {
			VolumeColumn column = this.columns.get(i);
			this.values[i] = isNull(column, i) ? null : value(column, i);
		}
		return this.values;
	}

	private boolean isNull(VolumeColumn column, int place) {
		if (column.nulls() <= 0) {
			return false;
		}
		this.nullDice[place].begin(this.number);
		return this.nullDice[place].share() < column.nulls();
	}

	private @Nullable String value(VolumeColumn column, int place) {
		this.dice[place].begin(this.number);
		try {
			return column.values().value(this, this.dice[place]);
		}
		catch (RuntimeException ex) {
			throw new NotMadeException(column.name(), ex);
		}
	}

	@Override
	public long number() {
		return this.number;
	}

	@Override
	public @Nullable String valueOf(int column) {
		return this.values[column];
	}

}
