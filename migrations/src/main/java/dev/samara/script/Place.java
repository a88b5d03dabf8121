package dev.samara.script;

/**
 * A place in a script.
 *
 * @param script the script as its location shows it, {@code db/migration/V1__a.sql} for
 * example
 * @param line counted from 1; 0 for the script as a whole
 * @param column counted from 1, in code points; 0 for the script as a whole
 * @since 0.1.0
 */
public record Place(String script, int line, int column) {

	/**
	 * Return the place of a script as a whole.
	 * @param script the script
	 * @return the place
	 */
	public static Place of(String script) {
		return new Place(script, 0, 0);
	}

	/**
	 * Return the place of a character.
	 * @param script the script
	 * @param text the whole text of the script
	 * @param offset index of the character, in UTF-16 units
	 * @return the place; line and column count as an editor does, CRLF as one line end
	 */
	public static Place at(String script, String text, int offset) {
		int line = 1;
		int lineStart = 0;
		int end = Math.min(offset, text.length());
		for (int i = 0; i < end; i++) {
			char c = text.charAt(i);
			if (c == '\n' || (c == '\r' && !(i + 1 < text.length() && text.charAt(i + 1) == '\n'))) {
				line++;
				lineStart = i + 1;
			}
		}
		return new Place(script, line, text.codePointCount(lineStart, end) + 1);
	}

	@Override
	public String toString() {
		return (this.line > 0) ? this.script + ":" + this.line + ":" + this.column : this.script;
	}

}
