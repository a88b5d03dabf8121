package dev.samara.script;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

import dev.samara.Internal;

/**
 * Finds what somebody probably meant, by the number of letters to change.
 *
 * @since 0.1.0
 */
@Internal
public final class SimilarNames {

	private SimilarNames() {
	}

	/**
	 * Find the nearest name.
	 * @param name what somebody wrote
	 * @param candidates the names there are, at least one
	 * @return the one that takes the fewest changes, the first by alphabet of several
	 */
	public static String nearest(String name, Collection<String> candidates) {
		return candidates.stream()
			.min(Comparator.<String>comparingInt((candidate) -> distance(name, candidate))
				.thenComparing((text) -> text))
			.orElseThrow();
	}

	/**
	 * Find the nearest name, if it is near enough to be suggested.
	 * @param name what somebody wrote
	 * @param candidates the names there are, possibly none
	 * @return the one that takes the fewest changes; empty if that would make another
	 * name of it
	 */
	public static Optional<String> near(String name, Collection<String> candidates) {
		return candidates.isEmpty() ? Optional.empty()
				: Optional.of(nearest(name, candidates)).filter((nearest) -> isNear(name, nearest));
	}

	/** A third of the longer one may differ, but something has to be the same. */
	private static boolean isNear(String name, String known) {
		int distance = distance(name, known);
		return distance <= Math.max(1, Math.max(name.length(), known.length()) / 3)
				&& distance < Math.min(name.length(), known.length());
	}

	/**
	 * Return whether one name may be a slip of the pen for another.
	 * @param name what somebody wrote
	 * @param known a name there is
	 * @return whether it takes few changes for its length
	 */
	public static boolean areSimilar(String name, String known) {
		// A name with a number, such as dev2, is more often one of its own.
		boolean hasNumber = name.chars().anyMatch(Character::isDigit);
		int length = hasNumber ? known.length() : Math.max(name.length(), known.length());
		return distance(name, known) * 4 <= length;
	}

	/**
	 * Count the letters to add, to leave out, to replace, and the neighbours to swap.
	 * Optimal string alignment: what was swapped is not changed again.
	 */
	static int distance(String a, String b) {
		int[] beforePrevious = new int[b.length() + 1];
		int[] previous = new int[b.length() + 1];
		for (int j = 0; j <= b.length(); j++) {
			previous[j] = j;
		}
		for (int i = 1; i <= a.length(); i++) {
			int[] current = new int[b.length() + 1];
			current[0] = i;
			for (int j = 1; j <= b.length(); j++) {
				int replaced = previous[j - 1] + ((a.charAt(i - 1) == b.charAt(j - 1)) ? 0 : 1);
				current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
				if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
					current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
				}
			}
			beforePrevious = previous;
			previous = current;
		}
		return previous[b.length()];
	}

}
