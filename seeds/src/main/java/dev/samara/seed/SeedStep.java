package dev.samara.seed;

import dev.samara.Internal;

/**
 * A seed that a run is going to apply.
 *
 * @param status the seed and its state
 * @param seed the seed
 * @param version number of its content
 * @param work what is done
 * @since 0.1.0
 */
public record SeedStep(SeedStatus status, Seed seed, int version, @Internal SeedWork work) {

	/**
	 * Return why the seed runs.
	 * @return a few words
	 */
	public String reason() {
		return switch (this.status.state()) {
			case CHANGED -> "its file has changed";
			case FAILED -> "the last attempt failed";
			case ROLLED_BACK -> "it was rolled back";
			case APPLIED, FUTURE, INCOMPLETE -> "it was asked for";
			default -> (this.status.loss() != null) ? this.status.loss() + " after it was applied" : "pending";
		};
	}

}
