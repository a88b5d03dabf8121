package dev.samara.sql;

import dev.samara.sql.SqlToken.Kind;

/**
 * Walks over SQL text token by token, by the rules of {@code psql}. White space and
 * comments are passed over. Creates no object per token; {@link #token()} does, for who
 * wants one.
 */
final class SqlLexer {

	private final String text;

	private final int limit;

	private boolean standardStrings;

	private Kind kind = Kind.OTHER;

	private int start;

	private int end;

	private boolean escaped;

	private CommentListener comments = (from, to) -> {
	};

	/**
	 * Create a lexer.
	 * @param text the text
	 * @param from where to begin
	 * @param limit where to stop
	 * @param standardStrings whether a backslash is an ordinary character in a plain
	 * literal, the server's {@code standard_conforming_strings}
	 */
	SqlLexer(String text, int from, int limit, boolean standardStrings) {
		this.text = text;
		this.start = from;
		this.end = from;
		this.limit = limit;
		this.standardStrings = standardStrings;
	}

	void setStandardStrings(boolean standardStrings) {
		this.standardStrings = standardStrings;
	}

	/** Tell of each comment that is passed over. */
	void onComment(CommentListener listener) {
		this.comments = listener;
	}

	/**
	 * Go on to the next token.
	 * @return {@code false} if there is none
	 * @throws SqlSyntaxException if it does not end, or is no SQL text at all
	 */
	boolean next() {
		skipBlanks();
		this.start = this.end;
		if (this.start >= this.limit) {
			return false;
		}
		char c = this.text.charAt(this.start);
		if (Characters.isIdentifierStart(c)) {
			wordOrPrefixedQuote(c);
		}
		else if (c == '\'') {
			literal(1, !this.standardStrings);
		}
		else if (c == '"') {
			quotedIdentifier(1);
		}
		else if (Characters.isDigit(c) || (c == '.' && Characters.isDigit(peek(1)))) {
			found(Kind.NUMBER, UnquotedText.endOfNumber(this.text, this.start, this.limit));
		}
		else if (c == '$') {
			dollar();
		}
		else if (Characters.isOperator(c)) {
			found(Kind.OPERATOR, UnquotedText.endOfOperator(this.text, this.start, this.limit));
		}
		else if (Characters.isPunctuation(c)) {
			punctuation(c);
		}
		else {
			found((c == '\\') ? Kind.BACKSLASH : Kind.OTHER, this.start + 1);
		}
		return true;
	}

	/** Go on behind text that is no SQL, the data of a COPY for one. */
	void skipTo(int offset) {
		this.end = offset;
	}

	Kind kind() {
		return this.kind;
	}

	int start() {
		return this.start;
	}

	int end() {
		return this.end;
	}

	/** Whether a backslash takes the meaning from what follows in the literal. */
	boolean isEscaped() {
		return this.escaped;
	}

	char firstChar() {
		return this.text.charAt(this.start);
	}

	boolean isWord(String word) {
		return this.kind == Kind.WORD && this.end - this.start == word.length()
				&& this.text.regionMatches(true, this.start, word, 0, word.length());
	}

	SqlToken token() {
		return new SqlToken(this.kind, this.text, this.start, this.end);
	}

	private void skipBlanks() {
		int i = this.end;
		while (i < this.limit) {
			char c = this.text.charAt(i);
			if (Characters.isSpace(c)) {
				i++;
			}
			else if (UnquotedText.startsLineComment(this.text, i, this.limit)) {
				int close = UnquotedText.endOfLine(this.text, i, this.limit);
				this.comments.comment(i, close);
				i = close;
			}
			else if (UnquotedText.startsBlockComment(this.text, i, this.limit)) {
				int close = QuotedText.endOfBlockComment(this.text, i, this.limit);
				if (close == QuotedText.UNTERMINATED) {
					throw error(i, "comment is not closed",
							"Close it with */; comments nest, so that every /* inside it needs a */ of its own.");
				}
				this.comments.comment(i, close);
				i = close;
			}
			else {
				break;
			}
		}
		this.end = i;
	}

