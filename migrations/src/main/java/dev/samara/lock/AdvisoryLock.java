package dev.samara.lock;

import java.time.Duration;
import java.util.Optional;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.postgres.PostgresConnection;

/**
 * Waits for the lock that lets one process at a time change a database: a session-level
 * advisory lock, on the connection that does the work, so that it is held just as long as
 * a backend may still be working.
 * <p>
 * Polls with a non-blocking attempt, outside any transaction: a blocked attempt would
 * hold a snapshot and deadlock with {@code CREATE INDEX CONCURRENTLY} of the holder.
 *
 * @since 0.1.0
 */
@Internal
public final class AdvisoryLock implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(AdvisoryLock.class);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

	private static final Duration FIRST_REPORT = Duration.ofSeconds(1);

	private static final String HOLDER_QUERY = """
			SELECT l.pid, nullif(a.application_name, ''), host(a.client_addr),
				extract(epoch FROM clock_timestamp() - a.backend_start)::bigint
			FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a USING (pid)
			WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
				AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
				AND (l.classid::bigint << 32 | l.objid::bigint) = ?
			""";

	private final PostgresConnection connection;

	private final LockKey key;

	private AdvisoryLock(PostgresConnection connection, LockKey key) {
		this.connection = connection;
		this.key = key;
	}

	/**
	 * Wait for the lock.
	 * @param connection the connection that is going to work
	 * @param key the lock
	 * @param longestWait longest time to wait; zero means a single attempt
	 * @return the held lock; closing it releases the lock
	 * @throws LockNotAcquiredException if another session still holds it after that time
	 */
	public static AdvisoryLock acquire(PostgresConnection connection, LockKey key, Duration longestWait) {
		AdvisoryLock lock = new AdvisoryLock(connection, key);
		long start = System.nanoTime();
		Duration nextReport = FIRST_REPORT;
		while (!lock.tryAcquire()) {
			Duration waited = Duration.ofNanos(System.nanoTime() - start);
			if (waited.compareTo(nextReport) >= 0) {
				lock.report(waited, longestWait);
				nextReport = nextReport.multipliedBy(2);
			}
			if (waited.compareTo(longestWait) >= 0 || !pause()) {
				throw new LockNotAcquiredException(waited, lock.holder().orElse(null));
			}
		}
		return lock;
	}

	/**
	 * Return whether a session holds the lock.
	 * @param connection a connection to the database
	 * @param key the lock
	 * @return whether somebody is working now
	 */
	public static boolean isHeld(PostgresConnection connection, LockKey key) {
		return new AdvisoryLock(connection, key).holder().isPresent();
	}

	private boolean tryAcquire() {
		return Boolean.TRUE.equals(this.connection.jdbc()
			.queryForObject("SELECT pg_catalog.pg_try_advisory_lock(?)", Boolean.class, this.key.value()));
	}

	private Optional<LockHolder> holder() {
		return this.connection.jdbc()
			.query(HOLDER_QUERY,
					(row, number) -> new LockHolder(row.getInt(1), row.getString(2), row.getString(3),
							(row.getObject(4) != null) ? Duration.ofSeconds(row.getLong(4)) : null),
					this.key.value())
			.stream()
			.findFirst();
	}

	private void report(Duration waited, Duration longestWait) {
		@Nullable LockHolder holder = holder().orElse(null);
		logger.info("Waiting for another session to finish its changes of this database: "
				+ ((holder != null) ? holder : "it is just finishing") + "; waited " + waited.toSeconds() + " s of "
				+ longestWait.toSeconds() + " s");
	}

	/** Returns whether the thread may go on waiting. */
	private static boolean pause() {
		try {
			Thread.sleep(POLL_INTERVAL.toMillis());
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Release the lock. If the connection is gone, the server has released it already.
	 */
	@Override
	public void close() {
		if (this.connection.isUsable()) {
			this.connection.jdbc()
				.queryForObject("SELECT pg_catalog.pg_advisory_unlock(?)", Boolean.class, this.key.value());
		}
	}

}
