package dev.samara.migration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.samara.script.Finding;

/**
 * What the locations hold, and what is code.
 *
 * @param migrations the migrations, in the order they run
 * @param duplicated the migrations that several files or classes claim to be
 * @param severalDowns the migrations that several down scripts belong to
 * @param findings what is wrong with them
 */
record ResolvedMigrations(List<Migration> migrations, Map<MigrationKey, Finding> duplicated,
		Map<MigrationKey, Finding> severalDowns, List<Finding> findings) {

	ResolvedMigrations {
		migrations = List.copyOf(migrations);
		duplicated = Map.copyOf(duplicated);
		severalDowns = Map.copyOf(severalDowns);
		findings = List.copyOf(findings);
	}

	/**
	 * Return the migrations whose way back nobody can say, and why.
	 */
	Map<MigrationKey, Finding> withoutClearWayBack() {
		Map<MigrationKey, Finding> unclear = new HashMap<>(this.severalDowns);
		unclear.putAll(this.duplicated);
		return unclear;
	}

}
