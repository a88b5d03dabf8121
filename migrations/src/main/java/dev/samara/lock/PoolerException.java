package dev.samara.lock;

import org.jspecify.annotations.Nullable;

import dev.samara.SamaraException;

/**
 * Thrown when a connection pooler stands between the application and the server, and the
 * lock that was asked for does not hold there, or may not.
 *
 * @since 0.1.0
 */
public final class PoolerException extends SamaraException {

	private static final String DIRECT = "migrate past it, with the address of the server itself in "
			+ "samara.migrations.url (and user and password)";

	private static final String LEASE = "samara.migrations.lock=lease if the pooler is in transaction mode";

	private PoolerException(String message, String remedy) {
		this(message, remedy, null);
	}

	private PoolerException(String message, String remedy, @Nullable Throwable cause) {
		super(message, remedy, cause);
	}

	static PoolerException lockDidNotHold(String what, String whatStays, Throwable failure) {
		return new PoolerException(
				"Another instance has written to the history while this run held the lock, so the lock of the session "
						+ "does not hold here. " + what + " was stopped. " + whatStays,
				"If a connection pooler in transaction mode is in between, " + DIRECT
						+ "; or set samara.migrations.lock=lease. Otherwise look for pg_advisory_unlock_all in the functions "
						+ "that the scripts call. Then start again.",
				failure);
	}

	static PoolerException undecided(int toldPid, int backendPid) {
		return new PoolerException(
				"A connection pooler stands between the application and the server (the connection was told pid "
						+ toldPid + ", and the session that answers has " + backendPid
						+ "). Whether a lock of the session holds there depends on the pooler's mode, which cannot be seen "
						+ "from here",
				"Say how to go about it: " + DIRECT + "; or set " + LEASE
						+ "; or set samara.migrations.lock=session if it is in session mode.");
	}

	static PoolerException inTransactionMode(int backendPid) {
		return new PoolerException(
				"The connection pooler is in transaction mode: two open connections were given the same session of the "
						+ "server, pid " + backendPid
						+ ". A lock of the session (samara.migrations.lock=session) does not hold there",
				"Either " + DIRECT + "; or set samara.migrations.lock=lease; or put the pooler in session mode.");
	}

}
