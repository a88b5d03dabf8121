package dev.samara.migration;

import dev.samara.Internal;
import dev.samara.execution.ExecutableScript;
import dev.samara.execution.Resumption;
import dev.samara.script.Script;

/**
 * A migration that a rollback is going to take back.
 *
 * @param status the migration and its state
 * @param applied the entry by which it was applied
 * @param down the script that takes it back
 * @param source where that script comes from
 * @param executable the script, cut into what is sent to the server
 * @param resumption what an earlier attempt has done already
 * @since 0.1.0
 */
public record RollbackStep(MigrationStatus status, HistoryEntry applied, Script down, Source source,
		@Internal ExecutableScript executable, @Internal Resumption resumption) {

	/**
	 * Return the file of the down script.
	 * @return its path; that of the migration if only the history has the script
	 */
	public String path() {
		return (this.source == Source.HISTORY) ? this.applied.script() : this.down.path();
	}

	/**
	 * Where a down script comes from.
	 */
	public enum Source {

		/** The application's own file. */
		FILE,

		/** The history, where it was kept when the migration was applied. */
		HISTORY

	}

}
