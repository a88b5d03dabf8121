package dev.samara.autoconfigure.migration;

import java.util.Objects;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;
import dev.samara.migration.MigrationOverview;
import dev.samara.migration.MigrationTarget;
import dev.samara.migration.Migrator;
import dev.samara.migration.RollbackPlan;

/**
 * Brings a database to its target, downwards too. After a rollback it migrates like any
 * other start, so that the files are validated and what is pending below the target is
 * applied. In production the rollback has to be confirmed by the name of the database: a
 * target that was forgotten in a variable must not drop what a release has added.
 */
final class TargetStrategy implements MigrationStrategy {

	private static final Log logger = LogFactory.getLog(TargetStrategy.class);

	private final @Nullable String confirmedDatabase;

	/**
	 * Create a strategy.
	 * @param confirmedDatabase name of the production database that may be rolled back,
	 * or {@code null}
	 */
	TargetStrategy(@Nullable String confirmedDatabase) {
		this.confirmedDatabase = (confirmedDatabase != null) ? confirmedDatabase.strip() : null;
	}

	@Override
	public void migrate(Migrator migrator) {
		if (migrator.settings().target() instanceof MigrationTarget.Version) {
			rollBackIfAbove(migrator);
		}
		migrator.migrate();
	}

	private void rollBackIfAbove(Migrator migrator) {
		MigrationOverview overview = migrator.status();
		StartupRollback.of(migrator, overview).ifPresent((target) -> {
			RollbackPlan plan = migrator.planRollback(target);
			if (isProduction(migrator, overview) && !isConfirmed(overview)) {
				throw new RollbackNotConfirmedException(migrator.settings().target(), overview, plan,
						this.confirmedDatabase);
			}
			if (plan.errors().isEmpty()) {
				logger.warn("The database is at version " + overview.current().orElseThrow() + ", above the target "
						+ migrator.settings().target() + ": rolling back " + target);
			}
			migrator.rollback(target);
		});
	}

	private boolean isConfirmed(MigrationOverview overview) {
		return this.confirmedDatabase != null && this.confirmedDatabase.equals(overview.database());
	}

	private static boolean isProduction(Migrator migrator, MigrationOverview overview) {
		return Stream.of(migrator.settings().environment(), overview.databaseEnvironment())
			.filter(Objects::nonNull)
			.anyMatch(Environment::isProduction);
	}

}
