package dev.samara.lock;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The patience of a run with others: pauses between two looks, says at growing intervals
 * whom it waits for, and gives up in the end. Both the lock and what a former owner has
 * left count against the same longest wait.
 */
final class Waiting {

	private static final Log logger = LogFactory.getLog(Waiting.class);

	private static final long POLL_MILLIS = 200;

	private static final Duration FIRST_REPORT = Duration.ofSeconds(1);

	private final Duration longestWait;

	private final long start = System.nanoTime();

	private Duration nextReport = FIRST_REPORT;

	Waiting(Duration longestWait) {
		this.longestWait = longestWait;
	}

	/**
	 * Pause because the lock is held.
	 * @param holder looks for who holds it
	 * @throws LockNotAcquiredException if the wait is over
	 */
	void forLock(Supplier<@Nullable LockHolder> holder) {
		pause("another session to finish its changes of this database", holder, LockNotAcquiredException::held);
	}

	/**
	 * Pause because a former owner has left something running.
	 * @param orphan looks for it
	 * @throws LockNotAcquiredException if the wait is over
	 */
	void forOrphan(Supplier<@Nullable LockHolder> orphan) {
		pause("a statement that an application has left running when it was gone", orphan,
				LockNotAcquiredException::orphaned);
	}

	private void pause(String what, Supplier<@Nullable LockHolder> holder,
			BiFunction<Duration, @Nullable LockHolder, LockNotAcquiredException> end) {
		Duration waited = Duration.ofNanos(System.nanoTime() - this.start);
		if (waited.compareTo(this.nextReport) >= 0) {
			@Nullable LockHolder found = holder.get();
			logger.info("Waiting for " + what + ": " + ((found != null) ? found : "it is just finishing") + "; waited "
					+ waited.toSeconds() + " s of " + this.longestWait.toSeconds() + " s");
			this.nextReport = this.nextReport.multipliedBy(2);
		}
		if (waited.compareTo(this.longestWait) >= 0 || !sleep()) {
			throw end.apply(waited, holder.get());
		}
	}

	/**
	 * Not always for the same time, so that two who stand back for each other do not do
	 * it for ever.
	 * @return whether the thread may go on waiting
	 */
	private static boolean sleep() {
		try {
			Thread.sleep(POLL_MILLIS * 3 / 4 + ThreadLocalRandom.current().nextLong(POLL_MILLIS / 2));
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
