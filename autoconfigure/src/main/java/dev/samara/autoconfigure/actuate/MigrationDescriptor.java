package dev.samara.autoconfigure.actuate;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import dev.samara.migration.HistoryEntry;
import dev.samara.migration.HistoryEvent;
import dev.samara.migration.Migration;
import dev.samara.migration.MigrationContent;
import dev.samara.migration.MigrationStatus;
import dev.samara.script.Script;
import dev.samara.script.ScriptException;

/**
 * One migration in detail.
 *
 * @param migrations the migration in each database that knows it, by name of the migrator
 * bean
 * @since 0.1.0
 */
public record MigrationDescriptor(Map<String, Detail> migrations) implements OperationResponseBody {

	/**
	 * The migration in one database. Without any of it but the error if the database
	 * cannot be read.
	 *
	 * @param migration the migration as the list shows it, or {@code null}
	 * @param fileChecksum the checksum of its file, or {@code null} if it is gone
	 * @param headers what the comments at the top of its file say of it, by name:
	 * {@code author}, {@code description} …; {@code null} if its file is gone
	 * @param statements number of statements in its file, or {@code null} if there is
	 * none or a placeholder in it has no value
	 * @param lastAttempt the last entry of the history, or {@code null}
	 * @param error why the database cannot be read, or {@code null}
	 */
	public record Detail(MigrationsDescriptor.@Nullable Entry migration, @Nullable String fileChecksum,
			@Nullable Map<String, String> headers, @Nullable Integer statements, @Nullable Attempt lastAttempt,
			@Nullable String error) {

		static Detail of(MigrationStatus status) {
			HistoryEntry last = status.last();
			Migration migration = status.migration();
			Script script = (migration != null && migration.content() instanceof MigrationContent.Sql sql)
					? sql.script() : null;
			return new Detail(MigrationsDescriptor.Entry.of(status), (migration != null) ? migration.checksum() : null,
					(script != null) ? script.directives().headers() : null,
					(script != null) ? statements(script) : null, (last != null) ? Attempt.of(last) : null, null);
		}

		private static @Nullable Integer statements(Script script) {
			try {
				return script.statements().size();
			}
			catch (ScriptException ex) {
				return null;
			}
		}

		static Detail unavailable(RuntimeException ex) {
			return new Detail(null, null, null, null, null, Failure.describe(ex));
		}

	}

	/**
	 * The last attempt at a migration.
	 *
	 * @param runId the run
	 * @param event what came of it
	 * @param by the database user
	 * @param startedAt when it began
	 * @param durationMs how long it took, in milliseconds
	 * @param statementsDone number of statements that stay done
	 * @param statementsTotal number of statements of the script that ran, there or back
	 * @param sqlState SQLSTATE of the failure, or {@code null}
	 * @param error the failure, without values, or {@code null}
	 */
	public record Attempt(String runId, HistoryEvent event, String by, Instant startedAt, long durationMs,
			int statementsDone, int statementsTotal, @Nullable String sqlState, @Nullable String error) {

		static Attempt of(HistoryEntry entry) {
			return new Attempt(entry.runId(), entry.event(), entry.installedBy(), entry.startedAt(),
					entry.duration().toMillis(), entry.statementsDone(), entry.statementsTotal(), entry.sqlState(),
					entry.error());
		}

	}

}
