package dev.samara.autoconfigure.migration;

import java.util.Optional;

import dev.samara.Internal;
import dev.samara.migration.MigrationOverview;
import dev.samara.migration.MigrationTarget;
import dev.samara.migration.MigrationVersion;
import dev.samara.migration.Migrator;
import dev.samara.migration.RollbackTarget;

/**
 * Decides whether a start takes migrations back: only if the target is a version and the
 * database is above it.
 *
 * @since 0.1.0
 */
@Internal
public final class StartupRollback {

	private StartupRollback() {
	}

	/**
	 * Return what a start would take back.
	 * @param migrator the migrator
	 * @param overview where its database stands
	 * @return the target of the rollback; empty if the start only migrates
	 */
	public static Optional<RollbackTarget> of(Migrator migrator, MigrationOverview overview) {
		if (migrator.settings().target() instanceof MigrationTarget.Version target) {
			return overview.current()
				.filter((current) -> current.compareTo(target.version()) > 0)
				.map((current) -> to(target.version()));
		}
		return Optional.empty();
	}

	private static RollbackTarget to(MigrationVersion version) {
		return RollbackTarget.toVersion(version.toString());
	}

}
