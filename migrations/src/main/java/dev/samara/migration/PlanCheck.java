package dev.samara.migration;

import java.util.List;

import dev.samara.script.Finding;

/**
 * Looks at a plan before it runs. Pure: reads the plan and nothing else. An error among
 * its findings keeps the plan from running.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PlanCheck {

	/**
	 * Check a plan.
	 * @param plan the plan
	 * @return what was found, possibly nothing
	 */
	List<Finding> check(MigrationPlan plan);

}
