package dev.samara.migration;

/**
 * State of a migration: what the files say against what the history says.
 *
 * @since 0.1.0
 */
public enum MigrationState {

	/** Not applied yet; the next run applies it. */
	PENDING,

	/** Not applied, though a later version is. Whether it runs is configured. */
	OUT_OF_ORDER,

	/** Taken back; the next run applies it again. */
	ROLLED_BACK,

	/**
	 * A way back that is not one transaction has come to a stop in the middle; rolling it
	 * back once more completes it.
	 */
	ROLLBACK_UNFINISHED,

	/** Its file names other environments; no run here applies it. */
	NOT_FOR_ENVIRONMENT,

	/** Applied, and the file is still the same. */
	APPLIED,

	/**
	 * A repeatable migration whose file has changed, or that was applied before a
	 * rollback, which may have dropped what it made; the next run applies it again.
	 */
	OUTDATED,

	/**
	 * The last attempt failed and left nothing behind, or part of a script that is not
	 * one transaction; the next run tries again.
	 */
	FAILED,

	/**
	 * An attempt at what is not one transaction just stopped, or code failed that may
	 * have left something; the next run resumes a script, and calls code again.
	 */
	INTERRUPTED,

	/** An instance is working on it right now; only a status tells this. */
	RUNNING,

	/** The file was changed after it was applied. */
	CHANGED,

	/** Applied, but its file is gone, though files of later versions are there. */
	MISSING,

	/** Applied by a newer release: its version is above all files of this one. */
	FUTURE;

	/**
	 * Return whether a run has work to do here.
	 * @return whether the migration is to be applied
	 */
	public boolean isToDo() {
		return switch (this) {
			case PENDING, OUT_OF_ORDER, OUTDATED, FAILED, INTERRUPTED, RUNNING, ROLLED_BACK -> true;
			case APPLIED, NOT_FOR_ENVIRONMENT, CHANGED, MISSING, FUTURE, ROLLBACK_UNFINISHED -> false;
		};
	}

}
