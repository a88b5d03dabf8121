package dev.samara.migration;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * An entry of the history: one event in the life of one migration. Entries are only ever
 * added.
 *
 * @param id number of the entry, ascending in time
 * @param runId the run that wrote it
 * @param event what happened
 * @param key the migration
 * @param description the description at that time
 * @param script the file at that time, or the class
 * @param checksum the checksum at that time
 * @param statementsDone number of statements that were done
 * @param statementsTotal number of statements of the script; 1 for code
 * @param doneDigest digest of the statements that were done, for a migration that is not
 * one transaction; otherwise {@code null}
 * @param installedBy the database user
 * @param startedAt when the attempt began
 * @param duration how long it took
 * @param sqlState SQLSTATE of the failure, or {@code null}
 * @param error message of the failure, or {@code null}
 * @param environment environment of the application that wrote it; {@code null} if that
 * had none, or the entry is older than this column
 * @since 0.1.0
 */
public record HistoryEntry(long id, String runId, HistoryEvent event, MigrationKey key, String description,
		String script, String checksum, int statementsDone, int statementsTotal, @Nullable String doneDigest,
		String installedBy, Instant startedAt, Duration duration, @Nullable String sqlState, @Nullable String error,
		@Nullable String environment) {

	/**
	 * Return whether the migration was code then.
	 */
	boolean isOfCode() {
		return !this.script.toLowerCase(Locale.ROOT).endsWith(".sql");
	}

	/**
	 * Return whether what is not one transaction has come to a stop here, so that part of
	 * it may be done.
	 * @return whether the next attempt is to go on from here
	 */
	boolean isPartial() {
		return switch (this.event) {
			case FAILED -> this.statementsDone > 0;
			case STARTED, PROGRESSED -> true;
			case APPLIED, ROLLED_BACK, ROLLBACK_FAILED, ROLLBACK_STARTED, ROLLBACK_PROGRESSED -> false;
		};
	}

	/**
	 * Return whether a way back that is not one transaction has come to a stop here.
	 * @return whether the next attempt to roll back is to go on from here
	 */
	boolean isPartialRollback() {
		return switch (this.event) {
			case ROLLBACK_FAILED -> this.statementsDone > 0;
			case ROLLBACK_STARTED, ROLLBACK_PROGRESSED -> true;
			case APPLIED, FAILED, STARTED, PROGRESSED, ROLLED_BACK -> false;
		};
	}

}
