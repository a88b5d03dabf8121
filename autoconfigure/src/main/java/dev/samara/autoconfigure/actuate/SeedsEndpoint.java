package dev.samara.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

import dev.samara.seed.SeedRunner;

/**
 * Shows where the seeds of the application's databases stand. Only reads, and answers
 * also when a database is down.
 *
 * @since 0.1.0
 */
@Endpoint(id = "seeds", defaultAccess = Access.READ_ONLY)
public class SeedsEndpoint {

	private final Map<String, SeedRunner> runners;

	/**
	 * Create an endpoint.
	 * @param runners the seed runners, by name
	 */
	public SeedsEndpoint(Map<String, SeedRunner> runners) {
		this.runners = new LinkedHashMap<>(runners);
	}

	/**
	 * Return the status of all seeds.
	 * @return the status, by seed runner
	 */
	@ReadOperation
	public SeedsDescriptor seeds() {
		Map<String, SeedsDescriptor.Database> databases = new LinkedHashMap<>();
		this.runners.forEach((name, runner) -> databases.put(name, database(runner)));
		return new SeedsDescriptor(databases);
	}

	/**
	 * Return the details of a seed.
	 * @param seed its name, such as {@code common/010_species.csv}
	 * @return its details by seed runner, {@code null} if none knows it
	 */
	@ReadOperation
	public @Nullable SeedDescriptor seed(@Selector(match = Match.ALL_REMAINING) String... seed) {
		String name = String.join("/", seed);
		Map<String, SeedDescriptor.Details> databases = new LinkedHashMap<>();
		this.runners.forEach((runner, seeds) -> {
			SeedDescriptor.Details details = SeedDescriptor.Details.find(seeds, name);
			if (details != null) {
				databases.put(runner, details);
			}
		});
		return databases.values().stream().allMatch((details) -> details.seed() == null) ? null
				: new SeedDescriptor(databases);
	}

	private static SeedsDescriptor.Database database(SeedRunner runner) {
		try {
			return SeedsDescriptor.Database.of(runner.settings(), runner.status());
		}
		catch (RuntimeException ex) {
			return SeedsDescriptor.Database.unavailable(runner.settings(), ex);
		}
	}

}
