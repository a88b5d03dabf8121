package dev.samara.environment;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An environment an application runs in. The usual names of one thing are one
 * environment: {@code production} and {@code live} are {@code prod}, {@code development},
 * {@code local} and {@code test} are {@code dev}, {@code stage} and {@code uat} are
 * {@code staging}.
 *
 * @param name the name, in lower case
 * @since 0.1.0
 */
public record Environment(String name) {

	/** The environment of developers. */
	public static final Environment DEV = new Environment("dev");

	/** The rehearsal. */
	public static final Environment STAGING = new Environment("staging");

	/** The real thing. */
	public static final Environment PROD = new Environment("prod");

	private static final Map<String, Environment> KNOWN = Map.ofEntries(Map.entry("dev", DEV),
			Map.entry("development", DEV), Map.entry("local", DEV), Map.entry("test", DEV),
			Map.entry("staging", STAGING), Map.entry("stage", STAGING), Map.entry("uat", STAGING),
			Map.entry("prod", PROD), Map.entry("production", PROD), Map.entry("live", PROD));

	/**
	 * Return the environment of a name.
	 * @param name the name, in any case
	 * @return the environment; one of its own if the name is not a usual one
	 */
	public static Environment of(String name) {
		String lowerCase = name.strip().toLowerCase(Locale.ROOT);
		return KNOWN.getOrDefault(lowerCase, new Environment(lowerCase));
	}

	/**
	 * Return whether a name is a usual one, which needs no configuration to be
	 * understood.
	 * @param name the name of a profile or a folder, in any case
	 * @return whether {@link #of} maps it to {@code dev}, {@code staging} or {@code prod}
	 */
	public static boolean isKnown(String name) {
		return KNOWN.containsKey(name.strip().toLowerCase(Locale.ROOT));
	}

	/**
	 * Return the usual names.
	 * @return the names of which {@link #isKnown} is true, in lower case
	 */
	public static Set<String> knownNames() {
		return KNOWN.keySet();
	}

	/**
	 * Return whether this is the real thing.
	 * @return whether it is {@code prod}
	 */
	public boolean isProduction() {
		return equals(PROD);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
