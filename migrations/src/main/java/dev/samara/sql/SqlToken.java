package dev.samara.sql;

import dev.samara.Internal;

/**
 * A significant piece of SQL text: anything but white space and comments.
 *
 * @param kind what it is
 * @param source the text it stands in
 * @param start index of its first character in the source, in UTF-16 units
 * @param end index after its last character in the source
 * @since 0.1.0
 */
@Internal
public record SqlToken(Kind kind, String source, int start, int end) {

	/**
	 * Return the token as it is written.
	 * @return the text, quotes included
	 */
	public String text() {
		return this.source.substring(this.start, this.end);
	}

	/**
	 * Whether this is the given key word, or an unquoted identifier of that name.
	 * @param word the word, in any case
	 * @return {@code false} for everything quoted
	 */
	public boolean isWord(String word) {
		return this.kind == Kind.WORD && hasText(word);
	}

	/**
	 * Whether this is the given operator or punctuation mark.
	 * @param symbol the characters
	 * @return {@code false} for everything quoted
	 */
	public boolean isSymbol(String symbol) {
		return (this.kind == Kind.OPERATOR || this.kind == Kind.PUNCTUATION) && hasText(symbol);
	}

	/**
	 * Whether this can stand where PostgreSQL expects a name.
	 * @return {@code true} for words and quoted identifiers
	 */
	public boolean isName() {
		return this.kind == Kind.WORD || this.kind == Kind.QUOTED_IDENTIFIER;
	}

	/**
	 * Return what the token means to PostgreSQL: a word in lower case, as the server
	 * folds it; an identifier or literal without its quotes. A literal continued on
	 * another line is put together. The escapes of <code>E'…'</code> and
	 * <code>U&amp;'…'</code> are kept, as are those of an identifier that names its
	 * escape character.
	 * @return the value
	 */
	public String value() {
		return switch (this.kind) {
			case WORD -> Characters.toLowerCase(text());
			case QUOTED_IDENTIFIER -> QuotedValue.identifier(this.source, this.start, this.end);
			case STRING -> QuotedValue.literal(this.source, this.start, this.end);
			default -> text();
		};
	}

	private boolean hasText(String expected) {
		return this.end - this.start == expected.length()
				&& this.source.regionMatches(true, this.start, expected, 0, expected.length());
	}

	@Override
	public String toString() {
		return this.kind + " " + text();
	}

	/**
	 * What a token is.
	 */
	public enum Kind {

		/** A key word or an unquoted identifier. */
		WORD,

		/** <code>"…"</code> or <code>U&amp;"…"</code>. */
		QUOTED_IDENTIFIER,

		/** A literal in single quotes, of any kind, or in dollar quotes. */
		STRING,

		/** A numeric literal. */
		NUMBER,

		/** {@code $1}. */
		PARAMETER,

		/** One or more operator characters, {@code ::}, {@code :=} or {@code ..}. */
		OPERATOR,

		/** One of <code>, . ; : ( ) [ ]</code>. */
		PUNCTUATION,

		/** A backslash, which begins a command of {@code psql}. */
		BACKSLASH,

		/** A character that means nothing to PostgreSQL. */
		OTHER

	}

}
