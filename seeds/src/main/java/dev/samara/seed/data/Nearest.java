package dev.samara.seed.data;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

import dev.samara.Internal;

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
	 * @return a question, or an empty text if there are none
	 */
	public static String question(String name, Collection<String> candidates) {
		return candidates.stream()
			.min(Comparator.<String>comparingInt((candidate) -> distance(name.toLowerCase(Locale.ROOT), candidate))
				.thenComparing((text) -> text))
			.map((candidate) -> "Did you mean \"" + candidate + "\"? ")
			.orElse("");
	}

	static int distance(String a, String b) {
		int[] above = new int[b.length() + 1];
		for (int i = 0; i <= a.length(); i++) {
			int diagonal = above[0];
			above[0] = i;
			for (int j = 1; j <= b.length(); j++) {
				int changed = (i == 0) ? j : diagonal + ((a.charAt(i - 1) == b.charAt(j - 1)) ? 0 : 1);
				diagonal = above[j];
				above[j] = (i == 0) ? j : Math.min(changed, Math.min(above[j], above[j - 1]) + 1);
			}
		}
		return above[b.length()];
	}

}
