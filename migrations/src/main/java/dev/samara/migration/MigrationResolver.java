package dev.samara.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;
import dev.samara.execution.ExecutableScript;
import dev.samara.migration.MigrationName.Role;
import dev.samara.script.Dependency;
import dev.samara.script.Directive;
import dev.samara.script.Finding;
import dev.samara.script.Location;
import dev.samara.script.Place;
import dev.samara.script.Script;
import dev.samara.script.ScriptException;
import dev.samara.script.ScriptFile;
import dev.samara.script.ScriptFilling.Mode;
import dev.samara.script.ScriptFilling;
import dev.samara.script.ScriptReader;
import dev.samara.script.ScriptScanner;
import dev.samara.script.ScriptSource;

/**
 * Turns the files of locations, and what is code, into migrations. What is wrong with one
 * becomes a finding, so that all of it is told at once.
 */
final class MigrationResolver {

	private static final String EXTENSION = ".sql";

	private static final Set<String> DOWN_DIRECTIVES = Stream
		.concat(ExecutableScript.DIRECTIVES.stream(), ScriptReader.DIRECTIVES.stream())
		.collect(Collectors.toUnmodifiableSet());

	static final Set<String> UP_DIRECTIVES = Stream
		.concat(DOWN_DIRECTIVES.stream(), Stream.of("irreversible", "environments", Dependency.DIRECTIVE))
		.collect(Collectors.toUnmodifiableSet());

	private static final Set<String> CALLBACK_DIRECTIVES = Stream
		.concat(DOWN_DIRECTIVES.stream(), Stream.of("environments"))
		.collect(Collectors.toUnmodifiableSet());

	private final ScriptScanner scanner;

	private final ScriptFilling filling;

	private final List<Finding> findings = new ArrayList<>();

	private final List<CallbackFile> callbacks = new ArrayList<>();

	private final Map<MigrationKey, List<FoundMigration>> ups = new TreeMap<>();

	private final Map<MigrationKey, List<Script>> downs = new TreeMap<>();

	private MigrationResolver(ScriptScanner scanner, ScriptFilling filling) {
		this.scanner = scanner;
		this.filling = filling;
	}

	/**
	 * Find the migrations.
	 * @param filling what becomes of placeholders unless a file says otherwise
	 * @param code the migrations that are code
	 */
	static ResolvedMigrations resolve(List<Location> locations, ScriptScanner scanner, ScriptFilling filling,
			List<CodeSource> code) {
		MigrationResolver resolver = new MigrationResolver(scanner, filling);
		Set<String> seen = new HashSet<>();
		for (Location location : locations) {
			resolver.scan(location, seen);
		}
		code.forEach(resolver::add);
		return resolver.result();
	}

	private void scan(Location location, Set<String> seen) {
		try {
			int first = this.callbacks.size();
			this.scanner.scan(location, EXTENSION, seen).forEach(this::add);
			this.callbacks.subList(first, this.callbacks.size())
				.sort(Comparator.comparing((callback) -> callback.name().description()));
		}
		catch (ScriptException ex) {
			this.findings.add(Finding.of(ex));
		}
	}

	private void add(ScriptSource source) {
		Optional<MigrationName> name = MigrationName.parse(source.relativePath());
		if (name.isEmpty()) {
			CallbackName.parse(source.relativePath())
				.ifPresentOrElse((callback) -> addCallback(callback, source), () -> addMisnamed(source));
			return;
		}
		try {
			ScriptFile file = ScriptReader.readFile(source, this.filling);
			if (name.get().role() == Role.DOWN && file.down() != null) {
				this.findings.add(Finding.error("section-in-down-script",
						"The file is a down script as a whole, and has a section of its own for the way down",
						"Take the lines \"-- samara: up\" and \"-- samara: down\" out of it.",
						Place.of(source.path())));
				return;
			}
			checkDirectives(file.up(), (name.get().role() == Role.UP) ? UP_DIRECTIVES : DOWN_DIRECTIVES);
			checkTracked(file.up(), name.get().role() == Role.UP && name.get().version() == null);
			if (name.get().role() == Role.DOWN) {
				addDown(name.get(), file.up());
				return;
			}
			add(FoundMigration.of(name.get(), new MigrationContent.Sql(file.up())));
			if (file.down() != null) {
				checkDirectives(file.down(), DOWN_DIRECTIVES);
				checkTracked(file.down(), false);
				addDown(name.get(), file.down());
			}
		}
		catch (ScriptException ex) {
			this.findings.add(Finding.of(ex));
		}
	}

