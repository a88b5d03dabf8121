package dev.samara.environment;

import java.util.Map;
import java.util.stream.Collectors;

import dev.samara.SamaraException;

/**
 * Thrown when an application claims to run in several environments at once.
 *
 * @since 0.1.0
 */
public final class EnvironmentConflictException extends SamaraException {

	EnvironmentConflictException(Map<Environment, String> found) {
		super("The application claims to run in several environments at once: " + found.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + " (" + entry.getValue() + ")")
			.collect(Collectors.joining(", ")),
				"Leave one of them active. If a profile's name only looks like an environment, map it: "
						+ "samara.environments.<environment>=<profile>.",
				null);
	}

}
