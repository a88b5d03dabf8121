package dev.samara.migration;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.samara.environment.Environment;
import dev.samara.script.Directive;
import dev.samara.script.Finding;
import dev.samara.script.Place;
import dev.samara.script.Script;

/**
 * Reads for which environments something is. Pure.
 */
final class EnvironmentNames {

	private EnvironmentNames() {
	}

	/**
	 * Read the directive of a script.
	 * @param findings where what is wrong is added
	 * @return the environments; none if it is for all
	 */
	static Set<Environment> of(Script script, List<Finding> findings) {
		Directive directive = script.directives().find("environments").orElse(null);
		if (directive == null) {
			return Set.of();
		}
		Finding blank = Finding.error("invalid-directive", "It does not say for which environments it is",
				"Name them as in \"-- samara: environments=staging,prod\", or take that out if it is for all.",
				directive.place());
		return of(List.of(directive.value().split(",", -1)), blank, "file", directive.place(), findings);
	}

	/**
	 * Read what code says.
	 * @param type the code's class
	 * @param findings where what is wrong is added
	 * @return the environments; none if it is for all
	 */
	static Set<Environment> ofCode(List<String> values, String type, List<Finding> findings) {
		Finding blank = Finding.error("invalid-code",
				"Method environments() of " + type + " returns a list with a blank in it",
				"Name them as in List.of(\"staging\", \"prod\"), or return List.of() if it is for all.",
				Place.of(type));
		return of(values, blank, "class", Place.of(type), findings);
	}

	private static Set<Environment> of(List<String> values, Finding blank, String what, Place place,
			List<Finding> findings) {
		List<String> names = values.stream().map(String::strip).toList();
		if (names.contains("")) {
			findings.add(blank);
		}
		for (String name : names) {
			if (!name.isEmpty() && !Environment.isKnown(name)) {
				findings.add(Finding.warning("unknown-environment",
						"Only an application whose environment is called \"" + name + "\" runs the " + what,
						"If that is not on purpose, write dev, staging or prod, or one of their usual other names.",
						place));
			}
		}
		return names.stream().map(Environment::of).collect(Collectors.toUnmodifiableSet());
	}

}
