package dev.samara.seed;

import java.time.Duration;

/**
 * A seed that was taken back.
 *
 * @param name the seed
 * @param rows number of rows that were deleted or changed; of a seeder what it has
 * reported
 * @param others number of rows among them that were not the seed's own
 * @param duration time it took
 * @since 0.1.0
 */
public record SeedRollbackResult(String name, long rows, long others, Duration duration) {

}
