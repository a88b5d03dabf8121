package dev.samara.seed;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.samara.script.Dependency;
import dev.samara.script.Directive;
import dev.samara.script.Directives;
import dev.samara.script.Finding;
import dev.samara.script.Location;
import dev.samara.script.Place;
import dev.samara.script.Script;
import dev.samara.script.ScriptException;
import dev.samara.script.ScriptFile;
import dev.samara.script.ScriptFilling;
import dev.samara.script.ScriptReader;
import dev.samara.script.ScriptScanner;
import dev.samara.script.ScriptSource;
import dev.samara.seed.check.CheckQuery;
import dev.samara.seed.data.DataFile;
import dev.samara.seed.data.DataFileReader;
import dev.samara.seed.data.DataFormat;
import dev.samara.seed.data.DataLibraries;
import dev.samara.seed.volume.VolumeFileReader;

/**
 * Turns the files of locations into seeds. What is wrong with a file becomes a finding,
 * so that all of it is told at once.
 */
final class SeedResolver {

	private static final String LEVEL = "level";

	private static final String TRANSACTION = "transaction";

	private static final Set<String> DIRECTIVES = Stream
		.concat(ScriptReader.DIRECTIVES.stream(),
				Stream.of(LEVEL, Dependency.DIRECTIVE, "lock-timeout", "statement-timeout"))
		.collect(Collectors.toUnmodifiableSet());

	private static final Location DEFAULT_LOCATION = Location.parse(SeedSettings.DEFAULT_LOCATION);

	private final ScriptScanner scanner;

	private final Set<Location> locations = new LinkedHashSet<>();

	private final List<Finding> findings = new ArrayList<>();

	private final Map<String, Seed> seeds = new TreeMap<>();

	private final List<CheckFile> checks = new ArrayList<>();

	private final DownScripts downs;

	private final ScriptFilling filling;

	private SeedResolver(ScriptScanner scanner, ScriptFilling filling) {
		this.scanner = scanner;
		this.filling = filling;
		this.downs = new DownScripts(filling);
	}

	/**
	 * Resolve.
	 * @param filling what becomes of placeholders unless a file says otherwise
	 */
	static ResolvedSeeds resolve(List<Location> locations, ScriptScanner scanner, ScriptFilling filling) {
		SeedResolver resolver = new SeedResolver(scanner, filling);
		Set<String> seen = new HashSet<>();
		resolver.locations.addAll(locations);
		for (Location location : locations) {
			resolver.scan(location, seen);
		}
		List<Seed> seeds = resolver.seeds.values().stream().sorted(Seed.ORDER).toList();
		Map<String, Script> downs = resolver.downs.of(seeds, resolver.findings);
		return new ResolvedSeeds(List.copyOf(resolver.locations), seeds, resolver.findings, resolver.checks, Map.of(),
				downs);
	}

	private void scan(Location location, Set<String> seen) {
		try {
			for (ScriptSource file : this.scanner.scan(location, "", seen)) {
				LinkedFolders.realLocation(file).ifPresent(this.locations::add);
				if (SeedExtensions.isSeed(file.path())) {
					add(file);
				}
				else {
					SeedExtensions.slip(file.path()).ifPresent(this.findings::add);
				}
			}
		}
		catch (ScriptException ex) {
			if (!ex.getCode().equals("missing-location") || !location.equals(DEFAULT_LOCATION)) {
				this.findings.add(Finding.of(ex));
			}
		}
	}

	private void add(ScriptSource source) {
		try {
			if (DownScripts.isDown(source)) {
				this.downs.add(source);
				return;
			}
			SeedName name = SeedName.of(source);
			if (name.environment() == null || name.environment().isProduction()) {
				LinkedFolders.check(source).ifPresent(this.findings::add);
			}
			if (CheckFile.isCheck(source.path())) {
				this.checks.add(new CheckFile(source.relativePath(), name.environment(),
						CheckQuery.read(ScriptReader.read(source))));
				return;
			}
			SeedLevel usual = SeedLevel.ofSeed(name.environment());
			Seed seed = source.path().toLowerCase(Locale.ROOT).endsWith(".sql") ? sqlSeed(source, name, usual)
					: dataSeed(source, name, usual);
			if (seed == null) {
				return;
			}
			Seed other = this.seeds.putIfAbsent(seed.name(), seed);
			if (other != null) {
				this.findings.add(duplicate(seed, other));
			}
		}
		catch (ScriptException ex) {
			this.findings.addAll(Finding.allOf(ex));
		}
	}

	private Seed sqlSeed(ScriptSource source, SeedName name, SeedLevel usual) {
		ScriptFile file = ScriptReader.readFile(source, this.filling);
		Script script = file.up();
		checkDirectives(script);
		if (file.down() != null) {
			this.downs.add(source.relativePath(), file.down());
		}
		return new Seed(source.relativePath(), name.environment(), name.number(), name.description(),
				level(script.directives(), usual), new SeedContent.Sql(script));
	}

	private @Nullable Seed dataSeed(ScriptSource source, SeedName name, SeedLevel usual) {
		List<ScriptException> problems = new ArrayList<>();
		boolean isMade = DataFormat.isMade(source.path());
		if (isMade) {
			DataLibraries.requireYaml(source.path());
		}
		DataFile file = (isMade ? VolumeFileReader.read(source, problems)
				: DataFileReader.read(source, this.filling, problems))
			.orElse(null);
		if (isMade && (name.environment() == null || name.environment().isProduction())) {
			this.findings.add(SeedGuard.madeRowsReachProduction(source.path()));
		}
		problems.forEach((problem) -> this.findings.add(Finding.of(problem)));
		return (file == null) ? null : new Seed(source.relativePath(), name.environment(), name.number(),
				name.description(), level(file.directives(), usual), new SeedContent.Data(file));
	}

	private void checkDirectives(Script script) {
		List<Directive> others = new ArrayList<>();
		for (Directive directive : script.directives().values()) {
			if (!directive.key().equals(TRANSACTION)) {
				others.add(directive);
			}
			else if (!directive.value().equalsIgnoreCase("auto")) {
				this.findings.add(Finding.error("not-a-transaction",
						"A seed is always one transaction, together with its entry in the history",
						"Take the line out. What cannot run in a transaction belongs into a migration.",
						directive.place()));
			}
		}
		new Directives(others, Map.of()).unknown(DIRECTIVES).forEach((ex) -> this.findings.add(Finding.of(ex)));
	}

	private static SeedLevel level(Directives directives, SeedLevel usual) {
		Directive directive = directives.find(LEVEL).orElse(null);
		if (directive == null) {
			return usual;
		}
		return switch (directive.value().toLowerCase(Locale.ROOT)) {
			case "minimal" -> SeedLevel.MINIMAL;
			case "essential" -> SeedLevel.ESSENTIAL;
			case "all" -> SeedLevel.ALL;
			default -> throw new ScriptException("invalid-directive", directive.place(),
					"\"" + directive.value() + "\" is not a level of a seed",
					"Write level=minimal, level=essential or level=all.");
		};
	}

	private static Finding duplicate(Seed seed, Seed other) {
		return Finding.error("duplicate-name",
				"Seed " + seed + " stands in several locations; the other one is " + other.path(),
				"Rename or merge one of them: by its name a seed is known in the history.", Place.of(seed.path()));
	}

}
