package dev.samara.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.samara.existing.ExistingObjects;
import dev.samara.environment.SeededTablesWatch;
import dev.samara.execution.Companions;
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
 * <li>Call what is to be called before.</li>
 * <li>Apply one migration after the other, each with its entry in the history.</li>
 * <li>Call what is to be called after all of them, or after a failure.</li>
 * </ol>
 */
final class MigrationRun {

	private static final String NOTHING_APPLIED = "No migration was applied in this run.";

	private final MigrationListener listener;

	private final MigrationPlanning planning;

	private final LockedSession session;

	private final List<MigrationResult> applied = new ArrayList<>();

	private final long start = System.nanoTime();

	private boolean hasLock = true;

	private ExistingObjects existing = ExistingObjects.NONE;

	private List<Finding> warnings = List.of();

	MigrationRun(MigrationPlanning planning, MigrationListener listener, LockedSession session) {
		this.planning = planning;
		this.listener = listener;
		this.session = session;
	}

	MigrationReport run() {
		HistorySnapshot snapshot = this.session.read();
		List<MigrationStatus> statuses = this.planning.statuses(snapshot);
		MigrationPlan plan = this.planning.plan(statuses, snapshot);
		refuseToWrite(snapshot, plan);
		this.existing = snapshot.existing();
		CallbackScripts callbacks = new CallbackScripts(plan.callbacks(), this.session);
		if (callbacks.before(CallbackEvent.BEFORE_VALIDATE, NOTHING_APPLIED)) {
			// What the schema contains now may be the callbacks' own.
			snapshot = this.session.read();
			statuses = this.planning.statuses(snapshot);
			plan = this.planning.onAnySchema().plan(statuses, snapshot);
		}
		MigrationPlanning.refuseErrors(plan);
		List<Finding> refusals = this.session.refusals(Stream.concat(plan.steps().stream().map(PlanStep::work),
				plan.callbacks().stream().map(Callback::work)));
		if (!refusals.isEmpty()) {
			throw new MigrationValidationException(refusals);
		}
		this.session.complete(snapshot);
		if (plan.isEmpty()) {
			return MigrationPlanning.report(null, statuses, plan, this.applied, List.of(), elapsed());
		}
		RunId run = this.session.runId();
		try {
			this.listener.beforeMigrate(plan);
			callbacks.before(CallbackEvent.BEFORE_MIGRATE, NOTHING_APPLIED);
			applyAll(plan, run, callbacks);
		}
		catch (RuntimeException ex) {
			callbacks.afterError(CallbackEvent.AFTER_MIGRATE_ERROR, ex);
			this.listener.afterMigrateError(ex);
			throw ex;
		}
		MigrationReport report = MigrationPlanning.report(run.id(), statuses, plan, this.applied, this.warnings,
				elapsed());
		this.listener.afterMigrate(report);
		return report;
	}

	/** Before anything is written, callbacks included. */
	private void refuseToWrite(HistorySnapshot snapshot, MigrationPlan plan) {
		List<Finding> refusals = this.session.refuseToMark(snapshot);
		if (!refusals.isEmpty() || NonEmptySchema.isRefused(plan)) {
			throw new MigrationValidationException(Stream.concat(refusals.stream(), plan.errors().stream()).toList());
		}
	}

	private void applyAll(MigrationPlan plan, RunId run, CallbackScripts callbacks) {
		MigrationExecutor executor = this.session.executor();
		Companions companions = callbacks.around(CallbackEvent.BEFORE_EACH_MIGRATE, CallbackEvent.AFTER_EACH_MIGRATE);
		SchemaHistory schemas = new SchemaHistory(this.session.connection(), this.session.history());
		Optional<SchemaSnapshot> schemaBefore = schemas.picture();
		SeededTablesWatch seeded = this.session.watchSeededTables();
		try {
			for (Iterator<PlanStep> steps = plan.steps().iterator(); steps.hasNext();) {
				PlanStep step = steps.next();
				// A run reports success only after its last step, so that one alone waits
				// for the disk.
				Durability durability = steps.hasNext() ? Durability.WITH_THE_NEXT : Durability.AT_ONCE;
				apply(step, companions, executor, MigrationJournal.of(this.session.history(), run, step), durability);
			}
			this.warnings = callbacks.after(CallbackEvent.AFTER_MIGRATE, "What the run has applied stays.");
		}
		catch (LeaseLostException ex) {
			// What there is now may be another instance's, half done.
			this.hasLock = false;
			throw ex;
		}
		finally {
			if (this.hasLock && !this.applied.isEmpty() && this.session.connection().isUsable()) {
				seeded.end();
				schemas.keep(run.id(), schemaBefore, schemas.picture());
			}
		}
	}

	private void apply(PlanStep step, Companions companions, MigrationExecutor executor, MigrationJournal journal,
			Durability durability) {
		this.listener.beforeEachMigrate(step);
		this.session.requireLock(step.migration().path());
		try {
			ExecutionResult result = executor.execute(step.work(), companions, step.resumption(), journal, durability);
			MigrationResult applied = new MigrationResult(step.migration(), result.statements(), result.rows(),
					result.attempts(), result.duration());
			this.applied.add(applied);
			this.listener.afterEachMigrate(applied);
		}
		catch (ExecutionFailedException ex) {
			this.session.record(ex, journal);
			throw new MigrationFailedException(step.migration(), this.applied, ex, this.existing);
		}
	}

	private Duration elapsed() {
		return Duration.ofNanos(System.nanoTime() - this.start);
	}

}
