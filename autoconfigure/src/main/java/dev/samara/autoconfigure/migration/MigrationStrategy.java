package dev.samara.autoconfigure.migration;

import dev.samara.migration.Migrator;

/**
 * Replaces what the application does to migrate at its start. Declare it as a bean. Asked
 * only with {@code samara.migrations.on-startup=migrate}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface MigrationStrategy {

	/**
	 * Migrate. What is thrown here keeps the application from starting.
	 * @param migrator the migrator
	 */
	void migrate(Migrator migrator);

}
