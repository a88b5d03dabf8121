package dev.samara.seed;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;
import dev.samara.script.Finding;

/**
 * Where the seeds of a database stand, as one query has found it.
 *
 * @param seeds the status of each seed, in the order they run; those without a file last
 * @param findings what is wrong or worth knowing
 * @param environment the environment of the application, or {@code null}
 * @param databaseEnvironment the environment the database remembers, or {@code null}
 * @param level the level in force
 * @param checks the outcome of the latest checks, or {@code null} if there were none
 * @since 0.1.0
 */
public record SeedOverview(List<SeedStatus> seeds, List<Finding> findings, @Nullable Environment environment,
		@Nullable Environment databaseEnvironment, SeedLevel level, @Nullable SeedEntry checks) {

	/**
	 * Create an overview.
	 */
	public SeedOverview {
		seeds = List.copyOf(seeds);
		findings = List.copyOf(findings);
	}

	/**
	 * Return the seeds in some states.
	 * @param states the states
	 * @return those of them
	 */
	public List<SeedStatus> in(SeedState... states) {
		List<SeedState> wanted = List.of(states);
		return this.seeds.stream().filter((status) -> wanted.contains(status.state())).toList();
	}

	/**
	 * Return what the next run would apply.
	 * @return the seeds that are to be applied
	 */
	public List<SeedStatus> pending() {
		return this.seeds.stream().filter((status) -> status.state().isToDo()).toList();
	}

}
