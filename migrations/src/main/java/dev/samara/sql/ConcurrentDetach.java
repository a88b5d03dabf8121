package dev.samara.sql;

import java.util.Optional;

import dev.samara.Internal;

/**
 * What an {@code ALTER TABLE … DETACH PARTITION … CONCURRENTLY} takes apart. When it is
 * interrupted the partition stays attached, about to be detached, until somebody finishes
 * that.
 *
 * @param parent the partitioned table, as the statement writes it
 * @param partition the partition, as the statement writes it
 * @since 0.1.0
 */
@Internal
public record ConcurrentDetach(String parent, String partition) {

	private static final TokenPattern ALTER = new TokenPattern("ALTER TABLE [IF] [EXISTS] [ONLY]");

	private static final TokenPattern DETACH = new TokenPattern(
			"ALTER TABLE [IF] [EXISTS] [ONLY] <name> DETACH PARTITION <name> CONCURRENTLY");

	/**
	 * Recognise the statement.
	 * @param statement any statement
	 * @return what it takes apart, or empty if it is any other statement
	 */
	public static Optional<ConcurrentDetach> of(SqlStatement statement) {
		SqlTokens tokens = statement.tokens();
		if (DETACH.match(tokens) == TokenPattern.NO_MATCH) {
			return Optional.empty();
		}
		int parent = ALTER.match(tokens);
		int partition = tokens.afterName(parent) + 2;
		return Optional.of(new ConcurrentDetach(tokens.nameAt(parent), tokens.nameAt(partition)));
	}

	/**
	 * Return the statement that finishes an interrupted one.
	 * @return the statement without semicolon
	 */
	public String finalizeSql() {
		return "ALTER TABLE " + this.parent + " DETACH PARTITION " + this.partition + " FINALIZE";
	}

}
