package dev.samara.seed;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.samara.SamaraException;
import dev.samara.environment.Environment;
import dev.samara.environment.UnmarkedDatabase;
import dev.samara.execution.CodeFailedException;
import dev.samara.execution.CodeTransaction;
import dev.samara.execution.Durability;
import dev.samara.execution.ExecutableScript;
import dev.samara.execution.ExecutionOptions;
import dev.samara.execution.FailureRecord;
import dev.samara.execution.ExecutionResult;
import dev.samara.execution.Resumption;
import dev.samara.execution.ScriptExecutor;
import dev.samara.execution.ScriptFailedException;
import dev.samara.lock.HeldLock;
import dev.samara.lock.HistoryGuard;
import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.WorkSession;
import dev.samara.script.Finding;
import dev.samara.seed.check.CheckReport;
import dev.samara.seed.check.DataChecks;
import dev.samara.seed.data.DataFile;
import dev.samara.seed.data.DataLoadException;
import dev.samara.seed.data.DataLoader;
import dev.samara.seed.data.RowCounts;
import dev.samara.seed.data.SequenceCheck;

/**
 * One run that has something to do, top to bottom, on one connection, while the lock is
 * held.
 * <ol>
 * <li>Read the history again, now that nobody else changes it; merge, plan, check; make
 * what is missing of Samara's own tables.</li>
 * <li>Apply one seed after the other, each with its entry in the history.</li>
 * <li>Check the data.</li>
 * </ol>
 */
final class SeedRun {

	private final SeedSettings settings;

	private final PostgresConnection connection;

	private final SeedListener listener;

	private final SeedPlanning planning;

	private final List<SeedResult> applied = new ArrayList<>();

	private final Set<Finding> warnings = new LinkedHashSet<>();

	private final long start = System.nanoTime();

	SeedRun(SeedSettings settings, PostgresConnection connection, SeedPlanning planning, SeedListener listener) {
		this.settings = settings;
		this.connection = connection;
		this.planning = planning;
		this.listener = listener;
	}

	SeedReport run(LockedRun locked) {
		SeedSnapshot snapshot = prepare(locked.history(), locked.session());
		SeedHistory history = locked.history().guardedBy(locked.id(), snapshot);
		WorkSession session = locked.session();
		SeedPlan plan = new ForeignKeyOrder(this.planning.resolved(), this.connection).order(check(history, snapshot));
		SeedHistory.Run run = locked.in(plan.environment());
		if (plan.isEmpty()) {
			SeedReport report = this.planning.report(null, snapshot, plan, this.applied, elapsed());
			return this.planning.needsChecks(snapshot) ? checked(report, history, run) : report;
		}
		ExecutionOptions options = new ExecutionOptions(this.settings.lockTimeout(), this.settings.statementTimeout(),
				this.settings.retries());
		ScriptExecutor executor = new ScriptExecutor(this.connection, session.settings(), options);
		CodeTransaction transaction = new CodeTransaction(this.connection, session.settings(), options);
		SeederExecutor seeders = new SeederExecutor(this.connection, transaction, plan.environment());
		DataSeedExecutor data = new DataSeedExecutor(transaction,
				new DataLoader(this.connection, history.rows(), this.settings.lockTimeout(), this.warnings::add),
				snapshot::hasInsertedNothing);
		this.listener.beforeSeed(plan);
		for (Iterator<SeedStep> steps = plan.steps().iterator(); steps.hasNext();) {
			SeedStep step = steps.next();
			Durability durability = steps.hasNext() ? Durability.WITH_THE_NEXT : Durability.AT_ONCE;
			apply(step, new Executors(executor, data, seeders), new SeedJournal(history, run, step), durability,
					locked.lock());
		}
		this.warnings.addAll(new SequenceCheck(this.connection).run());
		this.warnings.forEach(SeedLog::warn);
		SeedReport report = checked(
				this.planning.report(run.id(), snapshot, plan, this.applied, elapsed()).with(this.warnings), history,
				run);
		this.listener.afterSeed(report);
		return report;
	}

	/**
	 * A failure is remembered: the next run, which has nothing to apply, repeats the
	 * checks, so that restarting an application does not help it past them.
	 */
	private SeedReport checked(SeedReport report, SeedHistory history, SeedHistory.Run run) {
		CheckReport checks = new DataChecks(this.connection, this.settings.schema(), this.settings.checks())
			.run(this.planning.checks(history.read(this.connection)));
		if (checks.results().isEmpty() && report.runId() != null) {
			return report;
		}
		try {
			this.connection.send(history.checkedSql(run, checks));
		}
		catch (SQLException ex) {
			throw DatabaseUnavailableException.queryFailed("The outcome of the checks cannot be written", ex);
		}
		return report.with(checks);
	}

	private SeedSnapshot prepare(SeedHistory history, WorkSession session) {
		SeedSnapshot snapshot = history.read(this.connection);
		Environment environment = this.settings.environment();
		if (snapshot.isReadyFor(environment)) {
			return snapshot;
		}
		refuseToMark(history, snapshot);
		check(history, snapshot);
		if (!snapshot.exists()) {
			session.createSchema();
			history.create(this.connection);
		}
		if (environment != null && snapshot.marker() == null) {
			history.mark().write(this.connection, environment);
		}
		return history.read(this.connection);
	}

