package dev.samara.migration;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;
import dev.samara.placeholder.BuiltIns;
import dev.samara.script.Finding;
import dev.samara.script.Script;
import dev.samara.script.ScriptFilling;

/**
 * What the locations hold, and what is code.
 *
 * @param migrations the migrations, in the order they run
 * @param duplicated the migrations that several files or classes claim to be
 * @param severalDowns the migrations that several down scripts belong to
 * @param callbacks the callback files, in the order they are called for an event
 * @param flywaySettings the script configuration files of Flyway, by the script's path
 * @param filling the values of placeholders
 * @param findings what is wrong with them
 */
record ResolvedMigrations(List<Migration> migrations, Map<MigrationKey, Finding> duplicated,
		Map<MigrationKey, Finding> severalDowns, List<CallbackFile> callbacks,
		Map<String, FlywayScriptSettings> flywaySettings, ScriptFilling filling, List<Finding> findings) {

	ResolvedMigrations {
		migrations = List.copyOf(migrations);
		duplicated = Map.copyOf(duplicated);
		severalDowns = Map.copyOf(severalDowns);
		callbacks = List.copyOf(callbacks);
		flywaySettings = Map.copyOf(flywaySettings);
		findings = List.copyOf(findings);
	}

	/**
	 * Return what there is for an environment: callbacks of others do not exist there,
	 * while migrations have a state of their own for that.
	 */
	ResolvedMigrations in(@Nullable Environment environment) {
		return new ResolvedMigrations(this.migrations, this.duplicated, this.severalDowns,
				this.callbacks.stream().filter((callback) -> callback.isFor(environment)).toList(), this.flywaySettings,
				this.filling, this.findings);
	}

	/**
	 * Return the migrations with what the database knows for their placeholders. Asks for
	 * that only if any are replaced.
	 */
	List<Migration> migrations(HistorySnapshot history) {
		boolean hasPlaceholders = this.migrations.stream()
			.anyMatch((migration) -> isOn(migration.content()) || isOn(migration.down()));
		if (!hasPlaceholders) {
			return this.migrations;
		}
		BuiltIns known = history.builtIns().get();
		return this.migrations.stream().map((migration) -> migration.with(known)).toList();
	}

	/**
	 * Return the callbacks with what the database knows for their placeholders.
	 */
	List<CallbackFile> callbacks(Supplier<BuiltIns> known) {
		return this.callbacks.stream().noneMatch((callback) -> isOn(callback.script())) ? this.callbacks
				: this.callbacks.stream().map((callback) -> callback.with(known.get())).toList();
	}

	/**
	 * Return the values for rollback scripts that the history keeps.
	 */
	ScriptFilling filling(Collection<KeptScript> kept, HistorySnapshot history) {
		return kept.stream().allMatch((script) -> script.placeholders() == null) ? this.filling
				: this.filling.with(history.builtIns().get());
	}

	private static boolean isOn(MigrationContent content) {
		return content instanceof MigrationContent.Sql sql && isOn(sql.script());
	}

	private static boolean isOn(@Nullable Script script) {
		return script != null && script.filling().isOn();
	}

	/**
	 * Return what Flyway's own files say of scripts that are about to run.
	 */
	List<Finding> checkFlywaySettings(Stream<MigrationWork> works) {
		return this.flywaySettings.isEmpty() ? List.of()
				: works
					.flatMap((work) -> (work instanceof MigrationWork.RunScript script) ? Stream.of(script.executable())
							: Stream.empty())
					.flatMap((executable) -> Optional.ofNullable(this.flywaySettings.get(executable.script().path()))
						.stream()
						.flatMap((settings) -> settings.check(executable).stream()))
					.toList();
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
