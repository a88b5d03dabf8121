package dev.samara.seed.data;

import java.util.Collection;
import java.util.Locale;

import dev.samara.Internal;
import dev.samara.script.SimilarNames;

/**
 * Finds what somebody probably meant, by the number of letters to change.
 *
 * @since 0.1.0
 */
@Internal
public final class Nearest {

	private Nearest() {
	}

	/**
	 * Ask back with the nearest of the names there are.
	 * @param name what was written
	 * @param candidates the names there are, in lower case
	 * @return a question, or an empty text if none is near
	 */
	public static String question(String name, Collection<String> candidates) {
		return SimilarNames.near(name.toLowerCase(Locale.ROOT), candidates)
			.map((near) -> "Did you mean \"" + near + "\"? ")
			.orElse("");
	}

}
