package dev.samara.execution;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import dev.samara.SamaraException;
import dev.samara.activity.Blockage;
import dev.samara.activity.BlockageProbe;
import dev.samara.activity.Observer;
import dev.samara.activity.OpenTransactionProbe.State;
import dev.samara.activity.OpenTransactionProbe;
import dev.samara.postgres.PostgresConnection;

/**
 * How one transaction copes with others that hold the locks it needs.
 * <ol>
 * <li>The first attempt is watched by nobody, so that a run without conflicts needs no
 * second connection.</li>
 * <li>From then on an observer looks who is in the way. As long as a transaction that was
 * in the way is still open, attempts are left out: queueing for it would make others wait
 * and gain nothing.</li>
 * <li>When it has ended, the next attempt begins at once, if attempts have not made
 * others wait for too much of the time.</li>
 * <li>An attempt that is left out counts, so that there is an end.</li>
 * </ol>
 */
final class LockContention implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(LockContention.class);

	private static final Duration FIRST_LOOK = Duration.ofMillis(15);

	private static final Duration LONGEST_INTERVAL = Duration.ofMillis(150);

	private static final Duration LOOK_FOR_END = Duration.ofMillis(100);

	private final PostgresConnection connection;

	private final LockSchedule schedule;

	private final Observer observer;

	private final long start = System.nanoTime();

	private int attempt = 1;

	private long attemptStart;

	private Duration lockTimeout = Duration.ZERO;

	private Duration stalled = Duration.ZERO;

	private @Nullable Backend backend;

	private @Nullable BlockageProbe probe;

	private Blockage seen = Blockage.NONE;

	private boolean hasWaitedForAutovacuum;

	LockContention(PostgresConnection connection, LockSchedule schedule) {
		this.connection = connection;
		this.schedule = schedule;
		this.observer = new Observer(connection::openAnother);
	}

	/**
	 * Begin an attempt.
	 * @return its lock timeout
	 */
	Duration beginAttempt() {
		this.lockTimeout = this.schedule.lockTimeout(this.attempt);
		Backend self = this.backend;
		if (!this.schedule.isBrief()) {
			self = backend();
			WaitReport report = new WaitReport("Waiting", self.pid());
			this.probe = report.blockage();
			long half = this.lockTimeout.toMillis() / 2;
			this.observer.watch(report,
					(half > 0 && half < WaitReport.FIRST.toMillis()) ? Duration.ofMillis(half) : WaitReport.FIRST,
					WaitReport.INTERVAL);
		}
		else if (self != null) {
			Duration forAutovacuum = forAutovacuum(self);
			this.lockTimeout = (forAutovacuum != null) ? forAutovacuum : this.lockTimeout;
			this.probe = new BlockageProbe(self.pid());
			Duration quarter = this.lockTimeout.dividedBy(4);
			this.observer.watch(this.probe, FIRST_LOOK,
					(quarter.compareTo(LONGEST_INTERVAL) < 0) ? quarter : LONGEST_INTERVAL);
		}
		this.attemptStart = System.nanoTime();
		return this.lockTimeout;
	}

	private @Nullable Duration forAutovacuum(Backend self) {
		if (!this.seen.isOrdinaryAutovacuum() || this.hasWaitedForAutovacuum) {
			return null;
		}
		Duration timeout = this.schedule.lockTimeoutForAutovacuum(self.deadlockTimeout());
		this.hasWaitedForAutovacuum = true;
		return (timeout != null && timeout.compareTo(this.lockTimeout) > 0) ? timeout : null;
	}

	/**
	 * Let go of everything, and wait until it is time for the next attempt.
	 * @param what what is tried, for the log
	 * @param failure why the attempt failed; thrown if there is no other one, and knows
	 * then who was in the way if it is of a kind that can
	 */
	void standBack(Object what, SamaraException failure) {
		Duration took = Duration.ofNanos(System.nanoTime() - this.attemptStart);
		this.stalled = this.stalled.plus(took);
		Blockage now = (this.probe != null) ? this.probe.seen() : Blockage.NONE;
		this.seen = now.isEmpty() ? this.seen : now;
		if (!this.schedule.hasAnother(this.attempt)) {
			throw blocked(failure);
		}
		try {
			this.connection.rollbackIfOpen();
			backend();
			pause(what, took, now);
		}
		catch (SQLException | DataAccessException ex) {
			failure.addSuppressed(ex);
			throw blocked(failure);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw blocked(failure);
		}
	}

	private SamaraException blocked(SamaraException failure) {
		return (failure instanceof ExecutionFailedException known) ? known.blockedBy(this.seen.blockers()) : failure;
	}

	private void pause(Object name, Duration took, Blockage now) throws InterruptedException {
		OpenTransactionProbe others = new OpenTransactionProbe(now.transactions());
		if (now.isEmpty()) {
			// Takes the connection, and makes the first look a quick one, while there is
			// time.
			this.observer.watch(new BlockageProbe(backend().pid()), Duration.ZERO, LONGEST_INTERVAL);
		}
		else {
			this.observer.watch(others, Duration.ZERO, LOOK_FOR_END);
		}
		long seenAt = System.nanoTime();
		String what = "did not get its locks within " + this.lockTimeout.toMillis() + " ms; nothing of it stays";
		do {
			Duration pause = this.schedule.pauseAfter(max(took, this.schedule.lockTimeout(this.attempt)),
					ThreadLocalRandom.current().nextDouble());
			logger.info("%s %s (attempt %d of %d); next attempt in %d ms%s".formatted(name, what, this.attempt,
					this.schedule.retries() + 1, pause.toMillis(),
					now.isEmpty() ? "" : "; " + now.after(Duration.ofNanos(System.nanoTime() - seenAt))));
			this.attempt++;
			what = "is still blocked by the same transaction, and did not queue";
			took = Duration.ZERO;
			sleep(pause, others);
		}
		while (others.state() == State.OPEN && this.schedule.hasAnother(this.attempt)
				&& !(now.isOrdinaryAutovacuum() && !this.hasWaitedForAutovacuum));
		this.observer.rest();
	}

	private void sleep(Duration pause, OpenTransactionProbe others) throws InterruptedException {
		long end = System.nanoTime() + pause.toNanos();
		while (System.nanoTime() < end) {
			if (others.state() == State.ENDED && this.schedule.isAffordable(this.stalled,
					this.schedule.lockTimeout(this.attempt), Duration.ofNanos(System.nanoTime() - this.start))) {
				return;
			}
			Thread.sleep(Math.max(1, Math.min(50, (end - System.nanoTime()) / 1_000_000)));
		}
	}

	private static Duration max(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	private Backend backend() {
		Backend known = this.backend;
		if (known == null) {
			known = Backend.of(this.connection);
			this.backend = known;
		}
		return known;
	}

	@Override
	public void close() {
		this.observer.close();
	}

}
