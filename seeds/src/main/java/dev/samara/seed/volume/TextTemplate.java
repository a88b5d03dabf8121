package dev.samara.seed.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.samara.seed.data.Nearest;

/**
 * A text with the number of the row, <code>{row}</code> or <code>{row:6}</code> with
 * leading zeros, and values of columns that stand above, <code>{email}</code>. Two braces
 * are one that means nothing.
 *
 * @param parts what it consists of
 */
record TextTemplate(List<Part> parts) implements ColumnValues {

	private static final Pattern TOKEN = Pattern.compile("\\{\\{|}}|\\{([^{}]*)}|[{}]|[^{}]+");

	private static final Pattern ROW = Pattern.compile("row(?::([1-9]|1\\d))?");

	TextTemplate {
		parts = List.copyOf(parts);
	}

	/**
	 * Read a template.
	 * @param columns the columns that stand above
	 * @throws IllegalArgumentException if it cannot be read; the message says why
	 */
	static TextTemplate parse(String text, List<String> columns) {
		List<Part> parts = new ArrayList<>();
		Matcher matcher = TOKEN.matcher(text);
		while (matcher.find()) {
			String token = matcher.group();
			if (matcher.group(1) != null) {
				parts.add(named(matcher.group(1).strip(), columns));
			}
			else if (token.equals("{") || token.equals("}")) {
				throw new IllegalArgumentException(
						"The text has a brace without its other half. Write two for one: " + token + token + ".");
			}
			else {
				String plain = (token.equals("{{") || token.equals("}}")) ? token.substring(1) : token;
				parts.add((row, target) -> target.append(plain));
			}
		}
		return new TextTemplate(parts);
	}

	private static Part named(String name, List<String> columns) {
		Matcher number = ROW.matcher(name);
		if (number.matches()) {
			int digits = (number.group(1) != null) ? Integer.parseInt(number.group(1)) : 1;
			return (row, target) -> {
				String text = Long.toString(row.number());
				target.append("0".repeat(Math.max(digits - text.length(), 0))).append(text);
			};
		}
		int column = columns.indexOf(name);
		if (column < 0) {
			List<String> known = new ArrayList<>(columns);
			known.add("row");
			throw new IllegalArgumentException("{" + name + "} means nothing here. " + Nearest.question(name, known)
					+ "Known are " + String.join(", ", known) + ": the row's number, and columns that stand above.");
		}
		return (row, target) -> {
			String value = row.valueOf(column);
			target.append((value != null) ? value : "");
		};
	}

	@Override
	public String value(Row row, Dice dice) {
		StringBuilder text = new StringBuilder();
		this.parts.forEach((part) -> part.append(row, text));
		return text.toString();
	}

	/**
	 * A part of the text.
	 */
	interface Part {

		void append(Row row, StringBuilder target);

	}

}
