package dev.samara.seed.volume;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.samara.seed.data.RowMaker.Wanted;

/**
 * What a column holds.
 */
interface ColumnValues {

	/**
	 * Make a value.
	 * @param row the row it is for
	 * @param dice chance, begun for this column and row
	 * @return the value as the server reads it, or {@code null} for {@code NULL}
	 */
	@Nullable String value(Row row, Dice dice);

	/** Return the table the values are keys of, or {@code null} if they are none. */
	default @Nullable Wanted reference() {
		return null;
	}

	/**
	 * Make ready for the first row.
	 * @param keys the keys of the table referred to; empty if there is none
	 * @return values that have what they need
	 * @throws IllegalArgumentException if they cannot be made; the message says why
	 */
	default ColumnValues ready(List<String> keys) {
		return this;
	}

	/**
	 * The row a value is for.
	 */
	interface Row {

		/** Return its number, counted from 1. */
		long number();

		/** Return the value of a column that stands above, or {@code null}. */
		@Nullable String valueOf(int column);

	}

}
