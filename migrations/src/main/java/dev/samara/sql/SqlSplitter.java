package dev.samara.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.sql.SqlStatement.CopyData;
import dev.samara.sql.SqlToken.Kind;

/**
 * Cuts SQL text into statements by the rules of {@code psql}: a semicolon ends one unless
 * it stands in quotes, comments, parentheses or a {@code BEGIN ATOMIC} body. Stricter
 * than {@code psql} in that whatever is open at the end of the text is an error.
 *
 * @since 0.1.0
 */
@Internal
public final class SqlSplitter {

	private static final int NONE = -1;

	private final String script;

	private final SqlLexer lexer;

	private final TextPosition position;

	private final LiteralSyntax literalSyntax = new LiteralSyntax();

	private final TransactionRules transactionRules = new TransactionRules();

	private final AtomicBody atomicBody = new AtomicBody();

	private final List<SqlStatement> statements = new ArrayList<>();

	private int statementStart = NONE;

	private int lastEnd;

	private int depth;

	private int openParenthesis;

	private final IntUnaryOperator toSource;

	private SqlSplitter(String script, String source, IntUnaryOperator toSource) {
		this.script = script;
		this.lexer = new SqlLexer(script, 0, script.length(), true);
		this.position = new TextPosition(source);
		this.toSource = toSource;
	}

	/**
	 * Cut a script into its statements, in order. Takes time in proportion to the length
	 * of the text.
	 * @param script the text, without a byte order mark
	 * @return the statements; empty when the text holds only white space and comments
	 * @throws SqlSyntaxException if the text cannot be cut
	 */
	public static List<SqlStatement> split(String script) {
		return split(script, script, IntUnaryOperator.identity());
	}

	/**
	 * Cut a script that was made of another text, of which lines and columns are to be.
	 * @param script the text to cut, without a byte order mark
	 * @param source the other text
	 * @param toSource tells for an index in the script, in UTF-16 units, the index in the
	 * other text; ascending
	 * @return the statements, with offsets in the script and lines and columns in the
	 * other text
	 * @throws SqlSyntaxException if the text cannot be cut; its line and column are those
	 * of the script
	 */
	public static List<SqlStatement> split(String script, String source, IntUnaryOperator toSource) {
		return split(new SqlSplitter(script, source, toSource), (token) -> {
		});
	}

	/**
	 * Cut a script for its tokens.
	 * @param tokens is handed the lexer when it stands on one
	 */
	static void walk(String script, Consumer<SqlLexer> tokens) {
		split(new SqlSplitter(script, script, IntUnaryOperator.identity()), tokens);
	}

	/**
	 * Cut a script for its comments.
	 * @param comments is told of each, in order
	 */
	static void walkComments(String script, SqlLexer.CommentListener comments) {
		SqlSplitter splitter = new SqlSplitter(script, script, IntUnaryOperator.identity());
		splitter.lexer.onComment(comments);
		split(splitter, (token) -> {
		});
	}

	private static List<SqlStatement> split(SqlSplitter splitter, Consumer<SqlLexer> tokens) {
		int nul = splitter.script.indexOf('\0');
		if (nul >= 0) {
			throw TextPosition.error(splitter.script, nul, "NUL character (U+0000), which PostgreSQL never accepts",
					"Remove it; if every second character is one, save the file as UTF-8 instead of UTF-16.");
		}
		return splitter.split(tokens);
	}

	private List<SqlStatement> split(Consumer<SqlLexer> tokens) {
		while (this.lexer.next()) {
			tokens.accept(this.lexer);
			accept();
		}
		refuseOpenEnd();
		if (this.statementStart != NONE) {
			finish(this.lastEnd);
		}
		return List.copyOf(this.statements);
	}

	private void accept() {
		boolean punctuation = this.lexer.kind() == Kind.PUNCTUATION;
		char c = this.lexer.firstChar();
		if (this.lexer.kind() == Kind.BACKSLASH) {
			this.lexer.skipTo(MetaCommands.skip(this.script, this.lexer.start(), this.statementStart != NONE));
			return;
		}
		if (punctuation && c == ';' && this.depth == 0 && !this.atomicBody.isOpen()) {
			if (this.statementStart != NONE) {
				finish(this.lexer.end());
			}
			return;
		}
		if (this.statementStart == NONE) {
			this.statementStart = this.lexer.start();
		}
		this.lastEnd = this.lexer.end();
		if (punctuation && c == '(') {
			if (this.depth++ == 0) {
				this.openParenthesis = this.lexer.start();
			}
		}
		else if (punctuation && c == ')') {
			this.depth = Math.max(0, this.depth - 1);
		}
		else if (this.depth == 0) {
			this.atomicBody.accept(this.lexer);
		}
	}

	private void finish(int end) {
		int start = this.statementStart;
		SqlTokens tokens = new SqlTokens(this.script, start, end, this.literalSyntax.hasStandardStrings());
		TransactionUse use = this.transactionRules.judge(tokens);
		CopyData copyData = copyData(tokens, start, end);
		this.position.moveTo(this.toSource.applyAsInt(start));
		this.statements.add(new SqlStatement(this.script.substring(start, end), start, this.position.line(),
				this.position.column(), use, copyData));
		this.literalSyntax.after(tokens, use);
		this.lexer.setStandardStrings(this.literalSyntax.hasStandardStrings());
		this.statementStart = NONE;
		this.depth = 0;
		this.atomicBody.reset();
	}

	private @Nullable CopyData copyData(SqlTokens tokens, int start, int end) {
		if (!CopyInput.isExpectedBy(tokens)) {
			return null;
		}
		CopyInput input = new CopyInput(this.script);
		CopyData data = input.find(tokens, start, end);
		this.lexer.skipTo(input.after(data));
		return data;
	}

	private void refuseOpenEnd() {
		if (this.depth > 0) {
			throw TextPosition.error(this.script, this.openParenthesis, "parenthesis is not closed",
					"Add the missing ) before the semicolon; one inside parentheses does not end a statement.");
		}
		if (this.atomicBody.isOpen()) {
			throw TextPosition.error(this.script, this.atomicBody.begin(), "BEGIN ATOMIC has no END",
					"Close the body with END; every CASE inside it needs an END of its own.");
		}
	}

}
