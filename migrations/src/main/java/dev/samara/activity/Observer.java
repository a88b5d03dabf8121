package dev.samara.activity;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.ServerError;

/**
 * Looks at the server from a second connection while the first one is busy, on a daemon
 * thread. It takes the connection when the first look is due, and gives it back after it
 * was closed. Never delays and never fails who uses it: when there is no second
 * connection to be had, a pool of one for instance, it says so once and sees nothing.
 * Thread-safe.
 *
 * @since 0.1.0
 */
@Internal
public final class Observer implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(Observer.class);

	/** A look takes some milliseconds; a pool that is closed meanwhile breaks it. */
	private static final long END_OF_LOOK_MILLIS = 300;

	private final Supplier<PostgresConnection> source;

	private @Nullable Thread thread;

	private @Nullable Watch watch;

	private boolean isClosed;

	private boolean isOpening;

	private long openingSince;

	private boolean isBlind;

	/**
	 * Create an observer.
	 * @param source gives the second connection; may block or throw
	 */
	public Observer(Supplier<PostgresConnection> source) {
		this.source = source;
	}

	/**
	 * Start to look at something, and at nothing else any more.
	 * @param probe what to look at
	 * @param delay time until the first look
	 * @param interval time between two looks
	 */
	public synchronized void watch(Probe probe, Duration delay, Duration interval) {
		if (this.isClosed || this.isBlind) {
			return;
		}
		this.watch = new Watch(probe, System.nanoTime() + delay.toNanos(), interval);
		if (this.thread == null) {
			this.thread = new Thread(this::run, "samara-observer");
			this.thread.setDaemon(true);
			this.thread.start();
		}
		notifyAll();
	}

	/**
	 * Stop looking until there is something else to look at.
	 */
	public synchronized void rest() {
		this.watch = null;
	}

	/**
	 * Stop for good. Waits a moment for the look in progress, so that the connection is
	 * given back before somebody closes its pool.
	 */
	@Override
	public void close() {
		Thread ending = stop();
		if (ending != null) {
			try {
				ending.join(END_OF_LOOK_MILLIS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private synchronized @Nullable Thread stop() {
		this.isClosed = true;
		this.watch = null;
		notifyAll();
		if (this.isOpening && this.thread != null) {
			if (System.nanoTime() - this.openingSince > END_OF_LOOK_MILLIS * 1_000_000) {
				sayBlind("for want of a second connection: the pool has none to spare");
			}
			this.thread.interrupt();
			return null;
		}
		return this.thread;
	}

	private void run() {
		PostgresConnection connection = null;
		try {
			Watch due = awaitDue();
			connection = (due != null) ? open() : null;
			while (due != null && connection != null) {
				due.probe().look(connection);
				done(due);
				due = awaitDue();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			sayBlind(reason(ex, connection != null));
		}
		finally {
			giveBack(connection);
		}
	}

	private @Nullable PostgresConnection open() {
		synchronized (this) {
			this.isOpening = !this.isClosed;
			this.openingSince = System.nanoTime();
			if (this.isClosed) {
				return null;
			}
		}
		PostgresConnection connection = this.source.get();
		synchronized (this) {
			this.isOpening = false;
		}
		return connection;
	}

	private synchronized @Nullable Watch awaitDue() throws InterruptedException {
		while (!this.isClosed) {
			Watch current = this.watch;
			if (current == null) {
				wait();
				continue;
			}
			long millis = (current.due() - System.nanoTime()) / 1_000_000;
			if (millis <= 0) {
				return current;
			}
			wait(millis);
		}
		return null;
	}

	private synchronized void done(Watch done) {
		if (this.watch == done) {
			this.watch = new Watch(done.probe(), System.nanoTime() + done.interval().toNanos(), done.interval());
		}
	}

	private synchronized void sayBlind(String reason) {
		if (!this.isBlind && (!this.isClosed || this.isOpening)) {
			this.isBlind = true;
			logger.info("Who holds locks cannot be told, " + reason);
		}
	}

	private static String reason(RuntimeException failure, boolean isConnected) {
		String why = (failure.getCause() instanceof SQLException cause) ? ServerError.of(cause).toString()
				: String.valueOf(failure.getMessage());
		return (isConnected ? "because the look at the server failed: " : "for want of a second connection: ") + why;
	}

	private static void giveBack(@Nullable PostgresConnection connection) {
		if (connection != null) {
			try {
				connection.close();
			}
			catch (RuntimeException ex) {
				logger.debug("The observer's connection could not be closed", ex);
			}
		}
	}

	private record Watch(Probe probe, long due, Duration interval) {

	}

}
