package dev.samara.autoconfigure.migration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.samara.migration.MigrationOverview;
import dev.samara.migration.MigrationTarget;
import dev.samara.migration.Migrator;

/**
 * Brings a database to its target, downwards too. After a rollback it migrates like any
 * other start, so that the files are validated and what is pending below the target is
 * applied.
 */
final class TargetStrategy implements MigrationStrategy {

	private static final Log logger = LogFactory.getLog(TargetStrategy.class);

	@Override
	public void migrate(Migrator migrator) {
		if (migrator.settings().target() instanceof MigrationTarget.Version) {
			rollBackIfAbove(migrator);
		}
		migrator.migrate();
	}

	private static void rollBackIfAbove(Migrator migrator) {
		MigrationOverview overview = migrator.status();
		StartupRollback.of(migrator, overview).ifPresent((target) -> {
			if (migrator.planRollback(target).errors().isEmpty()) {
				logger.warn("The database is at version " + overview.current().orElseThrow() + ", above the target "
						+ migrator.settings().target() + ": rolling back " + target);
			}
			migrator.rollback(target);
		});
	}

}
