package dev.samara.placeholder;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.samara.Internal;

/**
 * A text whose placeholders have been replaced.
 *
 * @since 0.1.0
 */
@Internal
public final class FilledText {

	private final String text;

	private final SourceMap map;

	private final List<PlaceholderProblem> problems;

	private final Map<String, String> used;

	FilledText(String text, SourceMap map, List<PlaceholderProblem> problems, Map<String, String> used) {
		this.text = text;
		this.map = map;
		this.problems = List.copyOf(problems);
		this.used = Map.copyOf(used);
	}

	/**
	 * Take a text as it is.
	 * @param text the text
	 * @return the text, nothing of which is a placeholder
	 */
	public static FilledText of(String text) {
		return new FilledText(text, SourceMap.NONE, List.of(), Map.of());
	}

	/**
	 * Return the text with values.
	 * @return the text; placeholders that something is wrong with are still in it
	 */
	public String text() {
		return this.text;
	}

	/**
	 * Return where a character comes from.
	 * @param offset its index in this text, in UTF-16 units
	 * @return its index in the text with placeholders; for a character of a value where
	 * the placeholder begins
	 */
	public int toSource(int offset) {
		return this.map.toSource(offset);
	}

	/**
	 * Return whether places of this text are places of the text with placeholders.
	 * @return whether nothing was replaced
	 */
	public boolean isAsWritten() {
		return this.map.isEmpty();
	}

	/**
	 * Return whose value a character belongs to.
	 * @param offset its index in this text, in UTF-16 units
	 * @return the name of the placeholder; empty outside of values
	 */
	public Optional<String> nameAt(int offset) {
		return this.map.nameAt(offset);
	}

	/**
	 * Return what is wrong.
	 * @return the problems in the order of the text
	 */
	public List<PlaceholderProblem> problems() {
		return this.problems;
	}

	/**
	 * Return the configured values that were put in, those that came of a default as
	 * well. Built-in ones are left out.
	 * @return the values by name
	 */
	public Map<String, String> used() {
		return this.used;
	}

	/** Without the text, which may hold secret values. */
	@Override
	public String toString() {
		return "FilledText[" + this.text.length() + " characters]";
	}

}
