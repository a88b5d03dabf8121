package dev.samara.lock;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.samara.SamaraException;

/**
 * Thrown when another session still holds the lock after the longest wait, or a statement
 * that a former owner has left is still running then.
 *
 * @since 0.1.0
 */
public final class LockNotAcquiredException extends SamaraException {

	private final Duration waited;

	private final transient @Nullable LockHolder holder;

	private LockNotAcquiredException(String message, String remedy, Duration waited, @Nullable LockHolder holder) {
		super(message, remedy, null);
		this.waited = waited;
		this.holder = holder;
	}

	static LockNotAcquiredException held(Duration waited, @Nullable LockHolder holder) {
		return new LockNotAcquiredException("Another session is changing this database and has not finished within "
				+ waited.toSeconds() + " s: " + ((holder != null) ? holder : "it cannot be seen"), remedy(holder),
				waited, holder);
	}

	private static String remedy(@Nullable LockHolder holder) {
		String wait = "Wait until it has finished and start again, or raise samara.migrations.lock-wait. ";
		Integer pid = (holder != null) ? holder.pid() : null;
		if (holder != null && holder.blockedBy() != null) {
			return "It waits for another session itself: to make that let go, " + holder.blockedBy().release() + ". "
					+ wait;
		}
		if (holder != null && holder.activity() != null && holder.activity().isIdle() && pid != null) {
			return wait + "It does nothing now; if its application is gone, SELECT pg_terminate_backend(" + pid
					+ ") ends it.";
		}
		if (holder != null && holder.lease() != null && pid == null) {
			return wait + "If it hangs, stop that process; its lease then expires by itself.";
		}
		String number = (pid != null) ? pid.toString() : "…";
		return wait
				+ "If it hangs, look at what it does: SELECT state, wait_event_type, pg_blocking_pids(pid), query FROM "
				+ "pg_stat_activity WHERE pid = " + number + "; SELECT pg_terminate_backend(" + number + ") ends it.";
	}

	static LockNotAcquiredException orphaned(Duration waited, @Nullable LockHolder orphan) {
		return new LockNotAcquiredException(
				"An application that is gone has left a statement running in this database, and it has not finished "
						+ "within " + waited.toSeconds() + " s: "
						+ ((orphan != null) ? orphan : "it has just finished"),
				"Wait until it has finished and start again, or raise samara.migrations.lock-wait. To end it: "
						+ "SELECT pg_terminate_backend("
						+ ((orphan != null && orphan.pid() != null) ? orphan.pid() : "pid") + ");",
				waited, orphan);
	}

	/**
	 * Return how long the lock was waited for.
	 * @return the time
	 */
	public Duration getWaited() {
		return this.waited;
	}

	/**
	 * Return who holds the lock, or has left something running.
	 * @return the holder, if it was still there when it was looked for
	 */
	public Optional<LockHolder> getHolder() {
		return Optional.ofNullable(this.holder);
	}

}
