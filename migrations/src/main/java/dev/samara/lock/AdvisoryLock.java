package dev.samara.lock;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.PreparedStatementCallback;

import dev.samara.Internal;
import dev.samara.SamaraException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.TableName;

/**
 * Waits for the lock that lets one process at a time change a database: a session-level
 * advisory lock, on the connection that does the work, so that it is held just as long as
 * a backend may still be working.
 * <p>
 * Polls with a non-blocking attempt, outside any transaction: a blocked attempt would
 * hold a snapshot and deadlock with {@code CREATE INDEX CONCURRENTLY} of the holder.
 * <p>
 * Gives way to a {@linkplain Lease lease}: takes the lock, then looks for one. Who takes
 * a lease does the same the other way round, so that one of the two sees the other.
 *
 * @since 0.1.0
 */
@Internal
public final class AdvisoryLock implements HeldLock {

	/**
	 * Two statements in one round trip. The second one must not be a part of the first:
	 * it has to see what was committed up to the moment the lock was taken. The table of
	 * the lease may not be there, which the catalogue tells without an error.
	 */
	private static final String TRY = """
			SELECT pg_catalog.pg_try_advisory_lock(?);
			SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
				WHERE n.nspname = ? AND c.relname = ?)
			""";

	private static final String HOLDER_QUERY = """
			SELECT l.pid, nullif(a.application_name, '') AS application, host(a.client_addr) AS client,
				extract(epoch FROM clock_timestamp() - a.backend_start)::bigint AS connected, %s
			FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a USING (pid)
			WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
				AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
				AND (l.classid::bigint << 32 | l.objid::bigint) = ?
			""".formatted(SessionActivity.COLUMNS);

	private static final Log logger = LogFactory.getLog(AdvisoryLock.class);

	private final PostgresConnection connection;

	private final LockKey key;

	private final LeaseTable leases;

	private AdvisoryLock(PostgresConnection connection, TableName mark) {
		this.connection = connection;
		this.key = LockKey.of(mark);
		this.leases = new LeaseTable(connection, mark);
	}

	/**
	 * Wait for the lock.
	 * @param connection the connection that is going to work
	 * @param mark the mark of the environment, with its schema
	 * @param longestWait longest time to wait; zero means a single attempt
	 * @return the held lock; closing it releases the lock
	 * @throws LockNotAcquiredException if another session still holds it after that time
	 */
	public static AdvisoryLock acquire(PostgresConnection connection, TableName mark, Duration longestWait) {
		AdvisoryLock lock = new AdvisoryLock(connection, mark);
		Waiting waiting = new Waiting(longestWait);
		while (!lock.tryAcquire(waiting)) {
			waiting.forLock(() -> holder(connection, lock.key).or(lock.leases::holder)
				.map((holder) -> holder.withBlocker(connection))
				.orElse(null));
		}
		return lock;
	}

	private boolean tryAcquire(Waiting waiting) {
		Attempt attempt = this.connection.jdbc().execute(TRY, (PreparedStatementCallback<Attempt>) this::attempt);
		if (attempt == null || !attempt.isTaken()) {
			return false;
		}
		if (!attempt.hasLeases()) {
			return true;
		}
		boolean isFree = false;
		try {
			isFree = this.leases.giveWayTo(waiting);
		}
		finally {
			if (!isFree) {
				close();
			}
		}
		return isFree;
	}

	private Attempt attempt(PreparedStatement statement) throws SQLException {
		TableName table = this.leases.name();
		statement.setLong(1, this.key.value());
		statement.setString(2, table.schema());
		statement.setString(3, table.name());
		statement.execute();
		boolean isTaken = answer(statement);
		statement.getMoreResults();
		return new Attempt(isTaken, answer(statement));
	}

	private static boolean answer(PreparedStatement statement) throws SQLException {
		try (ResultSet rows = statement.getResultSet()) {
			return rows.next() && rows.getBoolean(1);
		}
	}

	static Optional<LockHolder> holder(PostgresConnection connection, LockKey key) {
		List<LockHolder> holders = connection.jdbc().query(HOLDER_QUERY, (row, number) -> holder(row), key.value());
		return holders.stream().findFirst();
	}

	/**
	 * Read a session from its row.
	 */
	static LockHolder holder(ResultSet row) throws SQLException {
		@Nullable Duration connected = (row.getObject("connected") != null) ? Duration.ofSeconds(row.getLong("connected")) : null;
		return new LockHolder(row.getInt("pid"), row.getString("application"), row.getString("client"), connected,
				SessionActivity.of(row), null, null);
	}

	@Override
	public String fence() {
		return "";
	}

	@Override
	public Optional<LeaseLostException> loss(SamaraException failure, String what, String whatStays) {
		return Optional.empty();
	}

	@Override
	public Optional<LeaseLostException> loss(String next) {
		return Optional.empty();
	}

	/**
	 * Release the lock. If the connection is gone, the server has released it already; if
	 * it cannot be released, the connection must go, and not back to a pool.
	 */
	@Override
	public void close() {
		if (!this.connection.isUsable()) {
			return;
		}
		try {
			this.connection.rollbackIfOpen();
			boolean wasHeld = Boolean.TRUE.equals(this.connection.jdbc()
				.queryForObject("SELECT pg_catalog.pg_advisory_unlock(?)", Boolean.class, this.key.value()));
			if (!wasHeld) {
				logger.warn(
						"The lock of this run was released before its end, so that another instance may have run at the "
								+ "same time: look for pg_advisory_unlock in the functions that the scripts call");
			}
		}
		catch (SQLException | DataAccessException ex) {
			logger.warn("The connection is closed, because the lock could not be released: " + ex.getMessage());
			this.connection.abort();
		}
	}

	private record Attempt(boolean isTaken, boolean hasLeases) {

	}

}
