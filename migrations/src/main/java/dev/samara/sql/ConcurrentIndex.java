package dev.samara.sql;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;

/**
 * What a {@code CREATE INDEX CONCURRENTLY} is about to build. When it fails it leaves an
 * invalid index behind, which must be found again. Names are as the server sees them:
 * folded to lower case unless quoted, not yet cut to its longest name.
 *
 * @param schema the schema of the table and so of the index, or {@code null} if the
 * search path decides
 * @param table the table
 * @param index the index, or {@code null} if the server is to choose a name
 * @param ifNotExists whether an index of that name, valid or not, makes it do nothing
 * @since 0.1.0
 */
@Internal
public record ConcurrentIndex(@Nullable String schema, String table, @Nullable String index, boolean ifNotExists) {

	private static final TokenPattern CREATE = new TokenPattern("CREATE [UNIQUE] INDEX CONCURRENTLY");

	/**
	 * Recognise the statement.
	 * @param statement any statement
	 * @return what it builds, or empty if it is any other statement
	 */
	public static Optional<ConcurrentIndex> of(SqlStatement statement) {
		if (statement.transactionUse() != TransactionUse.FORBIDDEN) {
			return Optional.empty();
		}
		SqlTokens tokens = statement.tokens();
		int position = CREATE.match(tokens);
		if (position == TokenPattern.NO_MATCH) {
			return Optional.empty();
		}
		boolean ifNotExists = tokens.startsWith(position, "IF", "NOT", "EXISTS");
		position += ifNotExists ? 3 : 0;
		String index = null;
		if (!tokens.isWord(position, "ON")) {
			index = name(tokens, position);
			position++;
		}
		if (!tokens.isWord(position, "ON")) {
			return Optional.empty();
		}
		position += tokens.isWord(position + 1, "ONLY") ? 2 : 1;
		int end = tokens.afterName(position);
		String table = (end > position) ? name(tokens, end - 1) : null;
		if (table == null) {
			return Optional.empty();
		}
		String schema = (end - position > 1) ? name(tokens, end - 3) : null;
		return Optional.of(new ConcurrentIndex(schema, table, index, ifNotExists));
	}

	private static @Nullable String name(SqlTokens tokens, int position) {
		SqlToken token = tokens.get(position);
		return (token != null) ? token.value() : null;
	}

}
