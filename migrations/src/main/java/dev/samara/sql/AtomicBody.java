package dev.samara.sql;

/**
 * Follows the body of a function written in SQL, {@code BEGIN ATOMIC … END}: its
 * semicolons do not end the statement. Only {@code CREATE [OR REPLACE] FUNCTION} and
 * {@code PROCEDURE} can have one.
 * <p>
 * Stricter than {@code psql}, which counts every {@code BEGIN} and {@code END}: a column
 * may be named {@code begin}, and a label or a qualified name may be any word.
 */
final class AtomicBody {

	private enum Head {

		NOTHING, CREATE, OR, REPLACE, ROUTINE, OTHER

	}

	private Head head = Head.NOTHING;

	private int depth;

	private int begin;

	private boolean afterBegin;

	private boolean afterNameOnly;

	void reset() {
		this.head = Head.NOTHING;
		this.depth = 0;
		this.afterBegin = false;
		this.afterNameOnly = false;
	}

	boolean isOpen() {
		return this.depth > 0;
	}

	/** Where the body that is open begins. */
	int begin() {
		return this.begin;
	}

	/**
	 * Take note of a token outside parentheses.
	 * @param lexer the lexer that stands on it
	 */
	void accept(SqlLexer lexer) {
		if (this.head == Head.OTHER) {
			return;
		}
		if (this.head != Head.ROUTINE) {
			this.head = nextHead(lexer);
		}
		else if (lexer.kind() == SqlToken.Kind.WORD && !this.afterNameOnly) {
			word(lexer);
		}
		else {
			this.afterBegin = false;
		}
		this.afterNameOnly = lexer.isWord("AS")
				|| (lexer.kind() == SqlToken.Kind.PUNCTUATION && lexer.firstChar() == '.');
	}

	private Head nextHead(SqlLexer lexer) {
		if (this.head == Head.NOTHING) {
			return lexer.isWord("CREATE") ? Head.CREATE : Head.OTHER;
		}
		if (this.head == Head.OR) {
			return lexer.isWord("REPLACE") ? Head.REPLACE : Head.OTHER;
		}
		if (lexer.isWord("FUNCTION") || lexer.isWord("PROCEDURE")) {
			return Head.ROUTINE;
		}
		return (this.head == Head.CREATE && lexer.isWord("OR")) ? Head.OR : Head.OTHER;
	}

	private void word(SqlLexer lexer) {
		if (this.afterBegin && lexer.isWord("ATOMIC")) {
			this.depth++;
		}
		else if (this.depth > 0 && lexer.isWord("CASE")) {
			this.depth++;
		}
		else if (this.depth > 0 && lexer.isWord("END")) {
			this.depth--;
		}
		this.afterBegin = lexer.isWord("BEGIN");
		if (this.afterBegin && this.depth == 0) {
			this.begin = lexer.start();
		}
	}

}
