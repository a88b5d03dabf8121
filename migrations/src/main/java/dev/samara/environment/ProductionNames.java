package dev.samara.environment;

import java.util.List;
import java.util.Locale;

import dev.samara.Internal;
import dev.samara.script.SimilarNames;

/**
 * Recognizes names that look like production without being one of its usual names, such
 * as {@code prd}, {@code prod-eu} and {@code production2}. They are reported and never
 * mapped: a guess must not decide what runs. Pure.
 *
 * @since 0.1.0
 */
@Internal
public final class ProductionNames {

	private static final List<String> USUAL = List.of("production", "prod", "live");

	/** Words before "prod" that say the opposite. */
	private static final String OPPOSITE = "(pre|non|not|no)";

	private ProductionNames() {
	}

	/**
	 * Return whether a name looks like production.
	 * @param name the name of a profile or an environment, in any case
	 * @return whether a part of it is, or nearly is, a usual name of production;
	 * {@code false} for the usual names themselves
	 */
	public static boolean resembles(String name) {
		String lowerCase = name.strip().toLowerCase(Locale.ROOT);
		if (Environment.isKnown(lowerCase)) {
			return false;
		}
		String[] parts = lowerCase.split("[^\\p{L}]+");
		for (int i = 0; i < parts.length; i++) {
			boolean isOpposite = i > 0 && parts[i - 1].matches(OPPOSITE);
			if (!isOpposite && looksLikeProduction(parts[i])) {
				return true;
			}
		}
		return false;
	}

	private static boolean looksLikeProduction(String part) {
		if (part.length() < 3 || part.matches("(product|producer)s?") || part.matches(OPPOSITE + "prod.*")
				|| Environment.isKnown(part) && !Environment.of(part).isProduction()) {
			return false;
		}
		return part.startsWith("prod") || part.startsWith("prd") || part.endsWith("prod") || part.endsWith("prd")
				|| part.endsWith("production")
				|| USUAL.stream().anyMatch((usual) -> SimilarNames.areSimilar(part, usual));
	}

}
