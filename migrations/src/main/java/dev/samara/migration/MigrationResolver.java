package dev.samara.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

	private final Map<String, FlywayScriptSettings> flywaySettings = new HashMap<>();

	private final MigrationAssembly assembly = new MigrationAssembly(this.findings);

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
		return resolver.assembly.assemble(resolver.callbacks, resolver.flywaySettings, filling);
	}

	private void scan(Location location, Set<String> seen) {
		try {
			int first = this.callbacks.size();
			// One listing for all: a search of its own for each kind of file costs
			// another.
			for (ScriptSource source : this.scanner.scan(location, "", seen)) {
				String path = source.path().toLowerCase(Locale.ROOT);
				if (path.endsWith(EXTENSION)) {
					add(source);
				}
				else if (path.endsWith(EXTENSION + FlywayScriptSettings.EXTENSION)) {
					addFlywaySettings(source);
				}
			}
			this.callbacks.subList(first, this.callbacks.size())
				.sort(Comparator.comparing((callback) -> callback.name().description()));
		}
		catch (ScriptException ex) {
			this.findings.add(Finding.of(ex));
		}
	}

	private void addFlywaySettings(ScriptSource source) {
		String script = source.path().substring(0, source.path().length() - FlywayScriptSettings.EXTENSION.length());
		this.flywaySettings.put(script, FlywayScriptSettings.read(source));
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
				this.assembly.addDown(name.get(), file.up());
				return;
			}
			this.assembly.add(FoundMigration.of(name.get(), new MigrationContent.Sql(file.up())));
			if (file.down() != null) {
				checkDirectives(file.down(), DOWN_DIRECTIVES);
				checkTracked(file.down(), false);
				this.assembly.addDown(name.get(), file.down());
			}
		}
		catch (ScriptException ex) {
			this.findings.add(Finding.of(ex));
		}
	}

	private void add(CodeSource code) {
		CodeReader.read(code, this.findings::add)
			.map((found) -> found.ofBean(code.name()))
			.ifPresent(this.assembly::add);
	}

	private void addMisnamed(ScriptSource source) {
		Place place = Place.of(source.path());
		String path = source.relativePath();
		this.findings
			.add(CallbackName.misnamed(path, place)
				.orElseGet(() -> Finding.error("bad-name",
						"The file's name says neither a version nor a repeatable migration", MigrationName.advice(path),
						place)));
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
			this.callbacks.add(new CallbackFile(name, file.up(), EnvironmentNames.of(file.up(), this.findings)));
		}
		catch (ScriptException ex) {
			this.findings.add(Finding.of(ex));
		}
	}

	private void checkDirectives(Script script, Set<String> known) {
		script.directives().unknown(known).forEach((ex) -> this.findings.add(Finding.of(ex)));
	}

	private void checkTracked(Script script, boolean isPossible) {
		Directive directive = script.directives().find(ScriptFilling.DIRECTIVE).orElse(null);
		if (directive != null && !isPossible && script.filling().mode() == Mode.TRACKED) {
			this.findings.add(Finding.error("invalid-directive",
					"Only a repeatable migration runs again when a value has changed",
					"Write placeholders=on; the checksum of this file is that of its text.", directive.place()));
		}
	}

}
