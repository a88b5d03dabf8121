package dev.samara.sql;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;

/**
 * One statement of a script, and where it stands there.
 *
 * @param text the statement from its first word to its semicolon, the semicolon included
 * when the script has one; comments before the first word are not part of it, comments
 * inside it are
 * @param offset index of the first character in the script, in UTF-16 units
 * @param line line of the first character, counted from 1; CRLF counts as one line end
 * @param column column of the first character, counted from 1 in code points
 * @param transactionUse what the statement means for a transaction around it
 * @param copyData the inline data of a {@code COPY … FROM STDIN}, otherwise {@code null}
 * @since 0.1.0
 */
public record SqlStatement(String text, int offset, int line, int column, TransactionUse transactionUse,
		@Nullable CopyData copyData) {

	/**
	 * Look at the statement token by token.
	 * @return its tokens, with offsets relative to the text; read anew each time
	 */
	@Internal
	public SqlTokens tokens() {
		return SqlTokens.of(this.text);
	}

	/**
	 * Whether the statement may change how the server reads the text after it:
	 * {@code SET standard_conforming_strings} and what resets it. The server takes a
	 * message apart before it runs any of it, so that nothing may follow such a statement
	 * in the same message.
	 * @return {@code true} whatever value it sets
	 */
	@Internal
	public boolean changesLexing() {
		return LiteralSyntax.mayBeChangedBy(this.text) && LiteralSyntax.changes(tokens());
	}

	/**
	 * Inline data of a {@code COPY … FROM STDIN}: the lines between the statement and the
	 * line {@code \.}, which is not part of it.
	 *
	 * @param offset index of the first character in the script, in UTF-16 units
	 * @param length number of UTF-16 units, line ends included
	 */
	public record CopyData(int offset, int length) {

	}

}
