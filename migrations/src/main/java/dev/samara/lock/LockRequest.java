package dev.samara.lock;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.postgres.OwnSession;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.TableName;
import dev.samara.postgres.WorkSession;

/**
 * What a run asks for before it changes anything: a session made ready, and the lock. How
 * both are done depends on the way to the server.
 *
 * @param dataSource gives further connections to the same database
 * @param mode how one process at a time is let in
 * @param longestWait longest wait for the lock; zero means a single attempt
 * @param owner who asks
 * @since 0.1.0
 */
@Internal
public record LockRequest(DataSource dataSource, LockMode mode, Duration longestWait, LockOwner owner) {

	private static final Duration PATIENCE_WITH_POOLER = Duration.ofSeconds(3);

	/**
	 * Make a session ready. Whether a pooler is in between shows from the answer to a
	 * query that is needed anyway.
	 * @param connection the connection that is going to work, outside a transaction
	 * @param schema the schema to work in, or {@code null} for the first of the search
	 * path
	 * @return the session, to be closed
	 * @throws PoolerException if the lock does not hold there, or may not
	 */
	public WorkSession open(PostgresConnection connection, @Nullable String schema) {
		if (connection.isReadOnly()) {
			throw DatabaseUnavailableException.readOnly();
		}
		if (connection.isStandby()) {
			throw DatabaseUnavailableException.standby();
		}
		OwnSession found = OwnSession.of(connection);
		boolean isPooled = found.backendPid() != connection.pidToldAtLogin();
		if (this.mode == LockMode.LEASE) {
			return isPooled ? WorkSession.openShared(connection, found, schema, this.owner.nameOfRun())
					: WorkSession.open(connection, found, schema, this.owner.nameOfRun());
		}
		if (isPooled && this.mode == LockMode.AUTO) {
			throw PoolerException.undecided(connection.pidToldAtLogin(), found.backendPid());
		}
		if (isPooled && isGivenToOthers(found.backendPid())) {
			throw PoolerException.inTransactionMode(found.backendPid());
		}
		return WorkSession.open(connection, found, schema, this.owner.sessionName());
	}

	/**
	 * Wait for the lock.
	 * @param connection the connection that is going to work
	 * @param session its session; a lease needs the schema it works in
	 * @param mark the mark of the environment, with its schema
	 * @return the held lock; closing it releases the lock
	 * @throws LockNotAcquiredException if another session still holds it after the
	 * longest wait
	 */
	public HeldLock acquire(PostgresConnection connection, WorkSession session, TableName mark) {
		if (this.mode == LockMode.LEASE) {
			session.createSchema();
			return Lease.acquire(connection, this.dataSource, mark, this.owner, this.longestWait, LeaseTimes.USUAL);
		}
		return AdvisoryLock.acquire(connection, mark, this.longestWait);
	}

	/**
	 * Try to prove that the pooler is in transaction mode: that a session it has given to
	 * one connection it gives to another, which is still open. Where a second connection
	 * is not to be had soon, nothing is proven.
	 */
	private boolean isGivenToOthers(int backendPid) {
		CompletableFuture<Integer> other = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				other.complete(backendPidOfAnotherConnection());
			}
			catch (SQLException | RuntimeException ex) {
				other.completeExceptionally(ex);
			}
		}, "samara-pooler-check");
		thread.setDaemon(true);
		thread.start();
		try {
			return other.completeOnTimeout(0, PATIENCE_WITH_POOLER.toMillis(), TimeUnit.MILLISECONDS)
				.join() == backendPid;
		}
		catch (CompletionException ex) {
			return false;
		}
	}

	private int backendPidOfAnotherConnection() throws SQLException {
		try (Connection connection = this.dataSource.getConnection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
			rows.next();
			return rows.getInt(1);
		}
	}

}
