package dev.samara.script;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.samara.Internal;

/**
 * That a script needs something else to be done before it, as it says itself.
 *
 * @param name what it needs, as it is written; empty if nothing is
 * @param place where it says so
 * @since 0.1.0
 */
@Internal
public record Dependency(String name, Place place) {

	/** {@code -- samara: depends-on=3, create_users}, or the header of that name. */
	public static final String DIRECTIVE = "depends-on";

	/**
	 * Return what a script depends on.
	 * @param script the script
	 * @return the dependencies in the order of the file, those of all its lines
	 */
	public static List<Dependency> of(Script script) {
		return of(script.directives(), Place.of(script.path()));
	}

	/**
	 * Return what a file depends on.
	 * @param directives what its comments, or its header, say
	 * @param file the file
	 * @return the dependencies in the order of the file, those of all its lines
	 */
	public static List<Dependency> of(Directives directives, Place file) {
		if (directives.equals(Directives.NONE)) {
			return List.of();
		}
		List<Dependency> dependencies = new ArrayList<>();
		directives.values()
			.stream()
			.filter((directive) -> directive.key().equals(DIRECTIVE))
			.forEach((directive) -> dependencies.addAll(split(directive.value(), directive.place())));
		directives.header(DIRECTIVE).ifPresent((names) -> dependencies.addAll(split(names, file)));
		return dependencies;
	}

	private static List<Dependency> split(String names, Place place) {
		return Arrays.stream(names.split(",", -1)).map((name) -> new Dependency(name.strip(), place)).toList();
	}

}
