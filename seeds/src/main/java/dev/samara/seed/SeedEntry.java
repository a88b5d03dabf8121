package dev.samara.seed;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Application;
import dev.samara.environment.Environment;
import dev.samara.seed.data.RowCounts;

/**
 * An entry of the history: one event in the life of one seed. Entries are only ever
 * added.
 *
 * @param id number of the entry, ascending in time
 * @param runId the run that wrote it
 * @param event what happened
 * @param name the seed
 * @param version number of the content, counted from 1 over the different contents that
 * were tried
 * @param folder the environment its folder belonged to, or {@code null} for
 * {@code common}
 * @param level level of the seed at that time
 * @param script the file at that time
 * @param checksum the checksum at that time
 * @param environment the environment the run had, or {@code null}
 * @param statements number of statements of the script
 * @param executedBy the database user
 * @param application the application that executed it; without a name or version if it
 * did not specify them
 * @param startedAt when the attempt began
 * @param duration how long it took
 * @param sqlState SQLSTATE of the failure, or {@code null}
 * @param error message of the failure, or {@code null}
 * @param rows what became of the rows of a data file; {@code null} of another seed or
 * event
 * @since 0.1.0
 */
public record SeedEntry(long id, String runId, SeedEvent event, String name, int version, @Nullable Environment folder,
		SeedLevel level, String script, String checksum, @Nullable Environment environment, int statements,
		String executedBy, Application application, Instant startedAt, Duration duration, @Nullable String sqlState,
		@Nullable String error, @Nullable RowCounts rows) {

}
