package dev.samara.seed;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import dev.samara.script.Finding;
import dev.samara.script.Place;
import dev.samara.seed.data.DataFormat;

/**
 * What the files of a seed location are by their extension. Other files, a
 * {@code README.md} for one, may stand there too; what is one slip away from a seed is
 * told.
 */
final class SeedExtensions {

	private static final List<String> KNOWN = Stream
		.concat(Stream.of(".sql"), Arrays.stream(DataFormat.values()).flatMap((format) -> format.extensions().stream()))
		.toList();

	/** A letter away from {@code .yml}, and a format of its own. */
	private static final String XML = ".xml";

	private SeedExtensions() {
	}

	static boolean isSeed(String path) {
		return KNOWN.contains(extension(path));
	}

	/**
	 * Return what is to be told of a file that is no seed.
	 */
	static Optional<Finding> slip(String path) {
		String extension = extension(path);
		return extension.equals(XML) ? Optional.empty()
				: KNOWN.stream()
					.filter((known) -> isSlip(extension, known))
					.findFirst()
					.map((known) -> Finding.warning("unknown-extension",
							"The file is not read, as nothing is known that ends in " + extension,
							"Name it …" + known
									+ " if it is a seed, otherwise move it out of the location. Seeds end in "
									+ String.join(", ", KNOWN) + ".",
							Place.of(path)));
	}

	private static String extension(String path) {
		String file = path.substring(path.lastIndexOf('/') + 1);
		int dot = file.lastIndexOf('.');
		return (dot > 0) ? file.substring(dot).toLowerCase(Locale.ROOT) : "";
	}

	/** One letter changed, added or left out, or two neighbours swapped. */
	private static boolean isSlip(String written, String known) {
		int start = 0;
		while (start < Math.min(written.length(), known.length()) && written.charAt(start) == known.charAt(start)) {
			start++;
		}
		String wrong = written.substring(start);
		String right = known.substring(start);
		boolean isSwapped = wrong.length() > 1 && right.length() > 1 && wrong.charAt(0) == right.charAt(1)
				&& wrong.charAt(1) == right.charAt(0) && wrong.substring(2).equals(right.substring(2));
		return wrong.chars().allMatch(Character::isLetterOrDigit) && (isSwapped || rest(wrong).equals(right)
				|| rest(right).equals(wrong) || rest(wrong).equals(rest(right)));
	}

	private static String rest(String text) {
		return text.isEmpty() ? text : text.substring(1);
	}

}
