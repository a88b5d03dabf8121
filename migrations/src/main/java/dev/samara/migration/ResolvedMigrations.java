package dev.samara.migration;

import java.util.List;
import java.util.Set;

import dev.samara.script.Finding;

/**
 * What the locations hold.
 *
 * @param migrations the migrations, in the order they run
 * @param duplicated the migrations that several files claim to be
 * @param findings what is wrong with the files
 */
record ResolvedMigrations(List<Migration> migrations, Set<MigrationKey> duplicated, List<Finding> findings) {

	ResolvedMigrations {
		migrations = List.copyOf(migrations);
		findings = List.copyOf(findings);
	}

}
