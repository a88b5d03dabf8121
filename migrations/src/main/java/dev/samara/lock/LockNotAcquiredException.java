package dev.samara.lock;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.samara.SamaraException;

/**
 * Thrown when another session still holds the lock after the longest wait.
 *
 * @since 0.1.0
 */
public final class LockNotAcquiredException extends SamaraException {

	private final transient @Nullable LockHolder holder;

	LockNotAcquiredException(Duration waited, @Nullable LockHolder holder) {
		super("Another session is changing this database and has not finished within " + waited.toSeconds() + " s: "
				+ ((holder != null) ? holder : "it cannot be seen"),
				"Wait until it has finished and start again, or raise samara.migrations.lock-wait. If it hangs, "
						+ "look at what it does: SELECT state, query FROM pg_stat_activity WHERE pid = "
						+ ((holder != null) ? holder.pid() : "…") + "; pg_terminate_backend(pid) ends it.",
				null);
		this.holder = holder;
	}

	/**
	 * Return the session that holds the lock.
	 * @return the holder, if it was still there when it was looked for
	 */
	public Optional<LockHolder> getHolder() {
		return Optional.ofNullable(this.holder);
	}

}
