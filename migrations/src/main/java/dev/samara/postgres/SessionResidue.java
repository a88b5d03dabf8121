package dev.samara.postgres;

import java.util.List;
import java.util.Set;

/**
 * What scripts may leave in a session through functions, where their text does not show
 * it: advisory locks, prepared statements, cursors that outlive their transaction.
 */
final class SessionResidue {

	/** Each row is the SQL that removes one object. */
	static final String QUERY = """
			SELECT DISTINCT format('SELECT pg_catalog.%s(%s)',
				CASE mode WHEN 'ShareLock' THEN 'pg_advisory_unlock_shared' ELSE 'pg_advisory_unlock' END,
				CASE objsubid WHEN 1 THEN (classid::bigint << 32 | objid::bigint)::text
					ELSE format('%s, %s', classid::int, objid::int) END) AS removal
			FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND pid = pg_catalog.pg_backend_pid()
			UNION ALL
			SELECT format('DEALLOCATE %I', name) FROM pg_catalog.pg_prepared_statements WHERE from_sql
			UNION ALL
			SELECT format('CLOSE %I', name) FROM pg_catalog.pg_cursors WHERE is_holdable
			""";

	private final PostgresConnection connection;

	private final Set<String> before;

	/**
	 * Create a residue.
	 * @param connection the session
	 * @param before what the session held before the run
	 */
	SessionResidue(PostgresConnection connection, Set<String> before) {
		this.connection = connection;
		this.before = before;
	}

	/**
	 * Remove what the session holds now and did not hold before; outside a transaction,
	 * once the lock of the run is released.
	 */
	void remove() {
		boolean isRepeated = true;
		while (isRepeated) {
			List<String> left = removals().stream().filter((removal) -> !this.before.contains(removal)).toList();
			left.stream().filter((removal) -> !isLock(removal)).forEach(this.connection.jdbc()::execute);
			isRepeated = unlock(left.stream().filter(SessionResidue::isLock).toList());
		}
	}

	/**
	 * Release locks, each once.
	 * @return whether a session may hold one of them still, which it has taken twice
	 */
	private boolean unlock(List<String> locks) {
		if (!locks.isEmpty() && this.before.stream().noneMatch(SessionResidue::isLock)) {
			this.connection.jdbc().execute("SELECT pg_catalog.pg_advisory_unlock_all()");
			return false;
		}
		return locks.stream()
			.filter((lock) -> Boolean.TRUE.equals(this.connection.jdbc().queryForObject(lock, Boolean.class)))
			.count() > 0;
	}

	private static boolean isLock(String removal) {
		return removal.contains("pg_advisory_unlock");
	}

	private List<String> removals() {
		return this.connection.jdbc().queryForList(QUERY, String.class);
	}

}
