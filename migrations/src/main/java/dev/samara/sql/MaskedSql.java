package dev.samara.sql;

import dev.samara.Internal;

/**
 * Shows what another session runs without the values in it: literals and numbers become a
 * question mark, comments go. The text may be cut off anywhere, as the server cuts it,
 * and may have been written under another {@code standard_conforming_strings}; from where
 * it cannot be read for certain, nothing is shown.
 *
 * @since 0.1.0
 */
@Internal
public final class MaskedSql {

	private static final String CUT = "…";

	private MaskedSql() {
	}

	/**
	 * Mask a text.
	 * @param text one or more statements, possibly cut off
	 * @param longest number of characters to show at most
	 * @return the words of the text on one line
	 */
	public static String of(String text, int longest) {
		StringBuilder masked = new StringBuilder();
		SqlTokens tokens = SqlTokens.withStandardStrings(text);
		try {
			int end = 0;
			int i = 0;
			for (SqlToken token = tokens.get(0); token != null; token = tokens.get(++i)) {
				if (isUnsafe(token) || (i == 2 && tokens.isWord(0, "SET"))) {
					return shorten(masked.append(masked.isEmpty() ? "" : " ").append(CUT), longest);
				}
				boolean isApart = token.start() > end && !masked.isEmpty();
				masked.append(isApart ? " " : "").append(isValue(token) ? "?" : token.text());
				end = token.end();
			}
		}
		catch (SqlSyntaxException ex) {
			masked.append(masked.isEmpty() ? "" : " ").append(CUT);
		}
		return shorten(masked, longest);
	}

	private static boolean isValue(SqlToken token) {
		return token.kind() == SqlToken.Kind.STRING || token.kind() == SqlToken.Kind.NUMBER;
	}

	/** A backslash may or may not hide the end of a plain literal. */
	private static boolean isUnsafe(SqlToken token) {
		return token.kind() == SqlToken.Kind.BACKSLASH || token.kind() == SqlToken.Kind.OTHER
				|| (token.kind() == SqlToken.Kind.STRING && token.text().startsWith("'")
						&& token.text().indexOf('\\') >= 0);
	}

	private static String shorten(StringBuilder text, int longest) {
		if (text.length() <= longest) {
			return text.toString();
		}
		int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
		return text.substring(0, end) + CUT;
	}

}
