package dev.samara.seed;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;
import dev.samara.script.Finding;

/**
 * What a run is going to do, and what was found wrong.
 *
 * @param steps the seeds in the order they run
 * @param findings what was found; an error means that nothing runs
 * @param environment the environment in force, or {@code null} if there is none, so that
 * only common seeds run
 * @param level the level in force
 * @since 0.1.0
 */
public record SeedPlan(List<SeedStep> steps, List<Finding> findings, @Nullable Environment environment,
		SeedLevel level) {

	/**
	 * Create a plan.
	 */
	public SeedPlan {
		steps = List.copyOf(steps);
		findings = List.copyOf(findings);
	}

	/**
	 * Return whether there is nothing to do.
	 * @return whether no seed would run
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

}
