package dev.samara.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.samara.execution.ExecutableScript;
import dev.samara.script.Finding;
import dev.samara.script.Location;
import dev.samara.script.Place;
import dev.samara.script.Script;
import dev.samara.script.ScriptException;
import dev.samara.script.ScriptReader;
import dev.samara.script.ScriptScanner;
import dev.samara.script.ScriptSource;

/**
 * Turns the files of locations into migrations. What is wrong with a file becomes a
 * finding, so that all of it is told at once.
 */
final class MigrationResolver {

	private static final String EXTENSION = ".sql";

	private final ScriptScanner scanner;

	private final List<Finding> findings = new ArrayList<>();

	private final Map<MigrationKey, List<Named>> ups = new TreeMap<>();

	private final Map<MigrationKey, Named> downs = new TreeMap<>();

	private MigrationResolver(ScriptScanner scanner) {
		this.scanner = scanner;
	}

	static ResolvedMigrations resolve(List<Location> locations, ScriptScanner scanner) {
		MigrationResolver resolver = new MigrationResolver(scanner);
		Set<String> seen = new HashSet<>();
		for (Location location : locations) {
			resolver.scan(location, seen);
		}
		return resolver.result();
	}

	private void scan(Location location, Set<String> seen) {
		try {
			this.scanner.scan(location, EXTENSION, seen).forEach(this::add);
		}
		catch (ScriptException ex) {
			this.findings.add(Finding.of(ex));
		}
	}

	private void add(ScriptSource source) {
		Optional<MigrationName> name = MigrationName.parse(source.relativePath());
		if (name.isEmpty()) {
			this.findings
				.add(Finding.error("bad-name", "The file's name says neither a version nor a repeatable " + "migration",
						MigrationName.ADVICE, Place.of(source.path())));
			return;
		}
		try {
			Script script = ScriptReader.read(source);
			script.directives().unknown(ExecutableScript.DIRECTIVES).forEach((ex) -> this.findings.add(Finding.of(ex)));
			add(new Named(name.get(), script));
		}
		catch (ScriptException ex) {
			this.findings.add(Finding.of(ex));
		}
	}

	private void add(Named file) {
		MigrationKey key = file.name().key();
		if (file.name().role() == MigrationName.Role.DOWN) {
			this.downs.putIfAbsent(key, file);
		}
		else {
			this.ups.computeIfAbsent(key, (k) -> new ArrayList<>()).add(file);
		}
	}

	private ResolvedMigrations result() {
		List<Migration> migrations = new ArrayList<>();
		this.ups.forEach((key, files) -> {
			if (files.size() > 1) {
				this.findings.add(duplicate(key, files));
			}
			migrations.add(migration(files.get(0), this.downs.get(key)));
		});
		return new ResolvedMigrations(migrations, this.findings);
	}

	private static Migration migration(Named file, @Nullable Named down) {
		MigrationName name = file.name();
		MigrationKind kind = (name.version() != null) ? MigrationKind.VERSIONED : MigrationKind.REPEATABLE;
		return new Migration(kind, name.version(), name.description(), file.script(),
				(down != null) ? down.script() : null);
	}

	private Finding duplicate(MigrationKey key, List<Named> files) {
		String paths = String.join(" and ", files.stream().map((file) -> file.script().path()).toList());
		Place place = Place.of(files.get(1).script().path());
		if (key.version() == null) {
			return Finding.error("duplicate-name", "Repeatable migration " + key + " stands in several files: " + paths,
					"Rename or merge one of them.", place);
		}
		MigrationVersion free = this.ups.keySet()
			.stream()
			.map(MigrationKey::version)
			.filter(Objects::nonNull)
			.max(Comparator.naturalOrder())
			.orElseThrow()
			.next();
		return Finding.error("duplicate-version", "Version " + key + " is taken by several files: " + paths,
				"Rename the one that is not applied anywhere yet; the next free version is " + free + ".", place);
	}

	private record Named(MigrationName name, Script script) {

	}

}
