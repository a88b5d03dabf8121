package dev.samara.migration;

import java.util.List;

import dev.samara.script.Finding;

/**
 * What the locations hold.
 *
 * @param migrations the migrations, in the order they run
 * @param findings what is wrong with the files
 */
record ResolvedMigrations(List<Migration> migrations, List<Finding> findings) {

	ResolvedMigrations {
		migrations = List.copyOf(migrations);
		findings = List.copyOf(findings);
	}

}
