package dev.samara.migration;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.samara.environment.Application;
import dev.samara.environment.Environment;
import dev.samara.environment.EnvironmentMark;
import dev.samara.execution.ExecutionOptions;
import dev.samara.execution.ExecutionResult;
import dev.samara.execution.ScriptExecutor;
import dev.samara.execution.ScriptFailedException;
import dev.samara.lock.AdvisoryLock;
import dev.samara.lock.LockKey;
import dev.samara.migration.MigrationHistory.RunId;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.SessionSettings;
import dev.samara.postgres.TableName;
import dev.samara.postgres.WorkSession;

/**
 * One run that has something to do, top to bottom, on one connection.
 * <ol>
 * <li>Prepare the session, take the lock.</li>
 * <li>Make what is missing of Samara's own tables; read the history again, now that
 * nobody else changes it; merge, plan, check.</li>
 * <li>Apply one migration after the other, each with its entry in the history.</li>
 * <li>Release the lock, give the session back as it was.</li>
 * </ol>
 */
final class MigrationRun {

	private final MigrationSettings settings;

	private final PostgresConnection connection;

	private final MigrationListener listener;

	private final MigrationPlanning planning;

	private final List<MigrationResult> applied = new ArrayList<>();

	private final long start = System.nanoTime();

	MigrationRun(MigrationSettings settings, PostgresConnection connection, MigrationPlanning planning,
			MigrationListener listener) {
		this.settings = settings;
		this.connection = connection;
		this.planning = planning;
		this.listener = listener;
	}

	MigrationReport run(TableName table) {
		try (WorkSession session = WorkSession.open(this.connection, this.settings.schema(),
				this.settings.application().sessionName())) {
			MigrationHistory history = new MigrationHistory(session.locate(table, new EnvironmentMark(table).table()));
			try (AdvisoryLock lock = AdvisoryLock.acquire(this.connection, LockKey.of(history.table()),
					this.settings.lockWait())) {
				return runLocked(history, session.settings());
			}
		}
	}

	private MigrationReport runLocked(MigrationHistory history, SessionSettings session) {
		HistorySnapshot snapshot = history.read(this.connection);
		history.mark().check(this.settings.environment(), snapshot.environment());
		MigrationPlan plan = this.planning.plan(snapshot);
		MigrationPlanning.refuseErrors(plan);
		if (!snapshot.exists()) {
			history.create(this.connection);
		}
		Environment environment = this.settings.environment();
		if (environment != null && snapshot.environment() == null) {
			history.mark().create(this.connection);
			history.mark().write(this.connection, environment);
		}
		if (plan.isEmpty()) {
			return this.planning.report(null, snapshot, plan, this.applied, elapsed());
		}
		RunId run = new RunId(UUID.randomUUID().toString(), this.settings.application(), Application.host());
		ScriptExecutor executor = new ScriptExecutor(this.connection, session, new ExecutionOptions(
				this.settings.lockTimeout(), this.settings.statementTimeout(), this.settings.retries()));
		this.listener.beforeMigrate(plan);
		for (PlanStep step : plan.steps()) {
			apply(step, executor, new MigrationJournal(history, run, step));
		}
		MigrationReport report = this.planning.report(run.id(), snapshot, plan, this.applied, elapsed());
		this.listener.afterMigrate(report);
		return report;
	}

	private void apply(PlanStep step, ScriptExecutor executor, MigrationJournal journal) {
		try {
			ExecutionResult result = executor.execute(step.executable(), step.resumption(), journal);
			MigrationResult applied = new MigrationResult(step.migration(), result.statements(), result.rows(),
					result.attempts(), result.duration());
			this.applied.add(applied);
			this.listener.afterEachMigrate(applied);
		}
		catch (ScriptFailedException ex) {
			recordFailure(ex, journal);
			MigrationFailedException failure = new MigrationFailedException(step.migration(), this.applied, ex);
			this.listener.afterMigrateError(failure);
			throw failure;
		}
	}

	private void recordFailure(ScriptFailedException failure, MigrationJournal journal) {
		ServerError error = failure.getServerError().orElseThrow();
		try {
			this.connection.send(journal.failed(failure.getStatementsDone(), error.sqlState(),
					failure.getPlace() + ": " + error.message()));
		}
		catch (SQLException ex) {
			failure.addSuppressed(ServerError.of(ex).toException(ex));
		}
	}

	private Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.start);
	}

}
