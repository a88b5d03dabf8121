package dev.samara.seed.data;

import java.util.Map;
import java.util.stream.Collectors;

import dev.samara.seed.data.DataValue.Entries;
import dev.samara.seed.data.DataValue.Items;
import dev.samara.seed.data.DataValue.Null;
import dev.samara.seed.data.DataValue.Scalar;

/**
 * Writes values as PostgreSQL reads them. Pure.
 */
final class ValueText {

	private ValueText() {
	}

	/**
	 * Write a value as JSON.
	 */
	static String json(DataValue value) {
		if (value instanceof Scalar scalar) {
			return scalar.isText() ? quotedJson(scalar.text()) : scalar.text();
		}
		if (value instanceof Items items) {
			return items.items().stream().map(ValueText::json).collect(Collectors.joining(",", "[", "]"));
		}
		if (value instanceof Entries entries) {
			return entries.entries()
				.entrySet()
				.stream()
				.map((entry) -> quotedJson(entry.getKey()) + ":" + json(entry.getValue()))
				.collect(Collectors.joining(",", "{", "}"));
		}
		return "null";
	}

	/**
	 * Return whether JSON cannot write a value as it is: its reader would see another
	 * type.
	 */
	static boolean isForeignToJson(DataValue value) {
		if (value instanceof Items items) {
			return items.items().stream().anyMatch(ValueText::isForeignToJson);
		}
		if (value instanceof Entries entries) {
			return entries.entries().values().stream().anyMatch(ValueText::isForeignToJson);
		}
		return value instanceof Scalar scalar && scalar.isForeign();
	}

	/**
	 * Write a list as the literal of an array.
	 * @param isJson whether the elements are JSON
	 */
	static String array(Items list, boolean isJson) {
		return list.items().stream().map((item) -> element(item, isJson)).collect(Collectors.joining(",", "{", "}"));
	}

	private static String element(DataValue item, boolean isJson) {
		if (item instanceof Null) {
			return "NULL";
		}
		if (item instanceof Items items && !isJson) {
			return array(items, false);
		}
		boolean isLiteral = item instanceof Scalar || !isJson;
		String text = (isLiteral && item instanceof Scalar scalar) ? scalar.text() : json(item);
		return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

	private static final Map<Character, String> ESCAPES = Map.of('"', "\\\"", '\\', "\\\\", '\n', "\\n", '\r', "\\r",
			'\t', "\\t", '\b', "\\b", '\f', "\\f");

	private static String quotedJson(String text) {
		StringBuilder json = new StringBuilder(text.length() + 2).append('"');
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			String escape = ESCAPES.get(c);
			if (escape != null) {
				json.append(escape);
			}
			else if (c < ' ') {
				json.append("\\u%04x".formatted((int) c));
			}
			else {
				json.append(c);
			}
		}
		return json.append('"').toString();
	}

}
