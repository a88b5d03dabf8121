package dev.samara.sql;

/**
 * Decodes the escapes of an identifier written as <code>U&amp;"…"</code>.
 */
final class UnicodeEscapes {

	private static final char ESCAPE = '\\';

	private UnicodeEscapes() {
	}

	/**
	 * Replace the escapes. One that PostgreSQL would refuse stays as it is.
	 * @param content the text between the quotes
	 * @return the decoded text
	 */
	static String decode(String content) {
		StringBuilder decoded = new StringBuilder(content.length());
		int i = 0;
		while (i < content.length()) {
			char c = content.charAt(i);
			char next = (i + 1 < content.length()) ? content.charAt(i + 1) : 0;
			if (c == ESCAPE && next == ESCAPE) {
				decoded.append(ESCAPE);
				i += 2;
				continue;
			}
			int digits = (next == '+') ? i + 2 : i + 1;
			int end = digits + ((next == '+') ? 6 : 4);
			int codePoint = (c == ESCAPE) ? hex(content, digits, end) : -1;
			if (codePoint < 0) {
				decoded.append(c);
				i++;
			}
			else {
				decoded.appendCodePoint(codePoint);
				i = end;
			}
		}
		return decoded.toString();
	}

	private static int hex(String text, int start, int end) {
		if (end > text.length()) {
			return -1;
		}
		int value = 0;
		for (int i = start; i < end; i++) {
			int digit = Character.digit(text.charAt(i), 16);
			if (digit < 0) {
				return -1;
			}
			value = value * 16 + digit;
		}
		return Character.isValidCodePoint(value) ? value : -1;
	}

}
