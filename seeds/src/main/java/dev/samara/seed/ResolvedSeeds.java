package dev.samara.seed;

import java.util.List;

import dev.samara.script.Finding;
import dev.samara.script.Location;

/**
 * What the locations hold.
 *
 * @param locations the locations
 * @param seeds the seeds, in the order they run
 * @param findings what is wrong with the files
 * @param checks the files of checks, by name
 */
record ResolvedSeeds(List<Location> locations, List<Seed> seeds, List<Finding> findings, List<CheckFile> checks) {

	ResolvedSeeds(List<Location> locations, List<Seed> seeds, List<Finding> findings) {
		this(locations, seeds, findings, List.of());
	}

	ResolvedSeeds {
		locations = List.copyOf(locations);
		seeds = List.copyOf(seeds);
		findings = List.copyOf(findings);
		checks = List.copyOf(checks);
	}

	/** An application without seeds, which is not even worth a query. */
	boolean isEmpty() {
		return this.seeds.isEmpty() && this.findings.isEmpty();
	}

}
