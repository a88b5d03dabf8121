package dev.samara.sql;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Follows {@code standard_conforming_strings} through a script: with it off, a backslash
 * in a plain literal is an escape character. Old dumps begin by turning it off.
 */
final class LiteralSyntax {

	private static final String SETTING = "standard_conforming_strings";

	private static final List<String> CHANGING = List.of("SET", "RESET", "DISCARD");

	private boolean session = true;

	private @Nullable Boolean local;

	boolean hasStandardStrings() {
		return (this.local != null) ? this.local : this.session;
	}

	/**
	 * Take note of a statement.
	 * @param tokens its tokens
	 * @param use what it means for a transaction; the end of one drops a local setting
	 */
	void after(SqlTokens tokens, TransactionUse use) {
		if (use == TransactionUse.COMMITS || use == TransactionUse.ENDS) {
			this.local = null;
		}
		else if (changes(tokens)) {
			boolean standard = tokens.isWord(0, "RESET", "DISCARD") || !OptionList.isFalse(assigned(tokens));
			if (tokens.isWord(1, "LOCAL")) {
				this.local = standard;
			}
			else {
				this.session = standard;
				this.local = null;
			}
		}
	}

	/** A first look that reads no tokens. */
	static boolean mayBeChangedBy(String statement) {
		for (String word : CHANGING) {
			if (statement.regionMatches(true, 0, word, 0, word.length())) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether a statement may change how the server reads the literals after it.
	 * @param tokens its tokens
	 * @return {@code true} whatever the value is
	 */
	static boolean changes(SqlTokens tokens) {
		if (tokens.isWord(0, "DISCARD", "RESET") && tokens.isWord(1, "ALL")) {
			return true;
		}
		if (!tokens.isWord(0, "SET", "RESET")) {
			return false;
		}
		SqlToken name = tokens.get(tokens.isWord(1, "SESSION", "LOCAL") ? 2 : 1);
		return name != null && name.isName() && name.value().equalsIgnoreCase(SETTING);
	}

	private static String assigned(SqlTokens tokens) {
		SqlToken value = tokens.get(tokens.isWord(1, "SESSION", "LOCAL") ? 4 : 3);
		return (value != null) ? value.value() : "";
	}

}
