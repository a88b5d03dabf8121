package dev.samara.sql;

import java.util.Optional;

import dev.samara.Internal;

/**
 * What a {@code REINDEX … CONCURRENTLY} is about to build anew. When it fails it leaves
 * invalid indexes behind, whose names end in {@code _ccnew} or {@code _ccold}.
 *
 * @param isTable whether it is for all indexes of a table, or else for one
 * @param name the index or table, as the statement writes it
 * @since 0.1.0
 */
@Internal
public record ConcurrentReindex(boolean isTable, String name) {

	private static final TokenPattern REINDEX = new TokenPattern("REINDEX (..) INDEX|TABLE [CONCURRENTLY] <name>");

	/**
	 * Recognise the statement.
	 * @param statement any statement
	 * @return what it rebuilds, or empty if it is any other statement
	 */
	public static Optional<ConcurrentReindex> of(SqlStatement statement) {
		SqlTokens tokens = statement.tokens();
		if (statement.transactionUse() != TransactionUse.FORBIDDEN || REINDEX.match(tokens) == TokenPattern.NO_MATCH) {
			return Optional.empty();
		}
		int kind = tokens.afterParentheses(1);
		int name = kind + (tokens.isWord(kind + 1, "CONCURRENTLY") ? 2 : 1);
		return Optional.of(new ConcurrentReindex(tokens.isWord(kind, "TABLE"), tokens.nameAt(name)));
	}

}
