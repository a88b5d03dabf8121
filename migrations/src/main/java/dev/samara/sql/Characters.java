package dev.samara.sql;

/**
 * Classes of characters as PostgreSQL's lexer knows them. It sees bytes: every byte of a
 * character beyond ASCII may stand in an identifier, the no-break space included.
 */
final class Characters {

	static final char BYTE_ORDER_MARK = '\uFEFF';

	private Characters() {
	}

	static boolean isSpace(char c) {
		return c == ' ' || (c >= '\t' && c <= '\r');
	}

	static boolean isLineEnd(char c) {
		return c == '\n' || c == '\r';
	}

	static boolean isDigit(char c) {
		return c >= '0' && c <= '9';
	}

	static boolean isIdentifierStart(char c) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
	}

	/** A character of a dollar quote's tag or of a number, after the first. */
	static boolean isTagPart(char c) {
		return isIdentifierStart(c) || isDigit(c);
	}

	static boolean isIdentifierPart(char c) {
		return isTagPart(c) || c == '$';
	}

	static boolean isOperator(char c) {
		return switch (c) {
			case '~', '!', '@', '#', '^', '&', '|', '`', '?', '+', '-', '*', '/', '%', '<', '>', '=' -> true;
			default -> false;
		};
	}

	/** An operator that ends in a sign is one token only if it has one of these. */
	static boolean letsOperatorEndInSign(char c) {
		return switch (c) {
			case '~', '!', '@', '#', '^', '&', '|', '`', '?', '%' -> true;
			default -> false;
		};
	}

	/** The server folds names as this does: letters beyond ASCII stay as they are. */
	static String toLowerCase(String word) {
		StringBuilder folded = new StringBuilder(word.length());
		for (int i = 0; i < word.length(); i++) {
			char c = word.charAt(i);
			folded.append((c >= 'A' && c <= 'Z') ? (char) (c + 0x20) : c);
		}
		return folded.toString();
	}

	static boolean isPunctuation(char c) {
		return switch (c) {
			case ',', '.', ';', ':', '(', ')', '[', ']' -> true;
			default -> false;
		};
	}

}
