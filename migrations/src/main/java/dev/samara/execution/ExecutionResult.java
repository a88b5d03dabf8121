package dev.samara.execution;

import java.time.Duration;

import dev.samara.Internal;

/**
 * What running a script has come to.
 *
 * @param statements number of statements run
 * @param rows number of rows they changed or returned
 * @param attempts number of attempts it took to get the locks, 1 if there was no conflict
 * @param duration time it took, waiting for locks included
 * @since 0.1.0
 */
@Internal
public record ExecutionResult(int statements, long rows, int attempts, Duration duration) {

}
