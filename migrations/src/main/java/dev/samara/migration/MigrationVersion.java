package dev.samara.migration;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Version of a migration: numbers separated by dots or underscores. Versions compare
 * number by number, so that {@code 2} comes before {@code 10} and {@code 1.2} before
 * {@code 1.10}; leading zeros do not count, nor do zeros at the end: {@code 1} is
 * {@code 1.0}.
 *
 * @since 0.1.0
 */
public final class MigrationVersion implements Comparable<MigrationVersion> {

	private static final Pattern FORMAT = Pattern.compile("\\d+([._]\\d+)*");

	private final String text;

	private final List<String> parts;

	private MigrationVersion(String text, List<String> parts) {
		this.text = text;
		this.parts = parts;
	}

	/**
	 * Parse a version.
	 * @param text for example {@code 001}, {@code 1.2}, {@code 1_2} or
	 * {@code 20260115103000}
	 * @return the version
	 * @throws IllegalArgumentException if the text is not a version
	 */
	public static MigrationVersion of(String text) {
		if (!FORMAT.matcher(text).matches()) {
			throw new IllegalArgumentException(
					"\"" + text + "\" is not a version: it must be numbers separated by dots");
		}
		String dotted = text.replace('_', '.');
		List<String> parts = new ArrayList<>();
		for (String part : dotted.split("\\.")) {
			parts.add(withoutLeadingZeros(part));
		}
		while (parts.size() > 1 && parts.get(parts.size() - 1).equals("0")) {
			parts.remove(parts.size() - 1);
		}
		return new MigrationVersion(dotted, List.copyOf(parts));
	}

	/**
	 * Return the next version of the same shape: the last number plus one.
	 * @return the version
	 */
	public MigrationVersion next() {
		int dot = this.text.lastIndexOf('.');
		String last = this.text.substring(dot + 1);
		String next = new BigInteger(last).add(BigInteger.ONE).toString();
		return of(this.text.substring(0, dot + 1) + "0".repeat(Math.max(0, last.length() - next.length())) + next);
	}

	private static String withoutLeadingZeros(String number) {
		int start = 0;
		while (start < number.length() - 1 && number.charAt(start) == '0') {
			start++;
		}
		return number.substring(start);
	}

	@Override
	public int compareTo(MigrationVersion other) {
		for (int i = 0; i < Math.max(this.parts.size(), other.parts.size()); i++) {
			int compared = compare(part(i), other.part(i));
			if (compared != 0) {
				return compared;
			}
		}
		return 0;
	}

	/** Without zeros in front the longer number is the greater one. */
	private static int compare(String one, String other) {
		return (one.length() != other.length()) ? Integer.compare(one.length(), other.length()) : one.compareTo(other);
	}

	private String part(int index) {
		return (index < this.parts.size()) ? this.parts.get(index) : "0";
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof MigrationVersion version && this.parts.equals(version.parts);
	}

	@Override
	public int hashCode() {
		return this.parts.hashCode();
	}

	/**
	 * Return the version as it was written, with dots.
	 */
	@Override
	public String toString() {
		return this.text;
	}

}
