package dev.samara.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import dev.samara.execution.Durability;
import dev.samara.execution.ExecutionFailedException;
import dev.samara.execution.ExecutionResult;
import dev.samara.lock.LeaseLostException;
import dev.samara.migration.MigrationHistory.RunId;
import dev.samara.schema.SchemaSnapshot;
import dev.samara.script.Finding;

/**
 * One run that has something to do, under the lock.
 * <ol>
 * <li>Read the history again, now that nobody else changes it; merge, plan, check.</li>
 * <li>Make what is missing of Samara's own tables.</li>
 * <li>Apply one migration after the other, each with its entry in the history.</li>
 * </ol>
 */
final class MigrationRun {

	private final MigrationListener listener;

	private final MigrationPlanning planning;

	private final LockedSession session;

	private final List<MigrationResult> applied = new ArrayList<>();

	private final long start = System.nanoTime();

	private boolean hasLock = true;

	MigrationRun(MigrationPlanning planning, MigrationListener listener, LockedSession session) {
		this.planning = planning;
		this.listener = listener;
		this.session = session;
	}

	MigrationReport run() {
		HistorySnapshot snapshot = this.session.read();
		List<MigrationStatus> statuses = this.planning.statuses(snapshot);
		MigrationPlan plan = this.planning.plan(statuses);
		MigrationPlanning.refuseErrors(plan);
		List<Finding> refusals = this.session.refusals(plan.steps().stream().map(PlanStep::work));
		if (!refusals.isEmpty()) {
			throw new MigrationValidationException(refusals);
		}
		this.session.complete(snapshot);
		if (plan.isEmpty()) {
			return MigrationPlanning.report(null, statuses, plan, this.applied, elapsed());
		}
		RunId run = this.session.runId();
		MigrationExecutor executor = this.session.executor();
		this.listener.beforeMigrate(plan);
		SchemaHistory schemas = new SchemaHistory(this.session.connection(), this.session.history());
		Optional<SchemaSnapshot> schemaBefore = schemas.picture();
		try {
			for (Iterator<PlanStep> steps = plan.steps().iterator(); steps.hasNext();) {
				PlanStep step = steps.next();
				// A run reports success only after its last step, so that one alone waits
				// for the disk.
				Durability durability = steps.hasNext() ? Durability.WITH_THE_NEXT : Durability.AT_ONCE;
				apply(step, executor, MigrationJournal.of(this.session.history(), run, step), durability);
			}
		}
		catch (LeaseLostException ex) {
			// What there is now may be another instance's, half done.
			this.hasLock = false;
			throw ex;
		}
		finally {
			if (this.hasLock && !this.applied.isEmpty() && this.session.connection().isUsable()) {
				schemas.keep(run.id(), schemaBefore, schemas.picture());
			}
		}
		MigrationReport report = MigrationPlanning.report(run.id(), statuses, plan, this.applied, elapsed());
		this.listener.afterMigrate(report);
		return report;
	}

	private void apply(PlanStep step, MigrationExecutor executor, MigrationJournal journal, Durability durability) {
		this.session.requireLock(step.migration().path());
		try {
			ExecutionResult result = executor.execute(step.work(), step.resumption(), journal, durability);
			MigrationResult applied = new MigrationResult(step.migration(), result.statements(), result.rows(),
					result.attempts(), result.duration());
			this.applied.add(applied);
			this.listener.afterEachMigrate(applied);
		}
		catch (ExecutionFailedException ex) {
			this.session.record(ex, journal);
			MigrationFailedException failure = new MigrationFailedException(step.migration(), this.applied, ex);
			this.listener.afterMigrateError(failure);
			throw failure;
		}
	}

	private Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.start);
	}

}
