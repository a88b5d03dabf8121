package dev.samara.seed;

import java.util.List;

/**
 * A table that a seed has filled and that has lost its rows since, by a migration or a
 * rollback. Pure.
 *
 * @param seed the seed
 * @param table the table, as SQL writes it
 * @param cause what has become of it
 * @param isThere whether a table of this name exists now
 * @param isPartial whether another table of the seed still has rows that the seed would
 * insert once more
 */
record SeedLoss(String seed, String table, Cause cause, boolean isThere, boolean isPartial) {

	/** Describe the losses of a seed. */
	static String describe(List<SeedLoss> losses) {
		SeedLoss first = losses.get(0);
		String more = (losses.size() > 1) ? ", and " + (losses.size() - 1) + " more" : "";
		return "table " + first.table() + " " + first.what() + more;
	}

	private String what() {
		return switch (this.cause) {
			case DROPPED, RECREATED -> this.isThere ? "was dropped and created again" : "was dropped";
			case EMPTIED -> this.isThere ? "was emptied by a migration" : "was dropped";
		};
	}

	/**
	 * What has become of a table.
	 */
	enum Cause {

		/** It was dropped. */
		DROPPED,

		/** It was dropped, and created again without rows. */
		RECREATED,

		/** Its rows were deleted. */
		EMPTIED

	}

}
