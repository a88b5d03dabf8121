package dev.samara.sql;

/**
 * Line and column of a place in a text. Moves forward only, so that finding the places of
 * all statements costs one pass over the text, however long its lines are.
 */
final class TextPosition {

	private final String text;

	private int offset;

	private int line = 1;

	private int column = 1;

	TextPosition(String text) {
		this.text = text;
	}

	/**
	 * Create an exception for a place in a text.
	 * @param text the text
	 * @param offset index of the offence, in UTF-16 units
	 * @param problem what is wrong
	 * @param remedy what to do about it
	 * @return the exception, to be thrown
	 */
	static SqlSyntaxException error(String text, int offset, String problem, String remedy) {
		TextPosition position = new TextPosition(text);
		position.moveTo(offset);
		return new SqlSyntaxException(problem, remedy, position.line, position.column);
	}

	void moveTo(int target) {
		while (this.offset < target) {
			char c = this.text.charAt(this.offset);
			if (Characters.isLineEnd(c)) {
				if (c == '\r' || this.offset == 0 || this.text.charAt(this.offset - 1) != '\r') {
					this.line++;
				}
				this.column = 1;
			}
			else if (!Character.isLowSurrogate(c)) {
				this.column++;
			}
			this.offset++;
		}
	}

	int line() {
		return this.line;
	}

	int column() {
		return this.column;
	}

}
