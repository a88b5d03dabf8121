package dev.samara.seed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;
import dev.samara.script.Finding;
import dev.samara.seed.check.CheckQuery;

/**
 * From what the locations hold and what the history says to a checked plan. Pure.
 *
 * @param resolved what the locations hold
 * @param application the environment of the application, or {@code null}
 * @param wantedLevel the level that is configured, or {@code null}
 * @param selection which seeds the run is for
 * @param owner the application that seeds
 * @param hasChecks whether checks are configured
 */
record SeedPlanning(ResolvedSeeds resolved, @Nullable Environment application, @Nullable SeedLevel wantedLevel,
		SeedSelection selection, SeedOwner owner, boolean hasChecks) {

	SeedPlanning(ResolvedSeeds resolved, @Nullable Environment application, @Nullable SeedLevel wantedLevel) {
		this(resolved, application, wantedLevel, SeedSelection.PENDING, SeedOwner.UNKNOWN, false);
	}

	SeedPlanning(ResolvedSeeds resolved, SeedSettings settings) {
		this(resolved, settings.environment(), settings.level(), SeedSelection.PENDING,
				new SeedOwner(settings.application(), settings.applicationAliases()),
				settings.checks().isAnyConfigured());
	}

	SeedPlanning select(SeedSelection selection) {
		return new SeedPlanning(this.resolved, this.application, this.wantedLevel, selection, this.owner,
				this.hasChecks);
	}

	SeedPlan plan(SeedSnapshot history) {
		SeedGuard guard = guard(history);
		SelectedSeeds selected = new SelectedSeeds(this.resolved, this.selection, guard.environment(), level(guard));
		List<SeedStatus> statuses = statuses(history);
		List<SeedStatus> toRun = selected.toRun(statuses);
		SeedPlanner planner = new SeedPlanner(history).add(toRun);
		List<Finding> findings = new ArrayList<>(this.resolved.findings());
		findings.addAll(guard.check(this.resolved));
		findings.addAll(selected.findings());
		findings.addAll(ForeignText.check(this.owner, toRun, this.selection));
		findings.addAll(ForeignText.newer(this.owner, statuses));
		findings.addAll(IncompleteSeeds.check(statuses));
		findings.addAll(planner.findings());
		return new SeedPlan(planner.steps(), findings, guard.environment(), level(guard));
	}

	SeedOverview overview(SeedSnapshot history) {
		SeedPlan plan = plan(history);
		return new SeedOverview(statuses(history), plan.findings(), this.application, guard(history).database(),
				plan.level(), history.checks());
	}

	/**
	 * Report a run.
	 * @param runId the run, or {@code null} if there was nothing to do
	 * @param before the history before it
	 */
	SeedReport report(@Nullable String runId, SeedSnapshot before, SeedPlan plan, List<SeedResult> applied,
			Duration duration) {
		int skipped = 0;
		int notApplicable = 0;
		Set<String> planned = plan.steps().stream().map((step) -> step.seed().name()).collect(Collectors.toSet());
		for (SeedStatus status : statuses(before)) {
			switch (status.state()) {
				case APPLIED -> skipped += planned.contains(status.name()) ? 0 : 1;
				case NOT_FOR_ENVIRONMENT, NOT_AT_LEVEL -> notApplicable++;
				case PENDING, CHANGED, FAILED, ROLLED_BACK, ORPHANED, FUTURE, INCOMPLETE -> {
				}
			}
		}
		return new SeedReport(runId, applied, skipped, notApplicable, plan.warnings(), duration);
	}

	/** The checks of files that count, with the seeds as they stand. */
	List<CheckQuery> checks(SeedSnapshot history) {
		List<SeedStatus> statuses = statuses(history);
		SeedGuard guard = guard(history);
		return this.resolved.checks()
			.stream()
			.filter((file) -> file.isDue(statuses, guard))
			.flatMap((file) -> file.queries().stream())
			.toList();
	}

	/**
	 * Decide whether a run that applies nothing is to check the data: after a failure,
	 * and after a migration or rollback that has changed something. While a seed waits
	 * for its table the data is known to be incomplete.
	 */
	boolean needsChecks(SeedSnapshot history) {
		return history.hasFailedChecks()
				|| history.isChecksDue() && history.losses().stream().allMatch(SeedLoss::isThere)
						&& (this.hasChecks || !checks(history).isEmpty());
	}

	static void refuseErrors(SeedPlan plan) {
		List<Finding> errors = plan.errors();
		if (!errors.isEmpty()) {
			throw new SeedValidationException(errors);
		}
	}

	List<SeedStatus> statuses(SeedSnapshot history) {
		SeedGuard guard = guard(history);
		return SeedInventory.merge(this.resolved.seeds(), history, guard, level(guard), this.owner);
	}

	SeedGuard guard(SeedSnapshot history) {
		String mark = history.environment();
		return new SeedGuard(this.application, (mark != null) ? Environment.of(mark) : null);
	}

	private SeedLevel level(SeedGuard guard) {
		return (this.wantedLevel != null) ? this.wantedLevel : SeedLevel.ofRun(guard.environment());
	}

}
