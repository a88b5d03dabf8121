package dev.samara.seed.check;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.samara.Internal;

/**
 * How many rows there are to be.
 *
 * @param comparison how the number is compared
 * @param rows the number
 * @since 0.1.0
 */
@Internal
public record Expectation(Comparison comparison, long rows) {

	/** No rows at all. */
	public static final Expectation NOTHING = new Expectation(Comparison.EXACTLY, 0);

	private static final Pattern FORM = Pattern.compile("(=|>=|<=)?\\s*(\\d{1,18})");

	/**
	 * Read an expectation.
	 * @param text {@code 12}, {@code = 12}, {@code >= 12} or {@code <= 12}
	 * @return the expectation, empty if the text is none
	 */
	public static Optional<Expectation> parse(String text) {
		Matcher matcher = FORM.matcher(text.strip());
		if (!matcher.matches()) {
			return Optional.empty();
		}
		Comparison comparison = ">=".equals(matcher.group(1)) ? Comparison.AT_LEAST
				: "<=".equals(matcher.group(1)) ? Comparison.AT_MOST : Comparison.EXACTLY;
		return Optional.of(new Expectation(comparison, Long.parseLong(matcher.group(2))));
	}

	boolean isMetBy(long found) {
		return switch (this.comparison) {
			case EXACTLY -> found == this.rows;
			case AT_LEAST -> found >= this.rows;
			case AT_MOST -> found <= this.rows;
		};
	}

	@Override
	public String toString() {
		String rows = (this.rows == 0) ? "no rows" : this.rows + ((this.rows == 1) ? " row" : " rows");
		return switch (this.comparison) {
			case EXACTLY -> rows;
			case AT_LEAST -> "at least " + rows;
			case AT_MOST -> "at most " + rows;
		};
	}

	/**
	 * How a number is compared.
	 */
	public enum Comparison {

		/** Just so many. */
		EXACTLY,

		/** So many or more. */
		AT_LEAST,

		/** So many or fewer. */
		AT_MOST

	}

}
