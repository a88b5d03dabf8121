package dev.samara.execution;

import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.samara.postgres.ServerError;
import dev.samara.script.FilledScript;
import dev.samara.script.ScriptFilling;

/**
 * Syntax errors of the server that have to do with placeholders.
 */
final class PlaceholderErrors {

	private static final String SYNTAX_ERROR = "42601";

	private PlaceholderErrors() {
	}

	/**
	 * Hide what the server quotes of a value: the word it stands at.
	 * @param offset where the error is in the text that was run
	 */
	static ServerError hide(ServerError error, FilledScript script, int offset) {
		String name = SYNTAX_ERROR.equals(error.sqlState()) ? script.filled().nameAt(offset).orElse(null) : null;
		return (name == null) ? error : new ServerError(error.sqlState(),
				"syntax error in the value of placeholder \"" + name + "\"", null, null, error.position());
	}

	/**
	 * Say what to do about the value of a placeholder, or about one that is text, since
	 * nobody has switched placeholders on.
	 * @return the remedy, or {@code null} if the error is another one
	 */
	static @Nullable String remedy(ServerError error, FilledScript script, int offset) {
		ScriptFilling filling = script.script().filling();
		String name = SYNTAX_ERROR.equals(error.sqlState()) ? script.filled().nameAt(offset).orElse(null) : null;
		if (name != null) {
			boolean isConfigured = !filling.key().isEmpty() && !name.startsWith("samara.");
			return "Correct the value" + (isConfigured ? " of " + filling.key() + name : "")
					+ ", or what stands around the placeholder, and start again.";
		}
		String prefix = filling.placeholders().prefix();
		return SYNTAX_ERROR.equals(error.sqlState()) && !filling.isOn() && isIn(prefix, script.text(), offset)
				? "If " + prefix + " is to begin a placeholder, put \"-- samara: placeholders=on\" at the top of "
						+ script.script().path() + ", or switch them on in all files with "
						+ filling.switchKey().map((key) -> key + "=true").orElse("the settings") + "."
				: null;
	}

	/** A word that ends in a dollar sign is none to the server. */
	private static boolean isIn(String prefix, String text, int offset) {
		return IntStream.range(0, prefix.length())
			.anyMatch((index) -> offset >= index && text.startsWith(prefix, offset - index));
	}

}
