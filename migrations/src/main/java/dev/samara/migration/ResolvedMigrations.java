package dev.samara.migration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.samara.placeholder.BuiltIns;
import dev.samara.script.Finding;
import dev.samara.script.Script;

/**
 * What the locations hold.
 *
 * @param migrations the migrations, in the order they run
 * @param duplicated the migrations that several files claim to be
 * @param severalDowns the migrations that several down scripts belong to
 * @param findings what is wrong with the files
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
	 * Return the migrations with what the database knows for their placeholders. Asks for
	 * that only if any are replaced.
	 */
	List<Migration> migrations(HistorySnapshot history) {
		boolean hasPlaceholders = this.migrations.stream()
			.anyMatch((migration) -> isOn(migration.script()) || isOn(migration.down()));
		if (!hasPlaceholders) {
			return this.migrations;
		}
		BuiltIns known = history.builtIns().get();
		return this.migrations.stream().map((migration) -> migration.with(known)).toList();
	}

	private static boolean isOn(@Nullable Script script) {
		return script != null && script.filling().isOn();
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
