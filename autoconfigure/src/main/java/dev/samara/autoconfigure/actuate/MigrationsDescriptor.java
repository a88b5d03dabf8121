package dev.samara.autoconfigure.actuate;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import dev.samara.activity.IndexProgress;
import dev.samara.environment.Environment;
import dev.samara.migration.HistoryEntry;
import dev.samara.migration.Migration;
import dev.samara.migration.MigrationKind;
import dev.samara.migration.MigrationOverview;
import dev.samara.migration.MigrationSettings;
import dev.samara.migration.MigrationState;
import dev.samara.migration.MigrationStatus;
import dev.samara.migration.PlanDescription;

/**
 * Where the databases of the application stand.
 *
 * @param migrations the status, by name of the migrator bean
 * @since 0.1.0
 */
public record MigrationsDescriptor(Map<String, Database> migrations) implements OperationResponseBody {

	/**
	 * Where one database stands. If it cannot be read, the error with the last result, or
	 * without any if there is none yet.
	 *
	 * @param environment the environment of the application, or {@code null}
	 * @param databaseEnvironment the environment the database remembers, or {@code null}
	 * @param schema the configured schema, or {@code null} for the first of the search
	 * path
	 * @param table the history table
	 * @param current the highest applied version, or {@code null}
	 * @param pending number of migrations that are to be applied, those beyond the target
	 * included
	 * @param failed number of migrations whose last attempt failed or was interrupted, or
	 * whose rollback was
	 * @param states number of migrations in each state that occurs
	 * @param findings what is wrong or worth knowing
	 * @param plan what the next start would do, or {@code null} if that is nothing
	 * @param migrations the migrations, in the order they run
	 * @param error why the database cannot be read, or {@code null}
	 * @param lastChecked when the rest was read; {@code null} if that was just now
	 */
	public record Database(@Nullable String environment, @Nullable String databaseEnvironment, @Nullable String schema,
			String table, @Nullable String current, @Nullable Integer pending, @Nullable Integer failed,
			@Nullable Map<MigrationState, Integer> states, @Nullable List<FindingDescriptor> findings,
			@Nullable PlanDescription plan, @Nullable List<Entry> migrations, @Nullable String error,
			@Nullable Instant lastChecked) {

		static Database of(MigrationSettings settings, MigrationOverview overview, @Nullable PlanDescription plan,
				@Nullable RuntimeException failure, @Nullable Instant lastChecked) {
			return new Database(name(settings.environment()), name(overview.databaseEnvironment()), settings.schema(),
					settings.table(), overview.current().map(Object::toString).orElse(null), overview.pending().size(),
					overview.in(MigrationState.FAILED, MigrationState.INTERRUPTED, MigrationState.ROLLBACK_UNFINISHED)
						.size(),
					count(overview.migrations()), FindingDescriptor.allOf(overview.findings()), plan,
					overview.migrations().stream().map(Entry::of).toList(),
					(failure != null) ? Failure.describe(failure) : null, lastChecked);
		}

		static Database unavailable(MigrationSettings settings, RuntimeException ex) {
			return new Database(name(settings.environment()), null, settings.schema(), settings.table(), null, null,
					null, null, null, null, null, Failure.describe(ex), null);
		}

		private static @Nullable String name(@Nullable Environment environment) {
			return (environment != null) ? environment.name() : null;
		}

		private static Map<MigrationState, Integer> count(List<MigrationStatus> migrations) {
			Map<MigrationState, Integer> counts = new EnumMap<>(MigrationState.class);
			migrations.forEach((status) -> counts.merge(status.state(), 1, Integer::sum));
			return counts;
		}

	}

	/**
	 * A migration.
	 *
	 * @param version the version, or {@code null} for a repeatable migration
	 * @param kind what makes it run
	 * @param description what it does
	 * @param script its file
	 * @param state its state
	 * @param environments the only environments it is for, or {@code null} if it is for
	 * all
	 * @param checksum the checksum it was applied with, or else that of its file
	 * @param installedBy the database user that applied it, or {@code null}
	 * @param installedOn when that began, or {@code null}
	 * @param durationMs how long that took, in milliseconds, or {@code null}
	 * @param startedAt when the last attempt began if it failed, was interrupted or is
	 * running, or {@code null}
	 * @param error why the last attempt, at its rollback too, failed, or {@code null}
	 * @param hasDown whether there is a script or code that takes it back
	 * @param irreversible why it cannot be taken back, or {@code null} if it does not say
	 * so
	 * @param progress how far the index is that it builds now, or {@code null}
	 */
	public record Entry(@Nullable String version, MigrationKind kind, String description, String script,
			MigrationState state, @Nullable List<String> environments, @Nullable String checksum,
			@Nullable String installedBy, @Nullable Instant installedOn, @Nullable Long durationMs,
			@Nullable Instant startedAt, @Nullable String error, boolean hasDown, @Nullable String irreversible,
			@Nullable Progress progress) {

		private static final Set<MigrationState> UNFINISHED = EnumSet.of(MigrationState.FAILED, MigrationState.RUNNING,
				MigrationState.INTERRUPTED);

		static Entry of(MigrationStatus status) {
			HistoryEntry applied = status.applied();
			Migration migration = status.migration();
			return new Entry((status.key().version() != null) ? status.key().version().toString() : null, status.kind(),
					status.description(), status.script(), status.state(), environments(migration), checksum(status),
					(applied != null) ? applied.installedBy() : null, (applied != null) ? applied.startedAt() : null,
					(applied != null) ? applied.duration().toMillis() : null, startedAt(status),
					(status.last() != null) ? status.last().error() : null, migration != null && migration.hasDown(),
					(migration != null) ? migration.irreversible() : null, Progress.of(status.progress()));
		}

		private static @Nullable List<String> environments(@Nullable Migration migration) {
			return (migration == null || migration.environments().isEmpty()) ? null
					: migration.environments().stream().map(Environment::name).sorted().toList();
		}

		private static @Nullable Instant startedAt(MigrationStatus status) {
			HistoryEntry last = status.last();
			return (last != null && UNFINISHED.contains(status.state())) ? last.startedAt() : null;
		}

		private static @Nullable String checksum(MigrationStatus status) {
			if (status.applied() != null) {
				return status.applied().checksum();
			}
			return (status.migration() != null) ? status.migration().checksum() : null;
		}

	}

	/**
	 * How far the index is that a running migration builds.
	 *
	 * @param table the table
	 * @param phase what it does now, in the words of the server
	 * @param percent how much of this phase is done, or {@code null}
	 * @param waitsFor the session it waits for now, or {@code null}
	 * @param remainingSeconds how long this phase takes still, as far as the last looks
	 * tell; {@code null} at the first one
	 */
	public record Progress(String table, String phase, @Nullable Integer percent, @Nullable String waitsFor,
			@Nullable Long remainingSeconds) {

		static @Nullable Progress of(@Nullable IndexProgress progress) {
			if (progress == null) {
				return null;
			}
			return new Progress(progress.table(), progress.phase(), progress.percent(), progress.waitsFor(),
					(progress.remaining() != null) ? progress.remaining().toSeconds() : null);
		}

	}

}