	/** Together with what the plan finds, before anything is written. */
	private void refuseToMark(SeedHistory history, SeedSnapshot snapshot) {
		Environment environment = this.settings.environment();
		if (environment == null || snapshot.marker() != null) {
			return;
		}
		history.mark().check(environment, snapshot.environment());
		List<Finding> findings = new ArrayList<>(
				new UnmarkedDatabase(this.connection, history.mark(), environment, this.settings.claimedDatabase())
					.check());
		if (!findings.isEmpty()) {
			findings.addAll(this.planning.plan(snapshot).errors());
			throw new SeedValidationException(findings);
		}
	}

	private SeedPlan check(SeedHistory history, SeedSnapshot snapshot) {
		history.mark().check(this.settings.environment(), snapshot.environment());
		SeedPlan plan = this.planning.plan(snapshot);
		SeedPlanning.refuseErrors(plan);
		return plan;
	}

	private void apply(SeedStep step, Executors executors, SeedJournal journal, Durability durability, HeldLock lock) {
		this.listener.beforeEachSeed(step);
		lock.loss(step.seed().path()).ifPresent((lost) -> {
			throw lost;
		});
		try {
			SeedResult applied = execute(step, executors, journal, durability);
			this.applied.add(applied);
			this.listener.afterEachSeed(applied);
		}
		catch (ScriptFailedException ex) {
			refuseLoss(lock, journal, ex, step, ex.whatStays());
			ServerError error = ex.getServerError().orElseThrow();
			recordFailure(step, ex, journal.failed(error.sqlState(), ex.summary()));
			fail(new SeedFailedException(step.seed(), this.applied, ex));
		}
		catch (DataLoadException ex) {
			refuseLoss(lock, journal, ex, step, "Nothing of it was applied.");
			recordFailure(step, ex, journal.failed(ex.getServerError().map(ServerError::sqlState).orElse(null),
					String.valueOf(ex.getMessage())));
			fail(new SeedFailedException(step.seed(), this.applied, ex));
		}
		catch (CodeFailedException ex) {
			refuseLoss(lock, journal, ex, step, SeederExecutor.whatStays(ex, "Nothing of it was applied."));
			recordFailure(step, ex, journal.failed(ex.getServerError().map(ServerError::sqlState).orElse(null),
					String.valueOf(ex.getMessage())));
			fail(new SeedFailedException(step.seed(), this.applied, ex));
		}
	}

	private static SeedResult execute(SeedStep step, Executors executors, SeedJournal journal, Durability durability) {
		if (step.work() instanceof SeedWork.RunScript script) {
			return run(step, script.executable(), executors.scripts(), journal, durability);
		}
		if (step.work() instanceof SeedWork.LoadData data) {
			return load(step, data.file(), executors.data(), journal);
		}
		return run(step, ((SeedWork.RunJava) step.work()).seeder(), executors.seeders(), journal);
	}

	private void refuseLoss(HeldLock lock, SeedJournal journal, SamaraException failure, SeedStep step,
			String whatStays) {
		lock.loss(failure, step.seed().path(), whatStays).ifPresent((lost) -> {
			throw lost;
		});
		HistoryGuard guard = journal.guard();
		if (guard != null) {
			guard.requireUnbroken(this.connection, step.seed().path(), whatStays, failure);
		}
	}

	private static SeedResult run(SeedStep step, ExecutableScript script, ScriptExecutor executor, SeedJournal journal,
			Durability durability) {
		ExecutionResult result = executor.execute(script, Resumption.NONE, journal, durability);
		return new SeedResult(step.seed(), step.version(), result.statements(), result.rows(), null, result.attempts(),
				result.duration());
	}

	private static SeedResult load(SeedStep step, DataFile file, DataSeedExecutor executor, SeedJournal journal) {
		CodeTransaction.Outcome<RowCounts> outcome = executor.execute(step.seed().name(), file, journal::completed);
		return new SeedResult(step.seed(), step.version(), step.work().statements(), outcome.result().changed(),
				outcome.result(), outcome.attempts(), outcome.duration());
	}

	private static SeedResult run(SeedStep step, Seeder seeder, SeederExecutor executor, SeedJournal journal) {
		CodeTransaction.Outcome<Long> outcome = executor.seed(step.seed(), seeder, journal.completed());
		return new SeedResult(step.seed(), step.version(), 1, outcome.result(), null, outcome.attempts(),
				outcome.duration());
	}

	private void fail(SeedFailedException failure) {
		this.listener.afterSeedError(failure);
		throw failure;
	}

	private void recordFailure(SeedStep step, SamaraException failure, String record) {
		FailureRecord.write(this.connection, "seed " + step.seed().name(), record, failure);
	}

	private Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.start);
	}

	/**
	 * Who runs what.
	 */
	private record Executors(ScriptExecutor scripts, DataSeedExecutor data, SeederExecutor seeders) {

	}

}
