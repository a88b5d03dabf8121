package dev.samara.autoconfigure.actuate;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import dev.samara.seed.Seed;
import dev.samara.seed.SeedEntry;
import dev.samara.seed.SeedEvent;
import dev.samara.seed.SeedOverview;
import dev.samara.seed.SeedStatus;

/**
 * One seed in detail.
 *
 * @param seeds the details, by name of the seed runner bean
 * @since 0.1.0
 */
public record SeedDescriptor(Map<String, Details> seeds) implements OperationResponseBody {

	/**
	 * A seed, where one database stands with it.
	 *
	 * @param seed what the list of all seeds shows of it; {@code null} if the database
	 * cannot be read
	 * @param number the number its file name begins with, or {@code null} if it has none
	 * or is gone
	 * @param description the rest of the file name, or {@code null}
	 * @param currentChecksum the checksum of the file as it is now, or {@code null}
	 * @param lastAttempt the latest event, or {@code null}
	 * @param error why the database cannot be read, or {@code null}
	 */
	public record Details(SeedsDescriptor.@Nullable Entry seed, @Nullable Long number, @Nullable String description,
			@Nullable String currentChecksum, @Nullable Attempt lastAttempt, @Nullable String error) {

		static @Nullable Details find(BoundedCheck<SeedOverview> check, String name) {
			try {
				return check.get()
					.seeds()
					.stream()
					.filter((status) -> status.name().equals(name))
					.findFirst()
					.map(Details::of)
					.orElse(null);
			}
			catch (RuntimeException ex) {
				return new Details(null, null, null, null, null, Failure.describe(ex));
			}
		}

		private static Details of(SeedStatus status) {
			Seed seed = status.seed();
			SeedEntry last = status.last();
			return new Details(SeedsDescriptor.Entry.of(status),
					(seed != null && seed.number() != Seed.UNNUMBERED) ? seed.number() : null,
					(seed != null) ? seed.description() : null, (seed != null) ? seed.checksum() : null,
					(last != null) ? Attempt.of(last) : null, null);
		}

	}

	/**
	 * An attempt.
	 *
	 * @param event how it ended
	 * @param runId the run
	 * @param version number of the content
	 * @param environment the environment of the run, or {@code null}
	 * @param statements number of statements of the script
	 * @param executedBy the database user
	 * @param executedOn when it began
	 * @param durationMs how long it took, in milliseconds
	 * @param sqlState SQLSTATE of the failure, or {@code null}
	 * @param error message of the failure, or {@code null}
	 */
	public record Attempt(SeedEvent event, String runId, int version, @Nullable String environment, int statements,
			String executedBy, Instant executedOn, long durationMs, @Nullable String sqlState, @Nullable String error) {

		static Attempt of(SeedEntry entry) {
			return new Attempt(entry.event(), entry.runId(), entry.version(),
					(entry.environment() != null) ? entry.environment().name() : null, entry.statements(),
					entry.executedBy(), entry.startedAt(), entry.duration().toMillis(), entry.sqlState(),
					entry.error());
		}

	}

}
