package dev.samara.seed;

/**
 * Told of a run. Called in the thread that seeds, while the lock is held. A
 * {@code before…} method may stop the run by throwing; an exception of the others is
 * logged and changes nothing. Not called when there is nothing to do.
 *
 * @since 0.1.0
 */
public interface SeedListener {

	/**
	 * Called before the first seed.
	 * @param plan what is going to run
	 */
	default void beforeSeed(SeedPlan plan) {
	}

	/**
	 * Called before each seed. What is thrown here ends the run before it; the seeds
	 * before it stay applied.
	 * @param step the seed that runs next
	 */
	default void beforeEachSeed(SeedStep step) {
	}

	/**
	 * Called after each seed, when it is committed.
	 * @param result the seed and what it took
	 */
	default void afterEachSeed(SeedResult result) {
	}

	/**
	 * Called when all seeds are applied.
	 * @param report what the run has come to
	 */
	default void afterSeed(SeedReport report) {
	}

	/**
	 * Called when a seed has failed, before the exception is thrown.
	 * @param failure what failed
	 */
	default void afterSeedError(SeedFailedException failure) {
	}

}
