package dev.samara.autoconfigure.actuate;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import dev.samara.environment.Environment;
import dev.samara.seed.SeedEntry;
import dev.samara.seed.SeedEvent;
import dev.samara.seed.SeedLevel;
import dev.samara.seed.SeedOverview;
import dev.samara.seed.SeedSettings;
import dev.samara.seed.SeedState;
import dev.samara.seed.SeedStatus;
import dev.samara.seed.data.RowCounts;

/**
 * Where the seeds of the application's databases stand.
 *
 * @param seeds the status, by name of the seed runner bean
 * @since 0.1.0
 */
public record SeedsDescriptor(Map<String, Database> seeds) implements OperationResponseBody {

	/**
	 * Where the seeds of one database stand. If it cannot be read, the error with the
	 * last result, or without any if there is none yet.
	 *
	 * @param environment the environment of the application, or {@code null}
	 * @param databaseEnvironment the environment the database remembers, or {@code null}
	 * @param schema the configured schema, or {@code null} for the first of the search
	 * path
	 * @param table the history table
	 * @param level the level in force, or {@code null}
	 * @param pending number of seeds the next run would apply
	 * @param failed number of seeds whose last attempt failed
	 * @param states number of seeds in each state that occurs
	 * @param findings what is wrong or worth knowing
	 * @param seeds the seeds, in the order they run
	 * @param checks what the latest checks have come to, or {@code null} if there were
	 * none
	 * @param error why the database cannot be read, or {@code null}
	 * @param lastChecked when the rest was read; {@code null} if that was just now
	 */
	public record Database(@Nullable String environment, @Nullable String databaseEnvironment, @Nullable String schema,
			String table, @Nullable SeedLevel level, @Nullable Integer pending, @Nullable Integer failed,
			@Nullable Map<SeedState, Integer> states, @Nullable List<FindingDescriptor> findings,
			@Nullable List<Entry> seeds, @Nullable Checks checks, @Nullable String error,
			@Nullable Instant lastChecked) {

		static Database of(SeedSettings settings, SeedOverview overview, @Nullable RuntimeException failure,
				@Nullable Instant lastChecked) {
			return new Database(name(settings.environment()), name(overview.databaseEnvironment()), settings.schema(),
					settings.table(), overview.level(), overview.pending().size(), overview.in(SeedState.FAILED).size(),
					count(overview.seeds()), FindingDescriptor.allOf(overview.findings()),
					overview.seeds().stream().map(Entry::of).toList(), Checks.of(overview.checks()),
					(failure != null) ? Failure.describe(failure) : null, lastChecked);
		}

		static Database unavailable(SeedSettings settings, RuntimeException ex) {
			return new Database(name(settings.environment()), null, settings.schema(), settings.table(),
					settings.level(), null, null, null, null, null, null, Failure.describe(ex), null);
		}

		private static @Nullable String name(@Nullable Environment environment) {
			return (environment != null) ? environment.name() : null;
		}

		private static Map<SeedState, Integer> count(List<SeedStatus> seeds) {
			Map<SeedState, Integer> counts = new EnumMap<>(SeedState.class);
			seeds.forEach((status) -> counts.merge(status.state(), 1, Integer::sum));
			return counts;
		}

	}

	/**
	 * What checks have come to.
	 *
	 * @param passed whether the data was as it should be
	 * @param executedOn when they began
	 * @param durationMs how long they took, in milliseconds
	 * @param error what was found wrong, or {@code null}
	 */
	public record Checks(boolean passed, Instant executedOn, long durationMs, @Nullable String error) {

		static @Nullable Checks of(@Nullable SeedEntry entry) {
			return (entry == null) ? null : new Checks(entry.event() == SeedEvent.CHECKS_PASSED, entry.startedAt(),
					entry.duration().toMillis(), entry.error());
		}

	}

	/**
	 * A seed.
	 *
	 * @param name the seed
	 * @param folder {@code common}, or the environment it belongs to
	 * @param level how important it is
	 * @param script its file
	 * @param state its state
	 * @param version number of the content it was applied with, counted from 1 over the
	 * different ones that were tried, or {@code null}
	 * @param checksum the checksum it was applied with, or else that of its file
	 * @param executedBy the database user that applied it, or {@code null}
	 * @param executedOn when that began, or {@code null}
	 * @param durationMs how long that took, in milliseconds, or {@code null}
	 * @param rows what became of the rows of a data file when it was last applied, or
	 * {@code null}
	 * @param loss which table of it a migration or rollback has dropped or emptied since,
	 * or {@code null}
	 * @param error why the last attempt failed, or {@code null}
	 */
	public record Entry(String name, String folder, SeedLevel level, String script, SeedState state,
			@Nullable Integer version, @Nullable String checksum, @Nullable String executedBy,
			@Nullable Instant executedOn, @Nullable Long durationMs, @Nullable RowCounts rows, @Nullable String loss,
			@Nullable String error) {

		static Entry of(SeedStatus status) {
			SeedEntry applied = status.applied();
			return new Entry(status.name(), status.folder(), status.level(), status.script(), status.state(),
					(applied != null) ? applied.version() : null, checksum(status),
					(applied != null) ? applied.executedBy() : null, (applied != null) ? applied.startedAt() : null,
					(applied != null) ? applied.duration().toMillis() : null, (applied != null) ? applied.rows() : null,
					status.loss(), status.failure().map(SeedEntry::error).orElse(null));
		}

		private static @Nullable String checksum(SeedStatus status) {
			if (status.applied() != null) {
				return status.applied().checksum();
			}
			return (status.seed() != null) ? status.seed().checksum() : null;
		}

	}

}
