package dev.samara.lock;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.dao.DataAccessException;

import dev.samara.Internal;
import dev.samara.SamaraException;
import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.TableName;

/**
 * The lock as a row in a table, for a pooler that does not keep a session for us.
 * <ol>
 * <li>The lease is taken while nobody has it, or when it has expired; then the
 * {@linkplain AdvisoryLock session's lock} is looked for, which others may use.</li>
 * <li>A {@linkplain Heartbeat thread} keeps it alive, on a connection of its own.</li>
 * <li>What former owners have left running is waited for.</li>
 * <li>Whatever is recorded carries a {@linkplain #fence() fence}: an owner that was
 * paused for too long cannot commit.</li>
 * </ol>
 *
 * @since 0.1.0
 */
@Internal
public final class Lease implements HeldLock {

	private static final Log logger = LogFactory.getLog(Lease.class);

	private final PostgresConnection connection;

	private final LeaseTable table;

	private final long token;

	private final Heartbeat heartbeat;

	private Lease(PostgresConnection connection, LeaseTable table, long token, Heartbeat heartbeat) {
		this.connection = connection;
		this.table = table;
		this.token = token;
		this.heartbeat = heartbeat;
	}

	/**
	 * Wait for the lease.
	 * @param connection the connection that is going to work
	 * @param dataSource gives the connection of the heartbeat
	 * @param mark the mark of the environment, with its schema
	 * @param owner who asks for it
	 * @param longestWait longest time to wait; zero means a single attempt
	 * @return the lease; closing it releases it
	 * @throws LockNotAcquiredException if another session still holds the lock after that
	 * time
	 * @throws DatabaseUnavailableException if there is no second connection to be had
	 */
	static Lease acquire(PostgresConnection connection, DataSource dataSource, TableName mark, LockOwner owner,
			Duration longestWait, LeaseTimes times) {
		PostgresConnection second = secondConnection(dataSource);
		Heartbeat heartbeat = null;
		try {
			LeaseTable table = new LeaseTable(connection, mark);
			table.createIfMissing();
			Waiting waiting = new Waiting(longestWait);
			long token = take(connection, table, mark, owner, waiting, times);
			heartbeat = Heartbeat.start(dataSource, second, mark, token, times);
			return new Lease(connection, table, token, heartbeat).afterOrphans(waiting);
		}
		finally {
			if (heartbeat == null) {
				second.close();
			}
		}
	}

	private static PostgresConnection secondConnection(DataSource dataSource) {
		try {
			return PostgresConnection.open(dataSource);
		}
		catch (DatabaseUnavailableException ex) {
			throw DatabaseUnavailableException.noSecondConnection(ex);
		}
	}

	private static long take(PostgresConnection connection, LeaseTable table, TableName mark, LockOwner owner,
			Waiting waiting, LeaseTimes times) {
		LockKey key = LockKey.of(mark);
		while (true) {
			// Only looking first spares the table a row lock with each look.
			OptionalLong token = table.isFree() ? table.take(owner, times.life()) : OptionalLong.empty();
			if (token.isPresent()) {
				if (AdvisoryLock.holder(connection, key).isEmpty()) {
					return token.getAsLong();
				}
				table.release(token.getAsLong());
			}
			waiting.forLock(() -> AdvisoryLock.holder(connection, key)
				.or(table::holder)
				.map((holder) -> holder.withBlocker(connection))
				.orElse(null));
		}
	}

	private Lease afterOrphans(Waiting waiting) {
		boolean isReady = false;
		try {
			isReady = this.table.awaitOrphans(waiting);
			return this;
		}
		finally {
			if (!isReady) {
				close();
			}
		}
	}

	@Override
	public String fence() {
		return this.table.fence(this.token);
	}

	@Override
	public Optional<LeaseLostException> loss(SamaraException failure, String what, String whatStays) {
		if (!this.connection.isUsable() || this.connection.isTransactionOpen() || this.table.isHeld(this.token)) {
			return Optional.empty();
		}
		return Optional.of(new LeaseLostException(what, whatStays, this.table.holder().orElse(null), failure));
	}

	@Override
	public Optional<LeaseLostException> loss(String next) {
		return this.heartbeat.isLost() ? Optional.of(new LeaseLostException(next, "It was not begun by this run.",
				this.connection.isUsable() ? this.table.holder().orElse(null) : null, null)) : Optional.empty();
	}

	/**
	 * Release the lease. If the connection that has worked is gone, its backend may be
	 * working still: then the lease is left to expire, and the next owner makes sure.
	 */
	@Override
	public void close() {
		this.heartbeat.close();
		if (!this.connection.isUsable()) {
			return;
		}
		try {
			this.connection.rollbackIfOpen();
			this.table.release(this.token);
		}
		catch (SQLException ex) {
			logger.warn("The lease on this database is left to expire: " + ServerError.of(ex));
		}
		catch (DataAccessException ex) {
			logger.warn("The lease on this database is left to expire: " + ex.getMessage());
		}
	}

}
