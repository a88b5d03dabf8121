package dev.samara.lock;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import dev.samara.SamaraException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.TableName;
import dev.samara.postgres.WorkSession;

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

	private volatile boolean isLost;

	private volatile long lastKept = System.nanoTime();

	/** This and the session are used by the thread only, once that has started. */
	private @Nullable PostgresConnection connection;

	private @Nullable WorkSession session;

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
			Beat last = Beat.KEPT;
			while (last != Beat.LOST && !this.end.await(pauseAfter(last).toMillis(), TimeUnit.MILLISECONDS)) {
				last = beat();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			disconnect();
		}
	}

	/** A heartbeat that did not come through is made up for soon. */
	private Duration pauseAfter(Beat last) {
		return (last == Beat.KEPT) ? this.times.beat() : this.times.beat().dividedBy(10);
	}

	private Beat beat() {
		try {
			PostgresConnection connected = this.connection;
			if (connected == null) {
				connected = PostgresConnection.open(this.dataSource);
				this.connection = connected;
			}
			if (this.session == null) {
				this.session = WorkSession.openBeside(connected, "samara lease");
			}
			if (new LeaseTable(connected, this.mark).keep(this.token, this.times.life())) {
				this.lastKept = System.nanoTime();
				return Beat.KEPT;
			}
			return lost("it is not this instance's any more");
		}
		catch (DataAccessException ex) {
			return missed((ex.getCause() instanceof SQLException cause) ? ServerError.of(cause).toString()
					: String.valueOf(ex.getMessage()));
		}
		catch (SamaraException ex) {
			return missed(String.valueOf(ex.getMessage()));
		}
	}

	private Beat missed(String why) {
		disconnect();
		if (System.nanoTime() - this.lastKept > this.times.life().toNanos()) {
			return lost(why);
		}
		logger.warn("The lease on this database could not be kept alive, and is tried again: " + why);
		return Beat.MISSED;
	}

	/**
	 * Return whether the lease is lost, or as good as: a thread that is stuck, or was
	 * paused, has not seen it yet.
	 */
	boolean isLost() {
		return this.isLost || System.nanoTime() - this.lastKept > this.times.life().toNanos();
	}

	private Beat lost(String why) {
		this.isLost = true;
		logger.warn("The lease on this database is lost, and what is not recorded yet will be rolled back: " + why);
		return Beat.LOST;
	}

	private void disconnect() {
		PostgresConnection connected = this.connection;
		WorkSession opened = this.session;
		this.connection = null;
		this.session = null;
		try (PostgresConnection closing = connected; WorkSession ending = opened) {
			// Both are given back, the session as it was.
		}
		catch (SamaraException | DataAccessException ex) {
			logger.debug("The connection of the lease was gone already", ex);
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

	/**
	 * What came of a heartbeat.
	 */
	private enum Beat {

		/** The lease lives on. */
		KEPT,

		/** It did not come through. */
		MISSED,

		/** There is nothing to keep alive any more. */
		LOST

	}

}
