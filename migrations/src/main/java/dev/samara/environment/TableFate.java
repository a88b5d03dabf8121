package dev.samara.environment;

import org.jspecify.annotations.Nullable;

/**
 * What has become of a table with seeded rows. Pure.
 */
enum TableFate {

	/** Its rows are there, or were not there before. */
	KEPT,

	/** It no longer exists. */
	DROPPED,

	/** It was dropped, and an empty table has its name. */
	RECREATED,

	/** It was dropped, and a table with rows has its name: a copy, usually. */
	REPLACED,

	/** It had rows and has none. */
	EMPTIED;

	/**
	 * Decide.
	 * @param exists whether it still exists, under whatever name
	 * @param successor whether another table has its name now
	 * @param hadRows whether it had rows before
	 * @param hasRows whether it, or its successor, has rows now; {@code null} if that
	 * cannot be read
	 */
	static TableFate of(boolean exists, boolean successor, boolean hadRows, @Nullable Boolean hasRows) {
		if (exists) {
			return (hadRows && Boolean.FALSE.equals(hasRows)) ? EMPTIED : KEPT;
		}
		if (!successor) {
			return DROPPED;
		}
		return Boolean.FALSE.equals(hasRows) ? RECREATED : REPLACED;
	}

	boolean isLoss() {
		return this == DROPPED || this == RECREATED || this == EMPTIED;
	}

}
