package dev.samara.sql;

/**
 * Finds where quoted text ends. Every method returns the index after the closing quote,
 * or {@link #UNTERMINATED}.
 */
final class QuotedText {

	static final int UNTERMINATED = -1;

	private QuotedText() {
	}

	/**
	 * Find the end of a literal in single quotes, with the parts that continue it after a
	 * line end; the kind of the first part holds for all.
	 * @param text the text
	 * @param from index after the opening quote
	 * @param limit where the text ends
	 * @param backslashEscapes whether a backslash takes the meaning from what follows
	 * @return the index after the last closing quote
	 */
	static int endOfLiteral(String text, int from, int limit, boolean backslashEscapes) {
		int end = endOfPart(text, from, limit, backslashEscapes);
		while (end != UNTERMINATED) {
			int next = startOfContinuation(text, end, limit);
			if (next == UNTERMINATED) {
				return end;
			}
			end = endOfPart(text, next, limit, backslashEscapes);
		}
		return UNTERMINATED;
	}

	static int endOfPart(String text, int from, int limit, boolean backslashEscapes) {
		if (!backslashEscapes) {
			return endOfDoubling(text, from, limit, '\'');
		}
		for (int i = from; i < limit; i++) {
			char c = text.charAt(i);
			if (c == '\\') {
				i++;
			}
			else if (c == '\'') {
				if (i + 1 == limit || text.charAt(i + 1) != '\'') {
					return i + 1;
				}
				i++;
			}
		}
		return UNTERMINATED;
	}

	/**
	 * Find the end of text in which the quote itself is written twice.
	 * @param text the text
	 * @param from index after the opening quote
	 * @param limit where the text ends
	 * @param quote the quote
	 * @return the index after the closing quote
	 */
	static int endOfDoubling(String text, int from, int limit, char quote) {
		int i = text.indexOf(quote, from);
		while (i >= 0 && i < limit) {
			if (i + 1 == limit || text.charAt(i + 1) != quote) {
				return i + 1;
			}
			i = text.indexOf(quote, i + 2);
		}
		return UNTERMINATED;
	}

	/** White space and line comments between two parts must hold a line end. */
	static int startOfContinuation(String text, int from, int limit) {
		boolean lineEnd = false;
		int i = from;
		while (i < limit) {
			char c = text.charAt(i);
			if (Characters.isSpace(c)) {
				lineEnd |= Characters.isLineEnd(c);
				i++;
			}
			else if (UnquotedText.startsLineComment(text, i, limit)) {
				i = UnquotedText.endOfLine(text, i, limit);
			}
			else {
				return (lineEnd && c == '\'') ? i + 1 : UNTERMINATED;
			}
		}
		return UNTERMINATED;
	}

	/**
	 * Find the end of a comment; comments nest.
	 * @param text the text
	 * @param start index of the slash that opens it
	 * @param limit where the text ends
	 * @return the index after the comment
	 */
	static int endOfBlockComment(String text, int start, int limit) {
		int depth = 1;
		int i = start + 2;
		while (i + 1 < limit) {
			char c = text.charAt(i);
			char next = text.charAt(i + 1);
			if (c == '/' && next == '*') {
				depth++;
				i += 2;
			}
			else if (c == '*' && next == '/') {
				depth--;
				i += 2;
				if (depth == 0) {
					return i;
				}
			}
			else {
				i++;
			}
		}
		return UNTERMINATED;
	}

	/**
	 * Find the end of the delimiter that opens a dollar quote.
	 * @param text the text
	 * @param start index of a dollar sign
	 * @param limit where the text ends
	 * @return the index after the second dollar sign, or {@link #UNTERMINATED} if this is
	 * no such delimiter
	 */
	static int endOfDollarDelimiter(String text, int start, int limit) {
		int i = start + 1;
		if (i < limit && Characters.isIdentifierStart(text.charAt(i))) {
			i++;
			while (i < limit && Characters.isTagPart(text.charAt(i))) {
				i++;
			}
		}
		return (i < limit && text.charAt(i) == '$') ? i + 1 : UNTERMINATED;
	}

	/**
	 * Find the end of a dollar quote. The last dollar sign of another tag inside may be
	 * the first of the closing one, so this is a plain search.
	 * @param text the text
	 * @param start index of the opening delimiter
	 * @param body index after the opening delimiter
	 * @param limit where the text ends
	 * @return the index after the closing delimiter
	 */
	static int endOfDollarQuote(String text, int start, int body, int limit) {
		String delimiter = text.substring(start, body);
		int i = text.indexOf(delimiter, body);
		return (i >= 0 && i + delimiter.length() <= limit) ? i + delimiter.length() : UNTERMINATED;
	}

}
