package dev.samara.seed;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.samara.seed.data.RowCounts;

/**
 * A seed that a run has applied.
 *
 * @param seed the seed
 * @param version number of its content, counted from 1 over the different contents that
 * were tried
 * @param statements number of statements that were run
 * @param rows number of rows that were changed or returned
 * @param counts what became of the rows of a data file, or {@code null} of another seed
 * @param attempts number of attempts it took to get the locks, 1 if there was no conflict
 * @param duration time it took
 * @since 0.1.0
 */
public record SeedResult(Seed seed, int version, int statements, long rows, @Nullable RowCounts counts, int attempts,
		Duration duration) {

}
