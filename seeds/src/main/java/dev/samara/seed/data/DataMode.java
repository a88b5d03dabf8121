package dev.samara.seed.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import dev.samara.Internal;

/**
 * What becomes of rows that the table has already, and of rows that left the file.
 *
 * @since 0.1.0
 */
@Internal
public enum DataMode {

	/** Rows of the file are inserted, or updated where they differ. */
	UPSERT,

	/** Rows whose key the table lacks are inserted, all others left alone. */
	INSERT_MISSING,

	/** As {@link #UPSERT}; rows a seed inserted that left its file are deleted. */
	REPLACE,

	/** Loaded a single time, whatever becomes of the file. */
	ONCE;

	/**
	 * Return the mode of a name.
	 * @param text the name, in any case
	 * @return the mode, empty if there is none of that name
	 */
	public static Optional<DataMode> of(String text) {
		return Arrays.stream(values()).filter((mode) -> mode.text().equals(text.toLowerCase(Locale.ROOT))).findFirst();
	}

	private String text() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Return whether rows that are there already are brought up to date.
	 */
	boolean updates() {
		return this == UPSERT || this == REPLACE;
	}

	@Override
	public String toString() {
		return text();
	}

}