	private void add(CodeSource code) {
		CodeReader.read(code, this.findings::add).ifPresent(this::add);
	}

	private void addMisnamed(ScriptSource source) {
		Place place = Place.of(source.path());
		this.findings.add(CallbackName.misnamed(source.relativePath(), place)
			.orElseGet(() -> Finding.error("bad-name",
					"The file's name says neither a version nor a repeatable migration", MigrationName.ADVICE, place)));
	}

	private void addCallback(CallbackName name, ScriptSource source) {
		try {
			ScriptFile file = ScriptReader.readFile(source, this.filling);
			checkDirectives(file.up(), CALLBACK_DIRECTIVES);
			checkTracked(file.up(), false);
			if (file.down() != null) {
				this.findings.add(Finding.error("section-in-callback", "A callback has no way down",
						"Take the lines \"-- samara: up\" and \"-- samara: down\" out of it, and put what is called by a "
								+ "rollback into beforeRollback.sql or afterRollback.sql.",
						Place.of(source.path())));
			}
			this.callbacks.add(new CallbackFile(name, file.up(), environments(file.up())));
		}
		catch (ScriptException ex) {
			this.findings.add(Finding.of(ex));
		}
	}

	private void checkDirectives(Script script, Set<String> known) {
		script.directives().unknown(known).forEach((ex) -> this.findings.add(Finding.of(ex)));
	}

	private void add(FoundMigration found) {
		this.ups.computeIfAbsent(found.name().key(), (key) -> new ArrayList<>()).add(found);
	}

	private void addDown(MigrationName name, Script down) {
		this.downs.computeIfAbsent(name.key(), (key) -> new ArrayList<>()).add(down);
	}

	private void checkTracked(Script script, boolean isPossible) {
		Directive directive = script.directives().find(ScriptFilling.DIRECTIVE).orElse(null);
		if (directive != null && !isPossible && script.filling().mode() == Mode.TRACKED) {
			this.findings.add(Finding.error("invalid-directive",
					"Only a repeatable migration runs again when a value has changed",
					"Write placeholders=on; the checksum of this file is that of its text.", directive.place()));
		}
	}

	private ResolvedMigrations result() {
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
		return new ResolvedMigrations(migrations, duplicated, severalDowns, this.callbacks, this.findings);
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
					environments(found.environments(), Place.of(java.path())));
		}
		Script script = ((MigrationContent.Sql) found.content()).script();
		return new Migration(kind, name.version(), name.description(), found.content(), down,
				irreversible(script, down), environments(script));
	}

	private Set<Environment> environments(Script script) {
		Directive directive = script.directives().find("environments").orElse(null);
		return (directive != null) ? environments(List.of(directive.value().split(",", -1)), directive.place())
				: Set.of();
	}

	private Set<Environment> environments(List<String> values, Place place) {
		List<String> names = values.stream().map(String::strip).toList();
		if (names.contains("")) {
			this.findings.add(Finding.error("invalid-directive", "It does not say for which environments it is",
					"Name them as in \"-- samara: environments=staging,prod\", or take that out if it is for all.",
					place));
		}
		for (String name : names) {
			if (!name.isEmpty() && !Environment.isKnown(name)) {
				this.findings.add(Finding.warning("unknown-environment",
						"Only an application whose environment is called \"" + name + "\" runs the file",
						"If that is not on purpose, write dev, staging or prod, or one of their usual other names.",
						place));
			}
		}
		return names.stream().map(Environment::of).collect(Collectors.toUnmodifiableSet());
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
		String paths = String.join(" and ", found.stream().map((one) -> one.content().path()).toList());
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
