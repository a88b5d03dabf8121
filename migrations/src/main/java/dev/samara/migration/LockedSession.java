package dev.samara.migration;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.samara.environment.Environment;
import dev.samara.environment.EnvironmentMark;
import dev.samara.environment.SeededTablesWatch;
import dev.samara.execution.ExecutionFailedException;
import dev.samara.execution.ExecutionOptions;
import dev.samara.execution.FailureRecord;
import dev.samara.execution.Journal;
import dev.samara.execution.ScriptTrial;
import dev.samara.lock.HeldLock;
import dev.samara.lock.HistoryGuard;
import dev.samara.lock.LeaseLostException;
import dev.samara.lock.LockOwner;
import dev.samara.lock.LockRequest;
import dev.samara.migration.MigrationHistory.RunId;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.TableName;
import dev.samara.postgres.WorkSession;
import dev.samara.script.Finding;

/**
 * What a run works with while it holds the lock: the one connection, the history, the
 * executor.
 */
final class LockedSession {

	private final MigrationSettings settings;

	private final PostgresConnection connection;

	private MigrationHistory history;

	private final WorkSession session;

	private final RunId run;

	private final HeldLock lock;

	private LockedSession(MigrationSettings settings, PostgresConnection connection, MigrationHistory history,
			WorkSession session, RunId run, HeldLock lock) {
		this.settings = settings;
		this.connection = connection;
		this.history = history;
		this.session = session;
		this.run = run;
		this.lock = lock;
	}

	/**
	 * Prepare the session, take the lock, work, and give both back.
	 */
	static <T> T run(MigrationSettings settings, DataSource dataSource, PostgresConnection connection,
			Function<LockedSession, T> work) {
		return run(settings, dataSource, connection, settings.lockWait(), work);
	}

	/**
	 * The same, waiting for the lock no longer than it is told.
	 */
	static <T> T run(MigrationSettings settings, DataSource dataSource, PostgresConnection connection,
			Duration lockWait, Function<LockedSession, T> work) {
		RunId run = RunId.of(settings, settings.application().spelled(connection::storable));
		LockRequest request = new LockRequest(dataSource, settings.lock(), lockWait,
				new LockOwner(run.id(), run.application().sessionName(), run.application().name(), run.host()));
		TableName table = new TableName(settings.schema(), settings.table());
		try (WorkSession session = request.open(connection, settings.schema())) {
			TableName located = session.locate(table, new EnvironmentMark(table).table());
			try (HeldLock lock = request.acquire(connection, session, new EnvironmentMark(located).table())) {
				MigrationHistory history = new MigrationHistory(located, lock.fence());
				return work.apply(new LockedSession(settings, connection, history, session, run, lock));
			}
		}
	}

	/**
	 * Return the run that entries of the history are to name.
	 */
	RunId runId() {
		return this.run;
	}

	/**
	 * Find what cannot run here: outside a transaction, a pooler in transaction mode may
	 * give each statement another session.
	 * @return an error for each that is not one transaction, where that matters
	 */
	List<Finding> refusals(Stream<MigrationWork> works) {
		return this.session.isShared() ? works.flatMap((work) -> PoolerRule.check(work).stream()).toList() : List.of();
	}

	PostgresConnection connection() {
		return this.connection;
	}

	MigrationHistory history() {
		return this.history;
	}

	/**
	 * Read the history, now that nobody else changes it, and check that the database is
	 * of the application's environment.
	 */
	HistorySnapshot read() {
		HistorySnapshot snapshot = this.history.readLocked(this.connection);
		this.history.mark().check(this.settings.environment(), snapshot.environment());
		this.history = this.history.guardedBy(this.run, snapshot);
		return snapshot;
	}

	/**
	 * Find why a database without a marker must not get that of the application.
	 * @return errors; empty if it may be marked, or is marked
	 * @throws dev.samara.environment.EnvironmentMismatchException if it belongs to
	 * another environment
	 */
	List<Finding> refuseToMark(HistorySnapshot snapshot) {
		return this.settings.refuseToMark(snapshot, this.connection, this.history.table());
	}

	/**
	 * Make what is missing of Samara's own tables, and the mark of the environment.
	 */
	void complete(HistorySnapshot snapshot) {
		Environment environment = this.settings.environment();
		if (!snapshot.exists()) {
			this.session.createSchema();
			this.history.create(this.connection);
		}
		upgrade(snapshot);
		if (environment != null && snapshot.marker() == null) {
			this.history.mark().create(this.connection);
			this.history.mark().write(this.connection, environment);
			this.history.mark().check(environment, this.history.mark().read(this.connection));
		}
	}

	/**
	 * Upgrade a history table of an older layout before a run writes into it.
	 */
	void upgrade(HistorySnapshot snapshot) {
		if (snapshot.exists() && !snapshot.isCurrent()) {
			this.history.upgrade(this.connection);
		}
	}

	/**
	 * Look at the tables that seeds have filled, before anything runs.
	 */
	SeededTablesWatch watchSeededTables() {
		return SeededTablesWatch.begin(this.connection, this.history.table());
	}

	/**
	 * Make the schema that is asked for, if it is missing.
	 */
	void createSchema() {
		this.session.createSchema();
	}

	/**
	 * Make sure that nobody else may have taken over.
	 * @param next what would run next
	 * @throws LeaseLostException if the lease is known to be lost
	 */
	void requireLock(String next) {
		this.lock.loss(next).ifPresent((lost) -> {
			throw lost;
		});
	}

	/**
	 * Make sure that a script, or code, has not failed because somebody else may have
	 * taken over.
	 * @param failure why it failed
	 * @param whatStays what is the case now, a sentence
	 * @throws LeaseLostException if the lease is lost
	 * @throws dev.samara.lock.PoolerException if the lock of the session did not hold
	 */
	void requireLock(ExecutionFailedException failure, String whatStays) {
		this.lock.loss(failure, failure.path(), whatStays).ifPresent((lost) -> {
			throw lost;
		});
		HistoryGuard guard = this.history.guard();
		if (guard != null) {
			guard.requireUnbroken(this.connection, failure.path(), whatStays, failure);
		}
	}

	/**
	 * Return a journal for scripts that the history does not tell of.
	 */
	Journal unrecorded() {
		return new UnrecordedScript(this.lock.fence());
	}

	MigrationExecutor executor() {
		return new MigrationExecutor(this.connection, this.session.settings(), options(), this.settings.environment());
	}

	ScriptTrial trial() {
		return new ScriptTrial(this.connection, this.session.settings(), options());
	}

	private ExecutionOptions options() {
		return new ExecutionOptions(this.settings.lockTimeout(), this.settings.statementTimeout(),
				this.settings.retries());
	}

	/**
	 * Record that a migration has failed.
	 * @throws LeaseLostException if it failed because another instance may have taken
	 * over; there is nothing to record then
	 */
	void record(ExecutionFailedException failure, MigrationJournal journal) {
		requireLock(failure, failure.whatStaysUnrecorded());
		FailureRecord.write(this.connection, failure.path(), journal.failed(failure), failure);
	}

}
