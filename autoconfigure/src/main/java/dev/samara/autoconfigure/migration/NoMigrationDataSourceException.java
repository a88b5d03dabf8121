package dev.samara.autoconfigure.migration;

import dev.samara.SamaraException;

/**
 * Thrown when no data source is the one to migrate.
 */
final class NoMigrationDataSourceException extends SamaraException {

	NoMigrationDataSourceException() {
		super("Nothing says which database to migrate: the application has several data sources, or none",
				"Mark a data source with @MigrationDataSource or @Primary, or set samara.migrations.url.", null);
	}

}
