package dev.samara.execution;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.SqlLiteral;
import dev.samara.sql.SqlStatement;
import dev.samara.sql.SqlToken;
import dev.samara.sql.SqlTokens;

/**
 * What a script may leave in its session that no setting brings back: prepared
 * statements, cursors that outlive their transaction, advisory locks. Looked for only
 * with code, and with a script that names such a thing; what a script does in a function
 * is not seen.
 */
final class SessionRemains {

	private static final String LOCKS = """
			SELECT format('%s(%s)', CASE mode WHEN 'ShareLock' THEN 'pg_advisory_unlock_shared' ELSE 'pg_advisory_unlock' END,
				CASE objsubid WHEN 1 THEN (classid::bigint << 32 | objid::bigint)::text
					ELSE format('%s, %s', classid::int, objid::int) END)
			FROM pg_catalog.pg_locks
			WHERE locktype = 'advisory' AND pid = pg_catalog.pg_backend_pid()
			""";

	/** A session may hold a lock several times over, each of which is released apart. */
	private static final int MOST_ROUNDS = 1000;

	private final PostgresConnection connection;

	private final boolean prepares;

	private final boolean opensCursors;

	private final Set<String> locksBefore;

	private final boolean locks;

	private SessionRemains(PostgresConnection connection, boolean prepares, boolean opensCursors, boolean locks) {
		this.connection = connection;
		this.prepares = prepares;
		this.opensCursors = opensCursors;
		this.locks = locks;
		this.locksBefore = locks ? new HashSet<>(locks()) : Set.of();
	}

	static SessionRemains before(PostgresConnection connection, ExecutableScript script, Companions companions) {
		List<SqlStatement> statements = Stream.concat(companions.all(), Stream.of(script))
			.flatMap((each) -> each.segments().stream())
			.flatMap((segment) -> segment.statements().stream())
			.toList();
		return new SessionRemains(connection, statements.stream().anyMatch(SessionRemains::prepares),
				statements.stream().anyMatch(SessionRemains::opensCursor),
				statements.stream().anyMatch(SessionRemains::takesLock));
	}

	/** Code may leave anything: nobody can read it. */
	static SessionRemains beforeCode(PostgresConnection connection) {
		return new SessionRemains(connection, true, true, true);
	}

	/** For what runs in a session of others, or is known to leave nothing. */
	static SessionRemains none(PostgresConnection connection) {
		return new SessionRemains(connection, false, false, false);
	}

	/**
	 * Return whether a statement leaves something that outlives its transaction.
	 */
	static boolean outlivesTransaction(SqlStatement statement) {
		return prepares(statement) || opensCursor(statement) || takesLock(statement);
	}

	private static boolean prepares(SqlStatement statement) {
		return statement.tokens().isWord(0, "PREPARE");
	}

	private static boolean opensCursor(SqlStatement statement) {
		SqlTokens tokens = statement.tokens();
		return tokens.isWord(0, "DECLARE") && tokens.all().stream().anyMatch((token) -> token.isWord("hold"))
				&& tokens.all().stream().noneMatch((token) -> token.isWord("without"));
	}

	private static boolean takesLock(SqlStatement statement) {
		return statement.tokens()
			.all()
			.stream()
			.map(SqlToken::value)
			.anyMatch((word) -> word.startsWith("pg_advisory_lock") || word.startsWith("pg_try_advisory_lock"));
	}

	/**
	 * Take away what is there now and was not there before.
	 */
	void clear() {
		if (this.prepares) {
			this.connection.jdbc()
				.queryForList("SELECT name FROM pg_catalog.pg_prepared_statements WHERE from_sql", String.class)
				.forEach((name) -> this.connection.jdbc().execute("DEALLOCATE " + SqlLiteral.name(name)));
		}
		if (this.opensCursors) {
			this.connection.jdbc().execute("CLOSE ALL");
		}
		if (this.locks) {
			unlock();
		}
	}

	private void unlock() {
		for (int round = 0; round < MOST_ROUNDS; round++) {
			List<String> left = locks().stream().filter((lock) -> !this.locksBefore.contains(lock)).toList();
			if (left.isEmpty()) {
				return;
			}
			long released = left.stream()
				.filter((lock) -> Boolean.TRUE
					.equals(this.connection.jdbc().queryForObject("SELECT pg_catalog." + lock, Boolean.class)))
				.count();
			if (released == 0) {
				// Those of a transaction end with it.
				return;
			}
		}
	}

	private List<String> locks() {
		return this.connection.jdbc().queryForList(LOCKS, String.class);
	}

}