	private void wordOrPrefixedQuote(char c) {
		char next = peek(1);
		char lower = (char) (c | 0x20);
		if (next == '\'' && c < 0x80 && (lower == 'e' || lower == 'b' || lower == 'x' || lower == 'n')) {
			literal(2, lower == 'e' || (lower == 'n' && !this.standardStrings));
		}
		else if (next == '&' && lower == 'u' && c < 0x80 && peek(2) == '\'') {
			literal(3, false);
		}
		else if (next == '&' && lower == 'u' && c < 0x80 && peek(2) == '"') {
			quotedIdentifier(3);
		}
		else {
			word();
		}
	}

	private void word() {
		int close = UnquotedText.endOfWord(this.text, this.start, this.limit);
		if (close < this.limit && this.text.charAt(close) == Characters.BYTE_ORDER_MARK) {
			throw error(close, "byte order mark (U+FEFF) inside the text",
					"Remove this invisible character; it gets there when files are joined that begin with one.");
		}
		found(Kind.WORD, close);
	}

	private void literal(int prefix, boolean backslashEscapes) {
		int close = QuotedText.endOfLiteral(this.text, this.start + prefix, this.limit, backslashEscapes);
		if (close == QuotedText.UNTERMINATED) {
			throw error(this.start, "string literal is not closed", backslashEscapes
					? "Close it with a single quote; the backslash is an escape character in it, so that \\' does not."
					: "Close it with a single quote; a quote inside it is written twice ('').");
		}
		this.escaped = backslashEscapes;
		found(Kind.STRING, close);
	}

	private void quotedIdentifier(int prefix) {
		int close = QuotedText.endOfDoubling(this.text, this.start + prefix, this.limit, '"');
		if (close == QuotedText.UNTERMINATED) {
			throw error(this.start, "quoted identifier is not closed",
					"Close it with a double quote; a double quote inside it is written twice (\"\").");
		}
		found(Kind.QUOTED_IDENTIFIER, close);
	}

	private void dollar() {
		int body = QuotedText.endOfDollarDelimiter(this.text, this.start, this.limit);
		if (body != QuotedText.UNTERMINATED) {
			int close = QuotedText.endOfDollarQuote(this.text, this.start, body, this.limit);
			if (close == QuotedText.UNTERMINATED) {
				String delimiter = this.text.substring(this.start, body);
				throw error(this.start, "dollar-quoted text " + delimiter + " is not closed",
						"Close it with " + delimiter + "; upper and lower case count in the tag.");
			}
			found(Kind.STRING, close);
		}
		else if (Characters.isDigit(peek(1))) {
			found(Kind.PARAMETER, UnquotedText.endOfDigits(this.text, this.start + 1, this.limit));
		}
		else {
			found(Kind.OTHER, this.start + 1);
		}
	}

	private void punctuation(char c) {
		char next = peek(1);
		boolean pair = (c == ':' && (next == ':' || next == '=')) || (c == '.' && next == '.');
		found(pair ? Kind.OPERATOR : Kind.PUNCTUATION, this.start + (pair ? 2 : 1));
	}

	private char peek(int distance) {
		int index = this.start + distance;
		return (index < this.limit) ? this.text.charAt(index) : 0;
	}

	private void found(Kind kind, int end) {
		this.kind = kind;
		this.end = end;
	}

	private SqlSyntaxException error(int offset, String problem, String remedy) {
		return TextPosition.error(this.text, offset, problem, remedy);
	}

	/**
	 * Is told of comments.
	 */
	@FunctionalInterface
	interface CommentListener {

		/**
		 * One was passed over.
		 * @param start index of its first character
		 * @param end index after its last one, for a line comment that of the line's end
		 */
		void comment(int start, int end);

	}

}
