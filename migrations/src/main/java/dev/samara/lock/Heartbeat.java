package dev.samara.lock;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import dev.samara.SamaraException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.TableName;

/**
 * Keeps a lease alive, on a thread and a connection of its own. Ends when it is closed,
 * or when the lease is lost: an owner that has been paused for too long finds that out
 * here, and when it records something.
 */
final class Heartbeat implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Heartbeat.class);

	private static final long PATIENCE_SECONDS = 5;

	private final DataSource dataSource;

	private final TableName mark;

	private final long token;

	private final LeaseTimes times;

	private final CountDownLatch end = new CountDownLatch(1);

	private final Thread thread = new Thread(this::run, "samara-lease");

	/** Used by the thread only, once that has started. */
	private @Nullable PostgresConnection connection;

	private Heartbeat(DataSource dataSource, PostgresConnection connection, TableName mark, long token,
			LeaseTimes times) {
		this.dataSource = dataSource;
		this.connection = connection;
		this.mark = mark;
		this.token = token;
		this.times = times;
		this.thread.setDaemon(true);
	}

	/**
	 * Start to keep a lease alive.
	 * @param dataSource gives another connection when the first one breaks
	 * @param connection a connection that is closed with the heartbeat
	 */
	static Heartbeat start(DataSource dataSource, PostgresConnection connection, TableName mark, long token,
			LeaseTimes times) {
		Heartbeat heartbeat = new Heartbeat(dataSource, connection, mark, token, times);
		heartbeat.thread.start();
		return heartbeat;
	}

	private void run() {
		try {
			while (!this.end.await(this.times.beat().toMillis(), TimeUnit.MILLISECONDS) && isKept()) {
				logger.trace("The lease is kept alive");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			disconnect();
		}
	}

	/**
	 * A heartbeat that does not come through is not the end: there is time for another.
	 */
	private boolean isKept() {
		try {
			PostgresConnection connected = this.connection;
			if (connected == null) {
				connected = PostgresConnection.open(this.dataSource);
				this.connection = connected;
			}
			if (new LeaseTable(connected, this.mark).keep(this.token, this.times.life())) {
				return true;
			}
			logger.warn("The lease on this database is lost; what is not recorded yet will be rolled back");
			return false;
		}
		catch (DataAccessException | SamaraException ex) {
			logger.warn("The lease on this database could not be kept alive, and is tried again: " + ex.getMessage());
			disconnect();
			return true;
		}
	}

	private void disconnect() {
		PostgresConnection connected = this.connection;
		this.connection = null;
		if (connected != null) {
			try {
				connected.close();
			}
			catch (SamaraException ex) {
				logger.debug("The connection of the lease was gone already", ex);
			}
		}
	}

	@Override
	public void close() {
		this.end.countDown();
		try {
			this.thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
