package dev.samara.environment;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Finds the environment from the configuration and the active profiles. Pure.
 *
 * @since 0.1.0
 */
public final class EnvironmentResolver {

	private final Map<String, Set<Environment>> byProfile = new LinkedHashMap<>();

	/**
	 * Create a resolver.
	 * @param profilesByEnvironment additional profiles that stand for an environment;
	 * they win over the usual names
	 */
	public EnvironmentResolver(Map<String, ? extends Collection<String>> profilesByEnvironment) {
		profilesByEnvironment.forEach((environment, profiles) -> profiles
			.forEach((profile) -> this.byProfile.computeIfAbsent(lowerCase(profile), (name) -> new LinkedHashSet<>())
				.add(Environment.of(environment))));
	}

	/**
	 * Find the environment.
	 * @param configured the environment the configuration names, or {@code null}
	 * @param activeProfiles the active profiles
	 * @return the environment; empty if nothing tells
	 * @throws EnvironmentConflictException if profiles of several environments are
	 * active, one is mapped to several, or the configured one contradicts an active
	 * profile
	 */
	public Optional<Environment> resolve(@Nullable String configured, Collection<String> activeProfiles) {
		Map<Environment, String> found = new LinkedHashMap<>();
		if (configured != null && !configured.isBlank()) {
			found.put(Environment.of(configured), "samara.environment=" + configured);
		}
		for (String profile : activeProfiles) {
			environmentsOf(profile).forEach((environment) -> found.putIfAbsent(environment, "profile " + profile));
			if (Environment.of(profile).isProduction()) {
				// A mapping cannot make a profile harmless that everybody takes for
				// production.
				found.putIfAbsent(Environment.PROD, "profile " + profile);
			}
		}
		if (found.size() > 1) {
			throw new EnvironmentConflictException(found);
		}
		return found.keySet().stream().findFirst();
	}

	/** A profile that is mapped to several environments is in all of them. */
	private Set<Environment> environmentsOf(String profile) {
		Set<Environment> mapped = this.byProfile.get(lowerCase(profile));
		if (mapped != null) {
			return mapped;
		}
		return Environment.isKnown(profile) ? Set.of(Environment.of(profile)) : Set.of();
	}

	private static String lowerCase(String profile) {
		return profile.strip().toLowerCase(Locale.ROOT);
	}

}
