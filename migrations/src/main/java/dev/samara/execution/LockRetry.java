package dev.samara.execution;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long an attempt waits for locks, and how long we stand back before the next one.
 * Whoever waits for a strong lock makes everybody behind wait as well; so the first
 * attempts are brief, each waits twice as long as the one before, and between two of them
 * the application has the table to itself for five times as long.
 *
 * @param longestWait longest wait for a lock in one attempt; zero means no limit
 * @param retries how often to try again
 */
record LockRetry(Duration longestWait, int retries) {

	private static final Duration FIRST_WAIT = Duration.ofMillis(100);

	/**
	 * Return the lock timeout of an attempt.
	 * @param attempt counted from 1
	 */
	Duration lockTimeout(int attempt) {
		if (this.longestWait.isZero() || this.retries == 0) {
			return this.longestWait;
		}
		Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempt - 1, 20));
		return (attempt > this.retries || wait.compareTo(this.longestWait) > 0) ? this.longestWait : wait;
	}

	boolean hasAnother(int attempt) {
		return attempt <= this.retries;
	}

	Duration pauseAfter(int attempt) {
		long millis = lockTimeout(attempt).toMillis() * 5;
		return Duration.ofMillis((long) (millis * (0.5 + ThreadLocalRandom.current().nextDouble())));
	}

}
