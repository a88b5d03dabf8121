package dev.samara.migration;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;

import dev.samara.environment.Environment;
import dev.samara.environment.EnvironmentMark;
import dev.samara.execution.ExecutionOptions;
import dev.samara.execution.ScriptExecutor;
import dev.samara.execution.ScriptFailedException;
import dev.samara.execution.ScriptTrial;
import dev.samara.lock.AdvisoryLock;
import dev.samara.lock.LockKey;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.TableName;
import dev.samara.postgres.WorkSession;

/**
 * What a run works with while it holds the lock: the one connection, the history, the
 * executor.
 */
final class LockedSession {

	private final MigrationSettings settings;

	private final PostgresConnection connection;

	private final MigrationHistory history;

	private final WorkSession session;

	private LockedSession(MigrationSettings settings, PostgresConnection connection, MigrationHistory history,
			WorkSession session) {
		this.settings = settings;
		this.connection = connection;
		this.history = history;
		this.session = session;
	}

	/**
	 * Prepare the session, take the lock, work, and give both back.
	 */
	static <T> T run(MigrationSettings settings, PostgresConnection connection, Function<LockedSession, T> work) {
		return run(settings, connection, settings.lockWait(), work);
	}

	/**
	 * The same, waiting for the lock no longer than it is told.
	 */
	static <T> T run(MigrationSettings settings, PostgresConnection connection, Duration lockWait,
			Function<LockedSession, T> work) {
		TableName table = new TableName(settings.schema(), settings.table());
		try (WorkSession session = WorkSession.open(connection, settings.schema(),
				settings.application().sessionName())) {
			MigrationHistory history = new MigrationHistory(session.locate(table, new EnvironmentMark(table).table()));
			try (AdvisoryLock lock = AdvisoryLock.acquire(connection, LockKey.of(history.mark().table()), lockWait)) {
				return work.apply(new LockedSession(settings, connection, history, session));
			}
		}
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
		HistorySnapshot snapshot = this.history.read(this.connection);
		this.history.mark().check(this.settings.environment(), snapshot.environment());
		return snapshot;
	}

	/**
	 * Make what is missing of Samara's own tables, and the mark of the environment.
	 */
	void complete(HistorySnapshot snapshot) {
		if (!snapshot.exists()) {
			this.session.createSchema();
			this.history.create(this.connection);
		}
		Environment environment = this.settings.environment();
		if (environment != null && snapshot.environment() == null) {
			this.history.mark().create(this.connection);
			this.history.mark().write(this.connection, environment);
			this.history.mark().check(environment, this.history.mark().read(this.connection));
		}
	}

	/**
	 * Make the schema that is asked for, if it is missing.
	 */
	void createSchema() {
		this.session.createSchema();
	}

	ScriptExecutor executor() {
		return new ScriptExecutor(this.connection, this.session.settings(), options());
	}

	ScriptTrial trial() {
		return new ScriptTrial(this.connection, this.session.settings(), options());
	}

	private ExecutionOptions options() {
		return new ExecutionOptions(this.settings.lockTimeout(), this.settings.statementTimeout(),
				this.settings.retries());
	}

	void record(ScriptFailedException failure, MigrationJournal journal) {
		ServerError error = failure.getServerError().orElseThrow();
		try {
			this.connection.send(journal.failed(failure.getStatementsDone(), error.sqlState(), failure.summary()));
		}
		catch (SQLException ex) {
			failure.addSuppressed(ServerError.of(ex).toException(ex));
		}
	}

}
