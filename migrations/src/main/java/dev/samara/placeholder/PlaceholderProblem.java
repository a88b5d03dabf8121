package dev.samara.placeholder;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;

/**
 * What is wrong with a placeholder.
 *
 * @param offset where it begins in the text with placeholders, in UTF-16 units
 * @param message what is wrong, without the place
 * @param remedy what to do about it
 * @param unknown the name that has no value here, with a colon if it is one of Flyway's;
 * {@code null} if something else is wrong
 * @param known the names that have one
 * @since 0.1.0
 */
@Internal
public record PlaceholderProblem(int offset, String message, String remedy, @Nullable String unknown,
		List<String> known) {

	/**
	 * Create a problem.
	 */
	public PlaceholderProblem {
		known = List.copyOf(known);
	}

	PlaceholderProblem(int offset, String message, String remedy) {
		this(offset, message, remedy, null, List.of());
	}

}
