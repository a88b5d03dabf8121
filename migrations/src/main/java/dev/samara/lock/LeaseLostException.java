package dev.samara.lock;

import org.jspecify.annotations.Nullable;

import dev.samara.SamaraException;

/**
 * Thrown when a run finds that its lease is not its own any more: the application was
 * paused, or cut off from the server, for longer than a lease lives.
 *
 * @since 0.1.0
 */
public final class LeaseLostException extends SamaraException {

	LeaseLostException(String what, String whatStays, @Nullable LockHolder now, @Nullable Throwable cause) {
		super("The lease on this database was lost before " + what + " was recorded: "
				+ ((now != null) ? "another instance has taken over: " + now
						: "it expired, and another instance may have taken over")
				+ ". " + whatStays,
				"Start again; the next run goes on where the history stands. This instance did not keep its lease alive "
						+ "in time: look for long pauses of the process or its machine, or a connection that broke.",
				cause);
	}

}
