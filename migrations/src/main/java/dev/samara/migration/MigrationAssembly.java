package dev.samara.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.samara.script.Directive;
import dev.samara.script.Finding;
import dev.samara.script.Place;
import dev.samara.script.Script;
import dev.samara.script.ScriptFilling;

/**
 * Puts together what was found: migrations and their ways back. What does not fit becomes
 * a finding.
 */
final class MigrationAssembly {

	private final List<Finding> findings;

	private final Map<MigrationKey, List<FoundMigration>> ups = new TreeMap<>();

	private final Map<MigrationKey, List<Script>> downs = new TreeMap<>();

	/**
	 * Create an assembly.
	 * @param findings where what is wrong is added
	 */
	MigrationAssembly(List<Finding> findings) {
		this.findings = findings;
	}

	/**
	 * Add a migration, or what calls itself the same.
	 */
	void add(FoundMigration found) {
		this.ups.computeIfAbsent(found.name().key(), (key) -> new ArrayList<>()).add(found);
	}

	/**
	 * Add a down script.
	 */
	void addDown(MigrationName name, Script down) {
		this.downs.computeIfAbsent(name.key(), (key) -> new ArrayList<>()).add(down);
	}

	/**
	 * Put them together.
	 * @param callbacks the callback files, in the order they are called for an event
	 * @param flywaySettings the script configuration files of Flyway, by the script's
	 * path
	 * @param filling the values of placeholders
	 */
	ResolvedMigrations assemble(List<CallbackFile> callbacks, Map<String, FlywayScriptSettings> flywaySettings,
			ScriptFilling filling) {
		List<Migration> migrations = new ArrayList<>();
		Map<MigrationKey, Finding> duplicated = new HashMap<>();
		Map<MigrationKey, Finding> severalDowns = new HashMap<>();
		this.ups.forEach((key, files) -> {
			if (files.size() > 1) {
				duplicated.put(key, noted(duplicate(key, files)));
			}
			migrations.add(migration(files.get(0), this.downs.getOrDefault(key, List.of())));
		});
		this.downs.forEach((key, files) -> {
			if (!this.ups.containsKey(key)) {
				this.findings.add(orphanedDown(key, files.get(0)));
			}
			files.stream().filter((file) -> file.asWritten().statements().isEmpty()).forEach(this::noteEmptyDown);
			if (files.size() > 1) {
				severalDowns.put(key, noted(duplicateDown(key, files)));
			}
		});
		return new ResolvedMigrations(migrations, duplicated, severalDowns, callbacks, flywaySettings, filling,
				this.findings);
	}

	private void noteEmptyDown(Script file) {
		this.findings.add(Finding.warning("empty-down-script",
				"The down script holds no statement, and takes nothing back",
				"Write what takes the migration back, or \"-- samara: irreversible because <reason>\" into the migration.",
				Place.of(file.path())));
	}

	private Finding noted(Finding finding) {
		this.findings.add(finding);
		return finding;
	}

	private Migration migration(FoundMigration found, List<Script> downs) {
		MigrationName name = found.name();
		MigrationKind kind = (name.version() != null) ? MigrationKind.VERSIONED : MigrationKind.REPEATABLE;
		Script down = downs.isEmpty() ? null : downs.get(0);
		if (found.content() instanceof MigrationContent.Java java) {
			if (down != null && java.migration() instanceof ReversibleJavaMigration) {
				this.findings.add(Finding.error("several-ways-back",
						"The code can take itself back, and has the down script " + down.path(),
						"Take one of the two away.", Place.of(java.path())));
			}
			return new Migration(kind, name.version(), name.description(), java, down, null,
					EnvironmentNames.ofCode(found.environments(), java.path(), this.findings));
		}
		Script script = ((MigrationContent.Sql) found.content()).script();
		return new Migration(kind, name.version(), name.description(), found.content(), down,
				irreversible(script, down), EnvironmentNames.of(script, this.findings));
	}

	private @Nullable String irreversible(Script script, @Nullable Script down) {
		Directive directive = script.directives().find("irreversible").orElse(null);
		if (directive == null) {
			return null;
		}
		String reason = directive.value().replaceFirst("(?i)^because\\s+", "");
		if (reason.isBlank() || reason.equals(directive.value())) {
			this.findings.add(Finding.error("invalid-directive", "The file does not say why it is irreversible",
					"Write \"-- samara: irreversible because <reason>\".", directive.place()));
		}
		if (down != null) {
			this.findings.add(Finding.error("irreversible-with-down-script",
					"The migration says that it is irreversible, and has the down script " + down.path(),
					"Take one of the two away.", directive.place()));
		}
		return reason;
	}

	private static Finding orphanedDown(MigrationKey key, Script file) {
		return Finding.error("orphaned-down-script", "The down script belongs to no migration: there is no " + key,
				"Rename it like its migration, or move it out of the migrations' location.", Place.of(file.path()));
	}

	private static Finding duplicateDown(MigrationKey key, List<Script> files) {
		String paths = String.join(" and ", files.stream().map(Script::path).toList());
		return Finding.error("duplicate-down-script", "Migration " + key + " has several down scripts: " + paths,
				"Keep one of them.", Place.of(files.get(1).path()));
	}

	private Finding duplicate(MigrationKey key, List<FoundMigration> found) {
		String paths = String.join(" and ", found.stream().map(FoundMigration::origin).toList());
		Place place = Place.of(found.get(1).content().path());
		boolean isCode = found.stream().anyMatch((one) -> one.content() instanceof MigrationContent.Java);
		if (key.version() == null) {
			return Finding.error("duplicate-name",
					"Repeatable migration " + key
							+ (isCode ? " stands in several places: " : " stands in several files: ") + paths,
					"Rename or merge one of them.", place);
		}
		MigrationVersion free = this.ups.keySet()
			.stream()
			.map(MigrationKey::version)
			.filter(Objects::nonNull)
			.max(Comparator.naturalOrder())
			.orElseThrow()
			.next();
		return Finding.error("duplicate-version",
				"Version " + key + (isCode ? " is taken twice: " : " is taken by several files: ") + paths,
				"Rename the one that is not applied anywhere yet; the next free version is " + free + ".", place);
	}

}
