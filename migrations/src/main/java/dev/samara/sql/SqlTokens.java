package dev.samara.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;

/**
 * The significant tokens of one statement, read only as far as somebody looks. Every
 * position is allowed; beyond the last token there is nothing that matches. Not
 * thread-safe.
 *
 * @since 0.1.0
 */
@Internal
public final class SqlTokens {

	private final SqlLexer lexer;

	private final List<SqlToken> read = new ArrayList<>();

	private boolean exhausted;

	SqlTokens(String text, int start, int end, boolean standardStrings) {
		this.lexer = new SqlLexer(text, start, end, standardStrings);
	}

	/**
	 * Look at the tokens of a statement.
	 * @param statement the text
	 * @return its tokens, with offsets relative to the text
	 */
	public static SqlTokens of(String statement) {
		return new SqlTokens(statement, 0, statement.length(), hasStandardStrings(statement));
	}

	static SqlTokens withStandardStrings(String text) {
		return new SqlTokens(text, 0, text.length(), true);
	}

	/** A statement that was cut under the other setting rarely fits this one. */
	private static boolean hasStandardStrings(String statement) {
		if (statement.indexOf('\\') < 0) {
			return true;
		}
		try {
			SqlLexer lexer = new SqlLexer(statement, 0, statement.length(), true);
			boolean more = lexer.next();
			while (more) {
				more = lexer.next();
			}
			return true;
		}
		catch (SqlSyntaxException ex) {
			return false;
		}
	}

	/**
	 * Return a token.
	 * @param index its position, counted from 0
	 * @return the token, or {@code null} beyond the last
	 */
	public @Nullable SqlToken get(int index) {
		while (!this.exhausted && this.read.size() <= index) {
			if (this.lexer.next()) {
				this.read.add(this.lexer.token());
			}
			else {
				this.exhausted = true;
			}
		}
		return (index < this.read.size()) ? this.read.get(index) : null;
	}

	/**
	 * Return all tokens.
	 * @return the tokens in order, the closing semicolon included
	 */
	public List<SqlToken> all() {
		int index = this.read.size();
		while (get(index) != null) {
			index++;
		}
		return List.copyOf(this.read);
	}

	/**
	 * Whether the token at a position is one of some words.
	 * @param index the position, counted from 0
	 * @param words the words, in any case
	 * @return {@code false} for everything quoted, and beyond the last token
	 */
	public boolean isWord(int index, String... words) {
		SqlToken token = get(index);
		if (token == null || token.kind() != SqlToken.Kind.WORD) {
			return false;
		}
		for (String word : words) {
			if (token.isWord(word)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether words stand next to each other.
	 * @param index the position of the first, counted from 0
	 * @param words the words, in any case
	 * @return {@code false} if one is missing or quoted
	 */
	public boolean startsWith(int index, String... words) {
		for (int i = 0; i < words.length; i++) {
			if (!isWord(index + i, words[i])) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Whether the token at a position is an operator or punctuation mark.
	 * @param index the position, counted from 0
	 * @param symbol the characters
	 * @return {@code false} beyond the last token
	 */
	public boolean isSymbol(int index, String symbol) {
		SqlToken token = get(index);
		return token != null && token.isSymbol(symbol);
	}

	/**
	 * Whether nothing but a semicolon is left.
	 * @param index the position, counted from 0
	 * @return {@code true} at the end of the statement
	 */
	public boolean isEnd(int index) {
		return get(index) == null || isSymbol(index, ";");
	}

	/**
	 * Pass over a name with its qualifiers.
	 * @param index the position of its first part, counted from 0
	 * @return the position after the name; the same one if no name stands there
	 */
	public int afterName(int index) {
		int next = index;
		while (isName(next)) {
			if (!isSymbol(next + 1, ".")) {
				return next + 1;
			}
			next += 2;
		}
		return index;
	}

	/**
	 * Return the words a statement begins with.
	 * @param count how many at most
	 * @return the words in upper case, up to the first that is no key word or plain name
	 */
	public String firstWords(int count) {
		StringBuilder words = new StringBuilder();
		for (int i = 0; i < count && isWordAt(i); i++) {
			SqlToken token = get(i);
			words.append((i > 0) ? " " : "").append((token != null) ? token.text().toUpperCase(Locale.ROOT) : "");
		}
		return words.toString();
	}

	private boolean isWordAt(int index) {
		SqlToken token = get(index);
		return token != null && token.kind() == SqlToken.Kind.WORD;
	}

	/**
	 * Return a name with its qualifiers as it is written.
	 * @param index the position of its first part, counted from 0
	 * @return the name without white space; empty if no name stands there
	 */
	String nameAt(int index) {
		StringBuilder name = new StringBuilder();
		int end = afterName(index);
		for (int i = index; i < end; i++) {
			SqlToken token = get(i);
			name.append((token != null) ? token.text() : "");
		}
		return name.toString();
	}

	/**
	 * Pass over everything between parentheses.
	 * @param index the position of the opening one, counted from 0
	 * @return the position after the closing one; the same one if none opens there
	 */
	public int afterParentheses(int index) {
		if (!isSymbol(index, "(")) {
			return index;
		}
		int depth = 0;
		int next = index;
		do {
			if (isSymbol(next, "(")) {
				depth++;
			}
			else if (isSymbol(next, ")")) {
				depth--;
			}
			next++;
		}
		while (depth > 0 && get(next) != null);
		return next;
	}

	private boolean isName(int index) {
		SqlToken token = get(index);
		return token != null && token.isName();
	}

}
