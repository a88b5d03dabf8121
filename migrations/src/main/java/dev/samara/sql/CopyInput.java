package dev.samara.sql;

import dev.samara.sql.SqlStatement.CopyData;

/**
 * The data of a {@code COPY … FROM STDIN} that follows it in the script, up to a line of
 * exactly {@code \.}.
 */
final class CopyInput {

	private final String script;

	CopyInput(String script) {
		this.script = script;
	}

	/**
	 * Whether a statement reads data from the script.
	 * @param tokens its tokens
	 * @return {@code false} if it is no COPY, or copies from or to anything else
	 */
	static boolean isExpectedBy(SqlTokens tokens) {
		return tokens.isWord(0, "COPY") && source(tokens) > 0;
	}

	/** PostgreSQL takes STDOUT for STDIN here. */
	private static int source(SqlTokens tokens) {
		int index = 1;
		while (!tokens.isEnd(index)) {
			if (tokens.isSymbol(index, "(")) {
				index = tokens.afterParentheses(index);
			}
			else if (tokens.isWord(index, "FROM") && tokens.isWord(index + 1, "STDIN", "STDOUT")) {
				return index + 1;
			}
			else {
				index++;
			}
		}
		return -1;
	}

	private static boolean isBinary(SqlTokens tokens) {
		if (tokens.isWord(1, "BINARY")) {
			return true;
		}
		for (int i = source(tokens) + 1; !tokens.isEnd(i); i++) {
			SqlToken value = tokens.get(i + 1);
			if (tokens.isWord(i, "BINARY")
					|| (tokens.isWord(i, "FORMAT") && value != null && value.value().equalsIgnoreCase("binary"))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Find the data.
	 * @param tokens the tokens of the statement
	 * @param start where the statement starts
	 * @param end where it ends, after its semicolon
	 * @return the place of the data
	 */
	CopyData find(SqlTokens tokens, int start, int end) {
		if (isBinary(tokens)) {
			throw error(start, "COPY … FROM STDIN in binary format cannot have its data in a script",
					"Export the rows in text or CSV format (leave BINARY out) and put those lines here.");
		}
		if (this.script.charAt(end - 1) != ';') {
			throw error(start, "COPY … FROM STDIN has no semicolon", "End it with a semicolon, put the data on the "
					+ "lines after it, and end the data with a line that is exactly \\.");
		}
		int begin = begin(end);
		int terminator = terminator(begin);
		if (terminator < 0) {
			throw error(start, "the data of COPY … FROM STDIN does not end",
					"End the data with a line that is exactly \\. (backslash, full stop, nothing else).");
		}
		return new CopyData(begin, terminator - begin);
	}

	/** Where the script goes on: after the line that ends the data. */
	int after(CopyData data) {
		return afterLineEnd(data.offset() + data.length() + 2);
	}

	private int begin(int end) {
		int i = end;
		while (i < this.script.length() && !Characters.isLineEnd(this.script.charAt(i))) {
			if (this.script.startsWith("--", i)) {
				i = UnquotedText.endOfLine(this.script, i, this.script.length());
			}
			else if (!Characters.isSpace(this.script.charAt(i))) {
				throw error(i, "text after the semicolon of COPY … FROM STDIN",
						"Put it after the line \\. that ends the data; the data begins on the next line.");
			}
			else {
				i++;
			}
		}
		return afterLineEnd(i);
	}

	private int terminator(int begin) {
		int i = this.script.indexOf("\\.", begin);
		while (i >= 0) {
			boolean lineStarts = i == begin || Characters.isLineEnd(this.script.charAt(i - 1));
			boolean lineEnds = i + 2 == this.script.length() || Characters.isLineEnd(this.script.charAt(i + 2));
			if (lineStarts && lineEnds) {
				return i;
			}
			i = this.script.indexOf("\\.", i + 2);
		}
		return -1;
	}

	private int afterLineEnd(int index) {
		if (this.script.startsWith("\r\n", index)) {
			return index + 2;
		}
		return Math.min(index + 1, this.script.length());
	}

	private SqlSyntaxException error(int offset, String problem, String remedy) {
		return TextPosition.error(this.script, offset, problem, remedy);
	}

}
