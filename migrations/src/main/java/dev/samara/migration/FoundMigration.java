package dev.samara.migration;

import java.util.List;

/**
 * A migration as a file or code says it is, before it is known what else there is.
 *
 * @param name what its name says
 * @param content what runs
 * @param environments the environments that code names; a file has a directive for it
 */
record FoundMigration(MigrationName name, MigrationContent content, List<String> environments) {

	static FoundMigration of(MigrationName name, MigrationContent.Sql content) {
		return new FoundMigration(name, content, List.of());
	}

}
