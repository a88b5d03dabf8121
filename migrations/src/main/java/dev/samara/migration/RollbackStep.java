package dev.samara.migration;

import dev.samara.Internal;
import dev.samara.execution.Resumption;

/**
 * A migration that a rollback is going to take back.
 *
 * @param status the migration and its state
 * @param applied the entry by which it was applied
 * @param source where its way back comes from
 * @param work what takes it back, made ready
 * @param resumption what an earlier attempt has done already
 * @since 0.1.0
 */
public record RollbackStep(MigrationStatus status, HistoryEntry applied, Source source, @Internal MigrationWork work,
		@Internal Resumption resumption) {

	/**
	 * Return where the way back stands.
	 * @return the file of the down script, or the class; the file of the migration if
	 * only the history has the script
	 */
	public String path() {
		return (this.source == Source.HISTORY) ? this.applied.script() : this.work.path();
	}

	/**
	 * Where a way back comes from.
	 */
	public enum Source {

		/** The application's own file. */
		FILE,

		/** The migration is code that takes itself back. */
		CODE,

		/** The history, where it was kept when the migration was applied. */
		HISTORY

	}

}
