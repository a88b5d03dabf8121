package dev.samara.seed;

/**
 * What an entry of the history says.
 *
 * @since 0.1.0
 */
public enum SeedEvent {

	/** The seed is done. */
	APPLIED,

	/** An attempt failed; nothing of it was applied. */
	FAILED,

	/** The seed was taken back. */
	ROLLED_BACK,

	/** An attempt to take it back failed; nothing of it was taken back. */
	ROLLBACK_FAILED,

	/** The checks that follow a run passed. */
	CHECKS_PASSED,

	/** One of the checks that follow a run failed; the next run repeats them. */
	CHECKS_FAILED

}
