package dev.samara.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.SeededTablesWatch;
import dev.samara.execution.Companions;
import dev.samara.execution.Durability;
import dev.samara.execution.ExecutionFailedException;
import dev.samara.execution.ExecutionResult;
import dev.samara.lock.LeaseLostException;
import dev.samara.migration.MigrationHistory.RunId;
import dev.samara.postgres.PostgresConnection;
import dev.samara.schema.SchemaDifference;
import dev.samara.schema.SchemaSnapshot;
import dev.samara.script.Finding;

/**
 * One rollback, under the lock. What has no way back is told before anything runs.
 */
final class RollbackRun {

	private final ResolvedMigrations resolved;

	private final MigrationListener listener;

	private final LockedSession session;

	private final List<RollbackResult> rolledBack = new ArrayList<>();

	private final List<Finding> warnings = new ArrayList<>();

	private final long start = System.nanoTime();

	private boolean hasLock = true;

	RollbackRun(ResolvedMigrations resolved, MigrationListener listener, LockedSession session) {
		this.resolved = resolved;
		this.listener = listener;
		this.session = session;
	}

	RollbackReport run(RollbackTarget target) {
		HistorySnapshot before = this.session.read();
		RollbackPlan plan = plan(target, before, this.resolved, this.session.history(), this.session.connection());
		List<Finding> errors = new ArrayList<>(plan.errors());
		errors.addAll(this.session.refusals(Stream.concat(plan.steps().stream().map(RollbackStep::work),
				plan.callbacks().stream().map(Callback::work))));
		if (!errors.isEmpty()) {
			throw new RollbackRefusedException(errors);
		}
		if (plan.steps().isEmpty()) {
			return report(null, plan, before, null);
		}
		this.session.upgrade(before);
		RunId run = this.session.runId();
		CallbackScripts callbacks = new CallbackScripts(plan.callbacks(), this.session);
		SchemaHistory schemas = new SchemaHistory(this.session.connection(), this.session.history());
		HistorySnapshot after;
		try {
			this.listener.beforeRollback(plan);
			callbacks.before(CallbackEvent.BEFORE_ROLLBACK, "Nothing was rolled back in this run.");
			rollBackAll(plan, run, callbacks, schemas);
			after = this.session.read();
			verifyHistory(plan, after);
		}
		catch (RuntimeException ex) {
			callbacks.afterError(CallbackEvent.AFTER_ROLLBACK_ERROR, ex);
			this.listener.afterRollbackError(ex);
			throw ex;
		}
		RollbackReport report = report(run.id(), plan, after, difference(schemas, run, after));
		this.listener.afterRollback(report);
		return report;
	}

	private void rollBackAll(RollbackPlan plan, RunId run, CallbackScripts callbacks, SchemaHistory schemas) {
		MigrationExecutor executor = this.session.executor();
		Companions companions = callbacks.around(CallbackEvent.BEFORE_EACH_ROLLBACK, CallbackEvent.AFTER_EACH_ROLLBACK);
		Optional<SchemaSnapshot> schemaBefore = schemas.picture();
		SeededTablesWatch seeded = this.session.watchSeededTables();
		try {
			for (RollbackStep step : plan.steps()) {
				rollBack(step, companions, executor, MigrationJournal.of(this.session.history(), run, step));
			}
			this.warnings.addAll(callbacks.after(CallbackEvent.AFTER_ROLLBACK, "What was rolled back stays so."));
		}
		catch (LeaseLostException ex) {
			// What there is now may be another instance's, half done.
			this.hasLock = false;
			throw ex;
		}
		finally {
			if (this.hasLock && !this.rolledBack.isEmpty() && this.session.connection().isUsable()) {
				seeded.end();
				schemas.keep(run.id(), schemaBefore, Optional.empty());
			}
		}
	}

	private void verifyHistory(RollbackPlan plan, HistorySnapshot after) {
		List<MigrationKey> applied = MigrationInventory.merge(this.resolved.migrations(), after.entries(), null)
			.stream()
			.filter((status) -> status.standing() != null)
			.map(MigrationStatus::key)
			.toList();
		for (RollbackStep step : plan.steps()) {
			if (applied.contains(step.status().key())) {
				throw new IllegalStateException("The history still says that " + step.status() + " is applied");
			}
		}
	}

