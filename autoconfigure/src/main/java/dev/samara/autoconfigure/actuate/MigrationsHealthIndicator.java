package dev.samara.autoconfigure.actuate;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

import dev.samara.environment.Environment;
import dev.samara.migration.MigrationOverview;
import dev.samara.migration.MigrationState;
import dev.samara.migration.Migrator;
import dev.samara.script.Finding;

/**
 * Down when a migration failed, was interrupted, was altered or is missing, when its
 * rollback has stopped in the middle, or when anything else keeps the next run from
 * migrating. A pending migration alone is no illness. Costs one query, and answers within
 * two seconds: with the last result and its time if the database does not.
 *
 * @since 0.1.0
 */
public class MigrationsHealthIndicator extends AbstractHealthIndicator {

	private final BoundedCheck<MigrationOverview> check;

	private final @Nullable Environment environment;

	/**
	 * Create an indicator.
	 * @param migrator the migrator of the database
	 */
	public MigrationsHealthIndicator(Migrator migrator) {
		super("The migrations could not be checked");
		this.check = new BoundedCheck<>(migrator::status);
		this.environment = migrator.settings().environment();
	}

	@Override
	protected void doHealthCheck(Health.Builder health) {
		try {
			describe(this.check.get(), this.environment, health);
		}
		catch (RuntimeException ex) {
			BoundedCheck.Last<MigrationOverview> last = this.check.last();
			if (last != null) {
				describe(last.value(), this.environment, health);
				health.withDetail("lastChecked", last.checkedAt().truncatedTo(ChronoUnit.SECONDS).toString());
			}
			health.down().withDetail("error", Failure.describe(ex));
		}
	}

	private static void describe(MigrationOverview overview, @Nullable Environment environment, Health.Builder health) {
		Environment database = overview.databaseEnvironment();
		health.withDetail("environment", (environment != null) ? environment.name() : "unknown");
		health.withDetail("databaseEnvironment", (database != null) ? database.name() : "unmarked");
		overview.current().ifPresent((version) -> health.withDetail("current", version.toString()));
		health.withDetail("applied",
				overview.migrations().stream().filter((status) -> status.applied() != null).count());
		health.withDetail("pending", overview.pending().size());
		List<String> problems = problems(overview);
		if (problems.isEmpty()) {
			health.up();
		}
		else {
			health.down().withDetail("problems", problems);
		}
	}

	private static List<String> problems(MigrationOverview overview) {
		Stream<String> unfinished = overview.in(MigrationState.FAILED, MigrationState.INTERRUPTED)
			.stream()
			.map((status) -> "Migration " + status + (status.failure().isPresent() ? " failed" : " was interrupted")
					+ " [" + status.script() + "]");
		Stream<String> errors = overview.findings().stream().filter(Finding::isError).map(Finding::toString);
		return Stream.concat(unfinished, errors).toList();
	}

}
