package dev.samara.execution;

import java.time.Duration;

import dev.samara.Internal;

/**
 * How scripts are run, unless they say otherwise.
 *
 * @param lockTimeout longest wait for a lock in one attempt; zero means no limit
 * @param statementTimeout longest time of one statement; zero means no limit
 * @param retries how often a transaction is tried again after it did not get its locks
 * @since 0.1.0
 */
@Internal
public record ExecutionOptions(Duration lockTimeout, Duration statementTimeout, int retries) {

}
