package dev.samara.sql;

/**
 * Finds where words, numbers and operators end.
 */
final class UnquotedText {

	private UnquotedText() {
	}

	static boolean startsLineComment(String text, int index, int limit) {
		return text.charAt(index) == '-' && index + 1 < limit && text.charAt(index + 1) == '-';
	}

	static boolean startsBlockComment(String text, int index, int limit) {
		return text.charAt(index) == '/' && index + 1 < limit && text.charAt(index + 1) == '*';
	}

	static int endOfLine(String text, int from, int limit) {
		int i = from;
		while (i < limit && !Characters.isLineEnd(text.charAt(i))) {
			i++;
		}
		return i;
	}

	/** Stops at a byte order mark, which PostgreSQL takes for a letter. */
	static int endOfWord(String text, int start, int limit) {
		int i = start;
		while (i < limit && Characters.isIdentifierPart(text.charAt(i))
				&& text.charAt(i) != Characters.BYTE_ORDER_MARK) {
			i++;
		}
		return i;
	}

	static int endOfDigits(String text, int from, int limit) {
		int i = from;
		while (i < limit && Characters.isDigit(text.charAt(i))) {
			i++;
		}
		return i;
	}

	/**
	 * Find the end of a number. Letters that make it none are part of it, with everything
	 * an identifier could have; so is a sign after the exponent's letter, even without
	 * digits.
	 * @param text the text
	 * @param start index of a digit, or of a full stop with a digit behind it
	 * @param limit where the text ends
	 * @return the index after the number
	 */
	static int endOfNumber(String text, int start, int limit) {
		boolean fraction = false;
		boolean signed = false;
		int letters = 0;
		int i = start;
		for (; i < limit; i++) {
			char c = text.charAt(i);
			if (c == '.' && letters == 0 && !fraction && (i + 1 == limit || text.charAt(i + 1) != '.')) {
				fraction = true;
			}
			else if (isSign(c) && letters == 1 && !signed && (text.charAt(i - 1) | 0x20) == 'e') {
				fraction = true;
				signed = true;
				letters = 0;
			}
			else if (Characters.isIdentifierStart(c) && c != Characters.BYTE_ORDER_MARK) {
				letters++;
			}
			else if (!Characters.isDigit(c) && (c != '$' || letters == 0)) {
				break;
			}
		}
		return i;
	}

	/**
	 * Find the end of an operator. A comment cuts it; a sign at its end is an operator of
	 * its own, unless SQL could not have an operator such as the rest.
	 * @param text the text
	 * @param start index of an operator character that starts no comment
	 * @param limit where the text ends
	 * @return the index after the operator
	 */
	static int endOfOperator(String text, int start, int limit) {
		int i = start + 1;
		while (i < limit && Characters.isOperator(text.charAt(i)) && !startsLineComment(text, i, limit)
				&& !startsBlockComment(text, i, limit)) {
			i++;
		}
		if (isSign(text.charAt(i - 1)) && !mayEndInSign(text, start, i)) {
			while (i - start > 1 && isSign(text.charAt(i - 1))) {
				i--;
			}
		}
		return i;
	}

	private static boolean isSign(char c) {
		return c == '+' || c == '-';
	}

	private static boolean mayEndInSign(String text, int start, int end) {
		for (int i = start; i < end; i++) {
			if (Characters.letsOperatorEndInSign(text.charAt(i))) {
				return true;
			}
		}
		return false;
	}

}
