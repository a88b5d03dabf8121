package dev.samara.seed;

/**
 * State of a seed: what the files say against what the history says, in the environment
 * and at the level of a run.
 *
 * @since 0.1.0
 */
public enum SeedState {

	/**
	 * Not applied yet, or a migration or rollback has dropped or emptied a table of it
	 * since; the next run applies it.
	 */
	PENDING,

	/** Applied, and the file is still the same. */
	APPLIED,

	/** Applied, and changed since; the next run applies it again. */
	CHANGED,

	/** The last attempt failed and left nothing behind; the next run tries again. */
	FAILED,

	/** Taken back; the next run applies it again. */
	ROLLED_BACK,

	/** It belongs to another environment. */
	NOT_FOR_ENVIRONMENT,

	/** It is not important enough for the level of the run. */
	NOT_AT_LEVEL,

	/** Applied once, but its file is gone. What it made stays. */
	ORPHANED,

	/**
	 * A newer release has applied another text, or one this release does not have at all.
	 * This release does not run its own over it.
	 */
	FUTURE,

	/**
	 * Applied, and a migration or rollback has dropped or emptied a table of it since,
	 * but the seed cannot simply run again: the table does not exist, or rows that are
	 * still there would be inserted once more.
	 */
	INCOMPLETE;

	/**
	 * Return whether a run has work to do here.
	 * @return whether the seed is to be applied
	 */
	public boolean isToDo() {
		return switch (this) {
			case PENDING, CHANGED, FAILED, ROLLED_BACK -> true;
			case APPLIED, NOT_FOR_ENVIRONMENT, NOT_AT_LEVEL, ORPHANED, FUTURE, INCOMPLETE -> false;
		};
	}

}
