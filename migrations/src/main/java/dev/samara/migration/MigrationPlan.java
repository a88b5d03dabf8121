package dev.samara.migration;

import java.util.List;

import dev.samara.script.Finding;

/**
 * What a run is going to do, and what was found wrong.
 *
 * @param steps the migrations in the order they run
 * @param findings what was found; an error means that nothing runs
 * @param callbacks the callback files that are called, ordered by event; those for a
 * failure among them
 * @since 0.1.0
 */
public record MigrationPlan(List<PlanStep> steps, List<Finding> findings, List<Callback> callbacks) {

	/**
	 * Create a plan.
	 */
	public MigrationPlan {
		steps = List.copyOf(steps);
		findings = List.copyOf(findings);
		callbacks = List.copyOf(callbacks);
	}

	MigrationPlan(List<PlanStep> steps, List<Finding> findings) {
		this(steps, findings, List.of());
	}

	/**
	 * Return whether there is nothing to do.
	 * @return whether no migration would run
	 */
	public boolean isEmpty() {
		return this.steps.isEmpty();
	}

	/**
	 * Return what keeps the plan from running.
	 * @return the errors among the findings
	 */
	public List<Finding> errors() {
		return this.findings.stream().filter(Finding::isError).toList();
	}

	/**
	 * Return what is worth knowing.
	 * @return the warnings among the findings
	 */
	public List<Finding> warnings() {
		return this.findings.stream().filter((finding) -> !finding.isError()).toList();
	}

	/**
	 * Describe the plan, to be shown.
	 * @return the description, as text and for JSON
	 */
	public PlanDescription describe() {
		return PlanDescription.of(this);
	}

}
