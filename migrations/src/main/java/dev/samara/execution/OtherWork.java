package dev.samara.execution;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.samara.postgres.SqlStates;
import dev.samara.sql.SqlStatement;
import dev.samara.sql.SqlTokens;

/**
 * A statement that runs alone and leaves nothing half done. When the last run was
 * interrupted in it, what it was to drop may be gone already.
 */
final class OtherWork implements ConcurrentWork {

	private static final Map<String, String> ERROR_IF_GONE = Map.of("index", SqlStates.UNDEFINED_OBJECT, "database",
			SqlStates.INVALID_CATALOG_NAME, "tablespace", SqlStates.UNDEFINED_OBJECT, "subscription",
			SqlStates.UNDEFINED_OBJECT);

	private final SqlTokens tokens;

	OtherWork(SqlStatement statement) {
		this.tokens = statement.tokens();
	}

	@Override
	public boolean isDone(boolean wasInterrupted) {
		return false;
	}

	@Override
	public boolean isDoneAfter(String sqlState, boolean wasInterrupted) {
		if (!wasInterrupted) {
			return false;
		}
		if (this.tokens.isWord(1, "PREPARED")) {
			return this.tokens.isWord(0, "COMMIT", "ROLLBACK") && SqlStates.UNDEFINED_OBJECT.equals(sqlState);
		}
		return this.tokens.isWord(0, "DROP") && ERROR_IF_GONE.entrySet()
			.stream()
			.anyMatch((entry) -> this.tokens.isWord(1, entry.getKey()) && entry.getValue().equals(sqlState));
	}

	@Override
	public void cleanUp() {
		// Nothing is left.
	}

	@Override
	public @Nullable String remedy(String sqlState) {
		return null;
	}

}
