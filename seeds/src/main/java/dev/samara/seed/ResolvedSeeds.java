package dev.samara.seed;

import java.util.List;
import java.util.Map;

import dev.samara.script.Finding;
import dev.samara.script.Location;
import dev.samara.script.Script;

/**
 * What the locations hold.
 *
 * @param locations the locations
 * @param seeds the seeds, in the order they run
 * @param findings what is wrong with the files
 * @param checks the files of checks, by name
 * @param dependencies the seeds that a seed depends on itself, by its name
 * @param downs the scripts that take seeds back, by the name of the seed
 */
record ResolvedSeeds(List<Location> locations, List<Seed> seeds, List<Finding> findings, List<CheckFile> checks,
		Map<String, List<Seed>> dependencies, Map<String, Script> downs) {

	ResolvedSeeds {
		locations = List.copyOf(locations);
		seeds = List.copyOf(seeds);
		findings = List.copyOf(findings);
		checks = List.copyOf(checks);
		dependencies = Map.copyOf(dependencies);
		downs = Map.copyOf(downs);
	}

	ResolvedSeeds(List<Location> locations, List<Seed> seeds, List<Finding> findings) {
		this(locations, seeds, findings, List.of(), Map.of(), Map.of());
	}

	/** The seeds that a seed depends on itself. */
	List<Seed> dependenciesOf(String seed) {
		return this.dependencies.getOrDefault(seed, List.of());
	}

	/** An application without seeds, which is not even worth a query. */
	boolean isEmpty() {
		return this.seeds.isEmpty() && this.findings.isEmpty();
	}

}
