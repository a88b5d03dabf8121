package dev.samara.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;
import dev.samara.script.Finding;

/**
 * From what the locations hold and what the history says to a checked plan. Pure.
 *
 * @param resolved what the locations hold
 * @param outOfOrder what happens to migrations below the highest applied version
 * @param onNonEmpty what happens on a schema that contains objects and no history
 * @param target how far a run goes
 * @param environment the environment of the application, or {@code null} if it has none
 * @param checks what else looks at a plan
 */
record MigrationPlanning(ResolvedMigrations resolved, OutOfOrder outOfOrder, OnNonEmpty onNonEmpty,
		MigrationTarget target, @Nullable Environment environment, List<PlanCheck> checks) {

	/** Return the same for everything there is, however far a run goes. */
	MigrationPlanning toLatest() {
		return new MigrationPlanning(this.resolved, this.outOfOrder, this.onNonEmpty, MigrationTarget.LATEST,
				this.environment, this.checks);
	}

	/** Return the same for a schema in which another instance may just have begun. */
	MigrationPlanning onAnySchema() {
		return new MigrationPlanning(this.resolved, this.outOfOrder, OnNonEmpty.MIGRATE, this.target, this.environment,
				this.checks);
	}

	List<MigrationStatus> statuses(HistorySnapshot history) {
		return MigrationInventory.merge(this.resolved.migrations(history), history.entries(), this.environment);
	}

	MigrationPlan plan(HistorySnapshot history) {
		return plan(statuses(history), history);
	}

	MigrationPlan plan(List<MigrationStatus> statuses, HistorySnapshot history) {
		// Which of several files is the migration nobody can say, so nothing follows from
		// one.
		List<MigrationStatus> unique = statuses.stream()
			.filter((status) -> !this.resolved.duplicated().containsKey(status.key()))
			.toList();
		MigrationPlan plan = MigrationPlanner.plan(unique, this.outOfOrder, this.target);
		CallbackPlanning callbacks = plan.isEmpty() ? CallbackPlanning.NONE
				: CallbackPlanning.of(this.resolved.callbacks(history.builtIns()), (event) -> !event.isOfRollback());
		List<Finding> findings = new ArrayList<>();
		if (!plan.isEmpty()) {
			NonEmptySchema.check(this.onNonEmpty, history).ifPresent(findings::add);
		}
		findings.addAll(this.resolved.findings());
		findings.addAll(plan.findings());
		findings.addAll(callbacks.findings());
		findings.addAll(this.resolved.checkFlywaySettings(Stream.concat(plan.steps().stream().map(PlanStep::work),
				callbacks.callbacks().stream().map(Callback::work))));
		MigrationPlan complete = new MigrationPlan(plan.steps(), plan.findings(), callbacks.callbacks());
		for (PlanCheck check : this.checks) {
			findings.addAll(check.check(complete));
		}
		return new MigrationPlan(plan.steps(), findings, callbacks.callbacks());
	}

	static void refuseErrors(MigrationPlan plan) {
		refuseErrors(plan, List::of);
	}

	/**
	 * Refuse a plan with errors.
	 * @param further finds the problems that do not depend on the plan, so that all are
	 * reported together
	 */
	static void refuseErrors(MigrationPlan plan, Supplier<List<Finding>> further) {
		List<Finding> errors = plan.errors();
		if (!errors.isEmpty()) {
			throw new MigrationValidationException(Stream.concat(further.get().stream(), errors.stream()).toList());
		}
	}

	/**
	 * Report a run.
	 * @param runId the run, or {@code null} if there was nothing to do
	 * @param before the statuses before it
	 * @param furtherWarnings what has come up while it ran
	 */
	static MigrationReport report(@Nullable String runId, List<MigrationStatus> before, MigrationPlan plan,
			List<MigrationResult> applied, List<Finding> furtherWarnings, Duration duration) {
		List<Finding> warnings = new ArrayList<>(plan.warnings());
		warnings.addAll(furtherWarnings);
		List<MigrationStatus> done = before.stream()
			.filter((status) -> status.applied() != null && !status.state().isToDo())
			.toList();
		int elsewhere = (int) before.stream()
			.filter((status) -> status.applied() == null && status.state() == MigrationState.NOT_FOR_ENVIRONMENT)
			.count();
		MigrationVersion current = Stream
			.concat(done.stream().map((status) -> status.key().version()),
					applied.stream().map((result) -> result.migration().version()))
			.filter(Objects::nonNull)
			.max(Comparator.naturalOrder())
			.orElse(null);
		List<Callback> called = plan.callbacks()
			.stream()
			.filter((callback) -> callback.event() != CallbackEvent.AFTER_MIGRATE_ERROR)
			.toList();
		return new MigrationReport(runId, applied, done.size(), elsewhere, current, warnings, called, duration);
	}

}
