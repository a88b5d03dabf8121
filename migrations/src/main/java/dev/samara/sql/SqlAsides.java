package dev.samara.sql;

import java.util.Arrays;

import dev.samara.Internal;

/**
 * The passages of a script that say nothing in SQL: comments, those between the parts of
 * a literal included, the data of {@code COPY … FROM STDIN}, commands of {@code psql} and
 * the delimiters of dollar quotes. What is between quotes is no such passage.
 *
 * @since 0.1.0
 */
@Internal
public final class SqlAsides {

	/** Of a text that is no script. */
	public static final SqlAsides NONE = new SqlAsides("");

	private final String script;

	private int[] starts = new int[8];

	private int[] ends = new int[8];

	private int count;

	private int reached;

	private SqlAsides(String script) {
		this.script = script;
	}

	/**
	 * Find them.
	 * @param script the text, without a byte order mark
	 * @return the passages
	 * @throws SqlSyntaxException if the text cannot be cut into statements
	 */
	public static SqlAsides of(String script) {
		SqlAsides asides = new SqlAsides(script);
		SqlSplitter.walk(script, asides::accept);
		asides.addUnlessBlank(asides.reached, script.length());
		return asides;
	}

	/**
	 * Return whether a piece of the text touches one of the passages.
	 * @param start index of its first character
	 * @param end index after its last character
	 * @return whether they have a character in common
	 */
	public boolean touch(int start, int end) {
		int found = Arrays.binarySearch(this.starts, 0, this.count, start);
		int index = (found >= 0) ? found : -found - 2;
		return (index >= 0 && this.ends[index] > start) || (index + 1 < this.count && this.starts[index + 1] < end);
	}

	private void accept(SqlLexer lexer) {
		int start = lexer.start();
		int end = lexer.end();
		addUnlessBlank(this.reached, start);
		if (lexer.kind() == SqlToken.Kind.STRING && lexer.firstChar() == '$') {
			int body = QuotedText.endOfDollarDelimiter(this.script, start, end);
			add(start, body);
			add(end - (body - start), end);
		}
		else if (lexer.kind() == SqlToken.Kind.STRING) {
			addBetweenParts(start, end, lexer.isEscaped());
		}
		this.reached = end;
	}

	private void addBetweenParts(int start, int end, boolean backslashEscapes) {
		int from = this.script.indexOf('\'', start) + 1;
		int close = QuotedText.endOfPart(this.script, from, end, backslashEscapes);
		while (close != QuotedText.UNTERMINATED && close < end) {
			int next = QuotedText.startOfContinuation(this.script, close, end);
			addUnlessBlank(close, next - 1);
			close = QuotedText.endOfPart(this.script, next, end, backslashEscapes);
		}
	}

	private void addUnlessBlank(int start, int end) {
		for (int i = start; i < end; i++) {
			if (!Characters.isSpace(this.script.charAt(i))) {
				add(start, end);
				return;
			}
		}
	}

	private void add(int start, int end) {
		if (this.count == this.starts.length) {
			this.starts = Arrays.copyOf(this.starts, this.count * 2);
			this.ends = Arrays.copyOf(this.ends, this.count * 2);
		}
		this.starts[this.count] = start;
		this.ends[this.count++] = end;
	}

}
