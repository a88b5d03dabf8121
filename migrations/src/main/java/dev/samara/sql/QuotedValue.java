package dev.samara.sql;

/**
 * What is between the quotes of a token.
 */
final class QuotedValue {

	private QuotedValue() {
	}

	/**
	 * Return the name a quoted identifier stands for.
	 * @param text the text
	 * @param start index of the first character
	 * @param end index after the closing quote
	 * @return the name
	 */
	static String identifier(String text, int start, int end) {
		boolean unicode = text.charAt(start) != '"';
		String content = text.substring(unicode ? start + 3 : start + 1, end - 1).replace("\"\"", "\"");
		return (unicode && !hasUescape(text, end)) ? UnicodeEscapes.decode(content) : content;
	}

	private static boolean hasUescape(String text, int end) {
		SqlLexer lexer = new SqlLexer(text, end, text.length(), true);
		return lexer.next() && lexer.token().isWord("UESCAPE");
	}

	/**
	 * Return what is in a literal, its escapes kept.
	 * @param text the text
	 * @param start index of the first character
	 * @param end index after the last closing quote
	 * @return the content
	 */
	static String literal(String text, int start, int end) {
		if (text.charAt(start) == '$') {
			int length = QuotedText.endOfDollarDelimiter(text, start, end) - start;
			return text.substring(start + length, end - length);
		}
		boolean backslashEscapes = (text.charAt(start) | 0x20) == 'e';
		StringBuilder content = new StringBuilder(end - start);
		int from = text.indexOf('\'', start) + 1;
		while (from != QuotedText.UNTERMINATED) {
			int partEnd = QuotedText.endOfPart(text, from, end, backslashEscapes);
			if (partEnd == QuotedText.UNTERMINATED) {
				// Cut under standard_conforming_strings = off, which the text does not
				// say.
				partEnd = end;
			}
			content.append(text, from, partEnd - 1);
			from = QuotedText.startOfContinuation(text, partEnd, end);
		}
		return content.toString().replace("''", "'");
	}

}
