package dev.samara.seed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.samara.script.Finding;
import dev.samara.script.Place;
import dev.samara.script.Script;
import dev.samara.script.ScriptFilling;
import dev.samara.script.ScriptReader;
import dev.samara.script.ScriptSource;
import dev.samara.script.SimilarNames;

/**
 * Collects the scripts that take seeds back, {@code 001_name.down.sql} beside the seed or
 * a section of its own file, and finds the seeds they belong to.
 */
final class DownScripts {

	private static final String EXTENSION = ".down.sql";

	private final ScriptFilling filling;

	private final Map<String, Script> sections = new LinkedHashMap<>();

	private final Map<String, Script> files = new LinkedHashMap<>();

	private final List<Finding> duplicates = new ArrayList<>();

	DownScripts(ScriptFilling filling) {
		this.filling = filling;
	}

	static boolean isDown(ScriptSource source) {
		return source.path().toLowerCase(Locale.ROOT).endsWith(EXTENSION);
	}

	void add(ScriptSource source) {
		String name = source.relativePath();
		Script script = ScriptReader.read(source, this.filling);
		Script other = this.files.putIfAbsent(name.substring(0, name.length() - EXTENSION.length()), script);
		if (other != null) {
			this.duplicates.add(Finding.error("duplicate-down-script",
					"The way back " + name + " stands in several locations; the other one is " + other.path(),
					"Keep one of the two: nothing says which of them takes the seed back.", Place.of(script.path())));
		}
	}

	void add(String seed, Script section) {
		this.sections.put(seed, section);
	}

	/**
	 * Return the scripts by the name of the seed.
	 * @param seeds the seeds of all files
	 * @param findings told of scripts that belong to none, or to one that has a way back
	 */
	Map<String, Script> of(List<Seed> seeds, List<Finding> findings) {
		findings.addAll(this.duplicates);
		Map<String, Script> downs = new LinkedHashMap<>(this.sections);
		this.files.forEach((name, script) -> {
			List<Seed> owners = seeds.stream()
				.filter((seed) -> SeedNames.withoutExtension(seed.name()).equals(name))
				.toList();
			if (owners.isEmpty()) {
				findings.add(Finding.error("down-without-seed", "There is no seed that the file could take back",
						rename(name, seeds), Place.of(script.path())));
			}
			owners.forEach((seed) -> {
				if (downs.putIfAbsent(seed.name(), script) != null) {
					findings
						.add(Finding.error("duplicate-down", "Seed " + seed + " has a way back in its own file as well",
								"Keep one of the two.", Place.of(script.path())));
				}
			});
		});
		return downs;
	}

	private static String rename(String name, List<Seed> seeds) {
		List<String> names = seeds.stream().map((seed) -> SeedNames.withoutExtension(seed.name())).toList();
		return SimilarNames.near(name, names).map((near) -> "Did you mean " + near + EXTENSION + "? ").orElse("")
				+ "Give it the name of the seed, with .down.sql for the extension.";
	}

}
