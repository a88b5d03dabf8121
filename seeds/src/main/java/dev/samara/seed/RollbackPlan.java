package dev.samara.seed;

import java.util.ArrayList;
import java.util.List;

import dev.samara.script.Finding;

/**
 * What is taken back, and what keeps it from that.
 *
 * @param steps the seeds that have a way back, in the order they are taken back
 * @param findings what is wrong, each an error
 */
record RollbackPlan(List<WayBack.Step> steps, List<Finding> findings) {

	RollbackPlan {
		steps = List.copyOf(steps);
		findings = List.copyOf(findings);
	}

	RollbackPlan with(List<Finding> further) {
		List<Finding> all = new ArrayList<>(this.findings);
		all.addAll(further);
		return new RollbackPlan(this.steps, all);
	}

	void refuse() {
		if (!this.findings.isEmpty()) {
			throw new SeedValidationException(this.findings);
		}
	}

}
