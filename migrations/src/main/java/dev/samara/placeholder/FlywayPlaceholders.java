package dev.samara.placeholder;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The built-in placeholders of Flyway, <code>${flyway:user}</code> for one. Their colon
 * would otherwise begin a default.
 */
final class FlywayPlaceholders {

	private static final String PREFIX = "flyway";

	/** Those that have a counterpart here. */
	private static final Map<String, BuiltIns.Name> COUNTERPARTS = Map.of("defaultschema", BuiltIns.Name.SCHEMA, "user",
			BuiltIns.Name.USER, "database", BuiltIns.Name.DATABASE, "timestamp", BuiltIns.Name.TIMESTAMP, "filename",
			BuiltIns.Name.FILE, "environment", BuiltIns.Name.ENVIRONMENT);

	private FlywayPlaceholders() {
	}

	/**
	 * Return the name if it is one of Flyway's.
	 * @param name the part before the colon
	 * @param usual the part after the colon, or {@code null} if there is no colon
	 * @return the name with its colon
	 */
	static Optional<String> name(String name, @Nullable String usual) {
		return (usual != null && name.equalsIgnoreCase(PREFIX) && Placeholders.isName(usual.strip()))
				? Optional.of(name + ":" + usual.strip()) : Optional.empty();
	}

	/**
	 * Return what to write instead.
	 * @param name one of Flyway's names
	 */
	static String remedy(String name, String prefix, String suffix) {
		BuiltIns.Name counterpart = COUNTERPARTS.get(name.substring(name.indexOf(':') + 1).toLowerCase(Locale.ROOT));
		return (counterpart != null)
				? "Write " + prefix + counterpart.text() + suffix + ", which is built in: the value may be formatted "
						+ "differently"
				: "Samara has no such value: set a placeholder of your own, and write " + prefix + "name" + suffix;
	}

}
