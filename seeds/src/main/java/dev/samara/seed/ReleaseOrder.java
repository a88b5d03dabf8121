package dev.samara.seed;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * How the version of one release compares to that of another. Only the numbers count:
 * {@code 1.10} is newer than {@code v1.9.3-rc1}, and a qualifier such as
 * {@code -SNAPSHOT} decides nothing. Pure.
 */
enum ReleaseOrder {

	/** The first release is older. */
	OLDER,

	/** The first release is newer. */
	NEWER,

	/** A version is not known or has no numbers, or both have the same. */
	UNKNOWN;

	private static final Pattern VERSION = Pattern.compile("[vV]?(\\d+(?:\\.\\d+)*)(?:[-+._].*)?");

	/**
	 * Compare two versions.
	 * @param version that of the first release, or {@code null}
	 * @param other that of the second one, or {@code null}
	 */
	static ReleaseOrder of(@Nullable String version, @Nullable String other) {
		Optional<List<BigInteger>> numbers = numbers(version);
		Optional<List<BigInteger>> others = numbers(other);
		if (numbers.isEmpty() || others.isEmpty()) {
			return UNKNOWN;
		}
		int order = compare(numbers.get(), others.get());
		if (order == 0) {
			return UNKNOWN;
		}
		return (order < 0) ? OLDER : NEWER;
	}

	private static Optional<List<BigInteger>> numbers(@Nullable String version) {
		Matcher matcher = VERSION.matcher((version != null) ? version.strip() : "");
		if (!matcher.matches()) {
			return Optional.empty();
		}
		List<BigInteger> numbers = new ArrayList<>();
		for (String number : matcher.group(1).split("\\.", -1)) {
			numbers.add(new BigInteger(number));
		}
		return Optional.of(numbers);
	}

	private static int compare(List<BigInteger> numbers, List<BigInteger> others) {
		for (int i = 0; i < Math.max(numbers.size(), others.size()); i++) {
			int order = part(numbers, i).compareTo(part(others, i));
			if (order != 0) {
				return order;
			}
		}
		return 0;
	}

	private static BigInteger part(List<BigInteger> numbers, int index) {
		return (index < numbers.size()) ? numbers.get(index) : BigInteger.ZERO;
	}

}
