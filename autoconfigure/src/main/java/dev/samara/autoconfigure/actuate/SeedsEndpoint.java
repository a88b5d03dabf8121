package dev.samara.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

import dev.samara.seed.SeedOverview;
import dev.samara.seed.SeedRunner;
import dev.samara.seed.SeedSettings;

/**
 * Shows where the seeds of the application's databases stand. Only reads, and answers
 * within two seconds for each database, also when it is down: with the last result there
 * was.
 *
 * @since 0.1.0
 */
@Endpoint(id = "seeds", defaultAccess = Access.READ_ONLY)
public class SeedsEndpoint {

	private final Map<String, Watched> databases = new LinkedHashMap<>();

	/**
	 * Create an endpoint.
	 * @param runners the seed runners, by name
	 */
	public SeedsEndpoint(Map<String, SeedRunner> runners) {
		runners.forEach((name, runner) -> this.databases.put(name,
				new Watched(runner.settings(), new BoundedCheck<>(runner::status))));
	}

	/**
	 * Return the status of all seeds.
	 * @return the status, by seed runner
	 */
	@ReadOperation
	public SeedsDescriptor seeds() {
		Map<String, SeedsDescriptor.Database> databases = new LinkedHashMap<>();
		this.databases.forEach((name, watched) -> databases.put(name, watched.show()));
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
		this.databases.forEach((runner, watched) -> {
			SeedDescriptor.Details details = SeedDescriptor.Details.find(watched.check(), name);
			if (details != null) {
				databases.put(runner, details);
			}
		});
		return databases.values().stream().allMatch((details) -> details.seed() == null) ? null
				: new SeedDescriptor(databases);
	}

	/**
	 * A database that is shown.
	 *
	 * @param settings how it is seeded
	 * @param check finds where its seeds stand
	 */
	private record Watched(SeedSettings settings, BoundedCheck<SeedOverview> check) {

		SeedsDescriptor.Database show() {
			try {
				return SeedsDescriptor.Database.of(this.settings, this.check.get(), null, null);
			}
			catch (RuntimeException ex) {
				BoundedCheck.Last<SeedOverview> last = this.check.last();
				return (last == null) ? SeedsDescriptor.Database.unavailable(this.settings, ex)
						: SeedsDescriptor.Database.of(this.settings, last.value(), ex, last.checkedAt());
			}
		}

	}

}
