package dev.samara.schema;

import org.jspecify.annotations.Nullable;

import dev.samara.schema.SchemaDifference.Change;

/**
 * Writes objects and changes as single lines. Of long definitions it shows the place
 * where they differ.
 */
final class DefinitionText {

	private static final int LENGTH = 120;

	private static final int CONTEXT = 20;

	private static final String CUT = "…";

	private DefinitionText() {
	}

	static String line(String sign, SchemaObject object) {
		String definition = (object.definition() != null) ? excerpt(oneLine(object.definition()), 0) : "";
		return sign + " " + oneLine(object.identity()) + (definition.isEmpty() ? "" : ": " + definition);
	}

	static String line(Change change) {
		String identity = "~ " + oneLine(change.identity());
		String before = change.before().definition();
		String after = change.after().definition();
		if (before == null || after == null) {
			return identity + ": " + onlyOne(before, after);
		}
		String from = oneLine(before);
		String to = oneLine(after);
		if (from.equals(to)) {
			return identity + ": white space only";
		}
		int start = (Math.max(from.length(), to.length()) > LENGTH) ? commonLength(from, to) - CONTEXT : 0;
		return identity + ": " + excerpt(from, start) + " -> " + excerpt(to, start);
	}

	private static String onlyOne(@Nullable String before, @Nullable String after) {
		if (before == null && after == null) {
			return "changed";
		}
		return (before != null) ? "was " + excerpt(oneLine(before), 0) : "is " + excerpt(oneLine(after), 0);
	}

	private static int commonLength(String first, String second) {
		int end = Math.min(first.length(), second.length());
		int length = 0;
		while (length < end && first.charAt(length) == second.charAt(length)) {
			length++;
		}
		return length;
	}

	private static String excerpt(String text, int start) {
		int begin = Math.max(0, Math.min(start, text.length() - CONTEXT));
		int end = Math.min(text.length(), begin + LENGTH);
		return ((begin > 0) ? CUT : "") + text.substring(begin, end) + ((end < text.length()) ? CUT : "");
	}

	private static String oneLine(@Nullable String text) {
		return (text != null) ? text.strip().replaceAll("\\s+", " ") : "";
	}

}
