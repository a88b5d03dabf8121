package dev.samara.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;
import dev.samara.environment.ProductionNames;
import dev.samara.script.SimilarNames;

/**
 * Finds what is doubtful about the environment of an application: that there is none, or
 * that a name looks like production and does not mean it. Pure.
 */
final class EnvironmentWarnings {

	private EnvironmentWarnings() {
	}

	/**
	 * Find the warnings.
	 * @param found the environment that results, or {@code null}
	 * @param configured the value of {@code samara.environment}, or {@code null}
	 * @param mapped the profiles of {@code samara.environments}
	 * @param profiles the profiles in force
	 * @return a text for each
	 */
	static List<String> of(@Nullable Environment found, @Nullable String configured, Map<String, List<String>> mapped,
			List<String> profiles) {
		List<String> warnings = new ArrayList<>();
		if (found == null) {
			warnings.add(none(profiles));
		}
		if (found == null || !found.isProduction()) {
			if (configured != null && ProductionNames.resembles(configured)) {
				warnings
					.add("samara.environment=" + configured + " looks like production, but is an environment of its "
							+ "own. If it is production, set samara.environment=prod.");
			}
			Set<String> known = mapped.values()
				.stream()
				.flatMap(List::stream)
				.map((profile) -> profile.strip().toLowerCase(Locale.ROOT))
				.collect(Collectors.toSet());
			profiles.stream()
				.filter((profile) -> !known.contains(profile.strip().toLowerCase(Locale.ROOT)))
				.filter(ProductionNames::resembles)
				.map((profile) -> "Profile " + profile
						+ " looks like production, but is mapped to no environment. If it "
						+ "is production, set samara.environments.prod=" + profile + ".")
				.forEach(warnings::add);
		}
		return warnings;
	}

	private static String none(List<String> profiles) {
		Set<String> known = Environment.knownNames();
		String meant = profiles.stream()
			.map((profile) -> Map.entry(profile, SimilarNames.nearest(profile, known)))
			.filter((slip) -> SimilarNames.areSimilar(slip.getKey(), slip.getValue()))
			.map((slip) -> " Did you mean " + slip.getValue() + " instead of " + slip.getKey() + "?")
			.collect(Collectors.joining());
		return "The environment of this application is unknown: samara.environment is not set, and no active profile ("
				+ String.join(", ", profiles)
				+ ") is mapped to an environment. Only seeds of common/ run, the database "
				+ "gets no environment marker, and nothing protects it from an application of another environment."
				+ meant + " Set samara.environment=prod (or staging, dev), activate a profile with such a name, or map "
				+ "your profile: samara.environments.prod=<profile>.";
	}

}