	private @Nullable SchemaDifference difference(SchemaHistory schemas, RunId run, HistorySnapshot after) {
		Optional<SchemaSnapshot> now = schemas.picture();
		schemas.keep(run.id(), Optional.empty(), now);
		Optional<SchemaSnapshot> then = RunBoundaries.runThatBeganLikeThis(after.entries()).flatMap(schemas::before);
		if (now.isEmpty() || then.isEmpty() || !then.get().isComparableTo(now.get())) {
			return null;
		}
		return SchemaDifference.between(then.get(), now.get());
	}

	static RollbackPlan plan(RollbackTarget target, HistorySnapshot history, ResolvedMigrations resolved,
			MigrationHistory table, PostgresConnection connection) {
		List<MigrationStatus> statuses = MigrationInventory.merge(resolved.migrations(history), history.entries(),
				null);
		RollbackSelection selection = RollbackSelection.of(statuses, target);
		List<Long> ids = selection.selected()
			.stream()
			.map(MigrationStatus::applied)
			.filter(Objects::nonNull)
			.map(HistoryEntry::id)
			.toList();
		Map<Long, KeptScript> kept = ids.isEmpty() ? Map.of() : table.keptDownScripts(connection, ids);
		RollbackPlan plan = RollbackPlanner.plan(target, selection, kept, resolved.filling(kept.values(), history),
				resolved.withoutClearWayBack());
		if (plan.steps().isEmpty()) {
			return plan;
		}
		CallbackPlanning callbacks = CallbackPlanning.of(resolved.callbacks(history.builtIns()),
				CallbackEvent::isOfRollback);
		List<Finding> findings = new ArrayList<>(callbacks.findings());
		findings.addAll(resolved.checkFlywaySettings(Stream.concat(plan.steps().stream().map(RollbackStep::work),
				callbacks.callbacks().stream().map(Callback::work))));
		return plan.with(new CallbackPlanning(callbacks.callbacks(), findings));
	}

	private void rollBack(RollbackStep step, Companions companions, MigrationExecutor executor,
			MigrationJournal journal) {
		this.listener.beforeEachRollback(step);
		this.session.requireLock(step.work().path());
		try {
			ExecutionResult result = executor.execute(step.work(), companions, step.resumption(), journal,
					Durability.AT_ONCE);
			RollbackResult done = new RollbackResult(step.status().key(), step.status().description(), step.source(),
					result.statements(), result.rows(), result.duration());
			this.rolledBack.add(done);
			this.listener.afterEachRollback(done);
		}
		catch (ExecutionFailedException ex) {
			this.session.record(ex, journal);
			throw new RollbackFailedException(step, this.rolledBack, ex);
		}
	}

	private RollbackReport report(@Nullable String runId, RollbackPlan plan, HistorySnapshot after,
			@Nullable SchemaDifference difference) {
		MigrationVersion current = MigrationInventory.merge(this.resolved.migrations(), after.entries(), null)
			.stream()
			.filter((status) -> status.applied() != null)
			.map((status) -> status.key().version())
			.filter(Objects::nonNull)
			.max(Comparator.naturalOrder())
			.orElse(null);
		List<Finding> warnings = new ArrayList<>(plan.warnings());
		warnings.addAll(this.warnings);
		if (difference != null && difference.isOnlyColumnOrder()) {
			warnings.add(Finding.warning("column-order-differs",
					"The schema is what it was but for the order of columns:" + System.lineSeparator() + difference,
					"Nothing needs to be done unless something depends on the order, such as INSERT without column "
							+ "names.",
					null));
		}
		else if (difference != null && !difference.isEmpty()) {
			warnings.add(Finding.warning(
					"schema-not-restored", "The schema is not what it was before these migrations were applied:"
							+ System.lineSeparator() + difference,
					"Correct the schema by hand, and the down scripts for the next time.", null));
		}
		return new RollbackReport(runId, this.rolledBack, current, difference, warnings,
				Duration.ofNanos(System.nanoTime() - this.start));
	}

}
