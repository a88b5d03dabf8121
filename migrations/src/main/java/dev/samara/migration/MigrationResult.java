package dev.samara.migration;

import java.time.Duration;

/**
 * A migration that a run has applied.
 *
 * @param migration the migration
 * @param statements number of statements that were run; 1 for code
 * @param rows number of rows that were changed or returned; for code, that it has
 * reported
 * @param attempts number of attempts it took to get the locks, 1 if there was no conflict
 * @param duration time it took
 * @since 0.1.0
 */
public record MigrationResult(Migration migration, int statements, long rows, int attempts, Duration duration) {

}
