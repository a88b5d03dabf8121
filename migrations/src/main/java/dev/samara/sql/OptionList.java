package dev.samara.sql;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Options in parentheses: <code>(CONCURRENTLY, TABLESPACE fast)</code>,
 * <code>(create_slot = false)</code>. The last of two with the same name counts. An
 * option without a value is on.
 */
final class OptionList {

	private final Map<String, String> values = new LinkedHashMap<>();

	/**
	 * Read the options.
	 * @param tokens the tokens of the statement
	 * @param index the position of the opening parenthesis; where none is, there are no
	 * options
	 */
	OptionList(SqlTokens tokens, int index) {
		int end = tokens.afterParentheses(index) - 1;
		for (int i = index + 1; i < end; i++) {
			SqlToken name = tokens.get(i);
			StringBuilder value = new StringBuilder();
			for (i++; i < end && !tokens.isSymbol(i, ","); i++) {
				SqlToken part = tokens.get(i);
				if (part != null && !part.isSymbol("=")) {
					value.append(part.value());
				}
			}
			if (name != null) {
				this.values.put(name.value(), value.toString().toLowerCase(Locale.ROOT));
			}
		}
	}

	boolean has(String name) {
		return this.values.containsKey(name);
	}

	boolean isOn(String name) {
		return has(name) && !isOff(name);
	}

	boolean isOff(String name) {
		return isFalse(this.values.getOrDefault(name, "on"));
	}

	boolean hasValue(String name, String value) {
		return value.equals(this.values.get(name));
	}

	/** What PostgreSQL takes for a false boolean: prefixes that can mean nothing else. */
	static boolean isFalse(String value) {
		return switch (value.toLowerCase(Locale.ROOT)) {
			case "off", "of", "0", "false", "fals", "fal", "fa", "f", "no", "n" -> true;
			default -> false;
		};
	}

}
