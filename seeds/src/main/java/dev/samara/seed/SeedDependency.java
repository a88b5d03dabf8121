package dev.samara.seed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.samara.script.Directive;
import dev.samara.script.Directives;
import dev.samara.script.Place;

/**
 * That a seed needs another one before it, as it says itself.
 *
 * @param name the other one, as it is written; empty if nothing is
 * @param place where that is said
 */
record SeedDependency(String name, Place place) {

	/** The directive {@code -- samara: depends-on=common/001_a.sql, 002_b}. */
	static final String DIRECTIVE = "depends-on";

	/**
	 * Return what a seed depends on, in the order it says so.
	 */
	static List<SeedDependency> of(Seed seed) {
		if (seed.content() instanceof SeedContent.Sql sql) {
			return of(sql.script().directives(), Place.of(seed.path()));
		}
		if (seed.content() instanceof SeedContent.Data data) {
			return of(data.file().directives(), Place.of(seed.path()));
		}
		List<SeedDependency> dependencies = new ArrayList<>();
		if (seed.content() instanceof SeedContent.Java java) {
			java.seeder()
				.dependsOn()
				.forEach((name) -> dependencies.add(new SeedDependency(name.strip(), Place.of(seed.path()))));
		}
		return dependencies;
	}

	private static List<SeedDependency> of(Directives directives, Place file) {
		List<SeedDependency> dependencies = new ArrayList<>();
		for (Directive directive : directives.values()) {
			if (directive.key().equals(DIRECTIVE)) {
				split(directive.value(), directive.place(), dependencies);
			}
		}
		directives.header(DIRECTIVE).ifPresent((names) -> split(names, file, dependencies));
		return dependencies;
	}

	private static void split(String names, Place place, List<SeedDependency> dependencies) {
		Arrays.stream(names.split(",", -1)).map(String::strip).forEach((name) -> {
			dependencies.add(new SeedDependency(name, place));
		});
	}

}
