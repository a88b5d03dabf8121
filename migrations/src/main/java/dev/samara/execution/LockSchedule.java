package dev.samara.execution;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How long each attempt waits for locks, and how long a transaction stands back after it.
 * Whoever waits for a strong lock makes everybody behind wait as well: so the attempts
 * are brief, and the pauses long enough that waiting is about a tenth of the time. Pure:
 * what is random is given to it.
 *
 * @param longestWait longest wait for a lock in one attempt; zero means no limit
 * @param retries how often to try again
 */
record LockSchedule(Duration longestWait, int retries) {

	/** The second one is as brief as the first: it is there to see who is in the way. */
	private static final List<Duration> FIRST = millis(50, 50, 100, 200, 300, 500);

	/** Now and then a longer one, for a table that is never free for long. */
	private static final List<Duration> LATER = millis(500, 500, 1000);

	private static final int PAUSE_PER_WAIT = 10;

	private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

	private static final Duration BEYOND_DEADLOCK_TIMEOUT = Duration.ofMillis(300);

	private static final Duration LONGEST_DEADLOCK_TIMEOUT = Duration.ofSeconds(5);

	private static List<Duration> millis(long... millis) {
		return Arrays.stream(millis).mapToObj(Duration::ofMillis).toList();
	}

	/**
	 * Return whether there are brief attempts at all, rather than a single long one.
	 */
	boolean isBrief() {
		return !this.longestWait.isZero() && this.retries > 0;
	}

	/**
	 * Return the lock timeout of an attempt. The last one may take the whole time: nobody
	 * is made to wait after it.
	 * @param attempt counted from 1
	 * @return the timeout; zero means no limit
	 */
	Duration lockTimeout(int attempt) {
		if (!isBrief() || attempt > this.retries) {
			return this.longestWait;
		}
		int index = attempt - 1;
		Duration wait = (index < FIRST.size()) ? FIRST.get(index) : LATER.get((index - FIRST.size()) % LATER.size());
		return (wait.compareTo(this.longestWait) > 0) ? this.longestWait : wait;
	}

	/**
	 * Return the lock timeout that gets past an ordinary autovacuum: the server cancels
	 * it for a session that has waited for {@code deadlock_timeout}, and for no other.
	 * This may be more than the longest wait, because it ends for certain.
	 * @param deadlockTimeout the server's {@code deadlock_timeout}
	 * @return the timeout, or {@code null} if it would make the others wait too long
	 */
	@Nullable Duration lockTimeoutForAutovacuum(Duration deadlockTimeout) {
		return (deadlockTimeout.compareTo(LONGEST_DEADLOCK_TIMEOUT) > 0) ? null
				: deadlockTimeout.plus(BEYOND_DEADLOCK_TIMEOUT);
	}

	boolean hasAnother(int attempt) {
		return attempt <= this.retries;
	}

	/**
	 * Return how long to stand back.
	 * @param stalled how long the attempt may have made others wait
	 * @param random a number from 0 to 1, so that several instances do not keep in step
	 */
	Duration pauseAfter(Duration stalled, double random) {
		Duration pause = stalled.multipliedBy(PAUSE_PER_WAIT);
		pause = (pause.compareTo(SHORTEST_PAUSE) < 0) ? SHORTEST_PAUSE : pause;
		pause = (pause.compareTo(LONGEST_PAUSE) > 0) ? LONGEST_PAUSE : pause;
		return Duration.ofMillis((long) (pause.toMillis() * (0.5 + random)));
	}

	/**
	 * Return whether a pause may be cut short, now that the way seems clear: not if all
	 * attempts together would then have made others wait for more than a tenth of the
	 * time.
	 * @param stalled how long the attempts so far may have made others wait
	 * @param next the lock timeout of the next one
	 * @param elapsed time since the first one began
	 */
	boolean isAffordable(Duration stalled, Duration next, Duration elapsed) {
		return stalled.plus(next).multipliedBy(PAUSE_PER_WAIT).compareTo(elapsed) <= 0;
	}

}
