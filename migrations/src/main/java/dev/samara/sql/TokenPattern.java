package dev.samara.sql;

import java.util.List;

/**
 * The first words of a statement, as a manual would write them.
 * <ul>
 * <li>{@code WORD} and {@code ONE|OTHER} are key words;</li>
 * <li>{@code [WORD]} and {@code [ONE|OTHER]} may be missing;</li>
 * <li>{@code <name>} is a name with or without qualifiers;</li>
 * <li>{@code (..)} is a list in parentheses, which may be missing;</li>
 * <li>{@code .} is the end of the statement.</li>
 * </ul>
 */
final class TokenPattern {

	static final int NO_MATCH = -1;

	private final List<Element> elements;

	TokenPattern(String pattern) {
		this.elements = List.of(pattern.split(" ")).stream().map(Element::of).toList();
	}

	/** The words one of which a statement must begin with to match. */
	List<String> firstWords() {
		return List.of(this.elements.get(0).words());
	}

	/**
	 * Compare with a statement.
	 * @param tokens its tokens
	 * @return the position after what matched, or {@link #NO_MATCH}
	 */
	int match(SqlTokens tokens) {
		int index = 0;
		for (Element element : this.elements) {
			int next = element.match(tokens, index);
			if (next == NO_MATCH) {
				return NO_MATCH;
			}
			index = next;
		}
		return index;
	}

	private enum Kind {

		WORD, OPTIONAL_WORD, NAME, PARENTHESES, END

	}

	private record Element(Kind kind, String... words) {

		static Element of(String text) {
			return switch (text) {
				case "<name>" -> new Element(Kind.NAME);
				case "(..)" -> new Element(Kind.PARENTHESES);
				case "." -> new Element(Kind.END);
				default -> text.startsWith("[")
						? new Element(Kind.OPTIONAL_WORD, text.substring(1, text.length() - 1).split("\\|"))
						: new Element(Kind.WORD, text.split("\\|"));
			};
		}

		int match(SqlTokens tokens, int index) {
			return switch (this.kind) {
				case WORD -> tokens.isWord(index, this.words) ? index + 1 : NO_MATCH;
				case OPTIONAL_WORD -> tokens.isWord(index, this.words) ? index + 1 : index;
				case NAME -> {
					int next = tokens.afterName(index);
					yield (next > index) ? next : NO_MATCH;
				}
				case PARENTHESES -> tokens.afterParentheses(index);
				case END -> tokens.isEnd(index) ? index : NO_MATCH;
			};
		}

	}

}
