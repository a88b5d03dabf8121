package dev.samara.activity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.StatementCallback;

import dev.samara.postgres.PostgresConnection;
import dev.samara.sql.MaskedSql;

/**
 * Asks the server who stands in the way of a session.
 */
final class BlockageQuery {

	private static final int LONGEST_QUERY = 120;

	/**
	 * An autovacuum worker belongs to no user; where its type is hidden that tells it
	 * from others.
	 */
	private static final String BLOCKERS = """
			WITH RECURSIVE chain (pid) AS (
				SELECT unnest(pg_catalog.pg_blocking_pids($pid))
				UNION
				SELECT b.pid FROM chain c CROSS JOIN LATERAL unnest(pg_catalog.pg_blocking_pids(c.pid)) b (pid)
			), locks AS MATERIALIZED (
				SELECT l.*, coalesce(l.pid, 0) AS holder,
					ROW(l.locktype, l.database, l.relation, l.page, l.tuple, l.virtualxid, l.transactionid, l.classid,
						l.objid, l.objsubid)::text AS object
				FROM pg_catalog.pg_locks l
			)
			SELECT c.pid, a.usename, nullif(a.application_name, '') AS application, host(a.client_addr) AS client,
				CASE WHEN a.backend_type IS NULL AND a.usesysid IS NULL AND a.pid IS NOT NULL
					THEN 'autovacuum worker' ELSE a.backend_type END AS backend_type,
				a.state, (extract(epoch FROM clock_timestamp() - a.xact_start) * 1000)::bigint AS age, h.mode, h.granted,
				coalesce(h.relation::regclass::text, h.locktype) AS object, a.query,
				cardinality(pg_catalog.pg_blocking_pids(c.pid)) = 0 AS root,
				(SELECT min(l.virtualtransaction) FROM locks l WHERE l.holder = c.pid) AS transaction,
				(SELECT count(DISTINCT l.pid) FROM locks l
					WHERE NOT l.granted AND $pid = ANY (pg_catalog.pg_blocking_pids(l.pid))) AS queued
			FROM chain c LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = c.pid LEFT JOIN LATERAL (
				SELECT l.* FROM locks l JOIN locks w ON w.object = l.object AND NOT w.granted AND w.holder <> l.holder
				WHERE l.holder = c.pid AND (w.holder = $pid OR w.holder IN (SELECT pid FROM chain))
				ORDER BY l.granted DESC, w.holder = $pid DESC
				LIMIT 1
			) h ON true
			ORDER BY root DESC, age DESC NULLS LAST, c.pid
			""";

	/**
	 * The planner takes a recursion over functions for so dear that it has the query
	 * compiled, for seconds. Locally, as a pooler may give the session to others.
	 */
	private static final String AS_IT_IS = "BEGIN; SET LOCAL jit = off; SET LOCAL application_name = 'samara observer';\n%s;"
			+ "\nCOMMIT";

	private static final String STILL_OPEN = """
			SELECT count(*) > 0 FROM pg_catalog.pg_locks WHERE virtualtransaction = ANY (?)
			""";

	private BlockageQuery() {
	}

	/**
	 * Ask who stands in the way of a session now.
	 * @param connection another session
	 * @param pid process id of the backend of the session
	 * @return what was seen, {@link Blockage#NONE} if it does not wait for a lock
	 */
	static Blockage blockage(PostgresConnection connection, int pid) {
		List<Blocker> blockers = new ArrayList<>();
		Set<String> transactions = new HashSet<>();
		int[] queued = { 0 };
		query(connection, AS_IT_IS.formatted(BLOCKERS.replace("$pid", String.valueOf(pid))), (row) -> {
			blockers.add(blocker(row));
			String transaction = row.getString("transaction");
			if (transaction != null) {
				transactions.add(transaction);
			}
			queued[0] = row.getInt("queued");
		});
		return blockers.isEmpty() ? Blockage.NONE : new Blockage(blockers, transactions, queued[0]);
	}

	private static void query(PostgresConnection connection, String sql, RowCallbackHandler handler) {
		try {
			connection.jdbc().execute((StatementCallback<Boolean>) (statement) -> {
				boolean isResult = statement.execute(sql);
				while (!isResult && statement.getUpdateCount() != -1) {
					isResult = statement.getMoreResults();
				}
				try (ResultSet rows = statement.getResultSet()) {
					while (rows.next()) {
						handler.processRow(rows);
					}
				}
				return true;
			});
		}
		catch (DataAccessException ex) {
			try {
				connection.rollbackIfOpen();
			}
			catch (SQLException rollback) {
				ex.addSuppressed(rollback);
			}
			throw ex;
		}
	}

	private static Blocker blocker(ResultSet row) throws SQLException {
		long age = row.getLong("age");
		Duration transactionAge = row.wasNull() ? null : Duration.ofMillis(Math.max(0, age));
		String backendType = row.getString("backend_type");
		return new Blocker(row.getInt("pid"), row.getString("usename"), row.getString("application"),
				row.getString("client"), backendType, row.getString("state"), transactionAge, row.getString("mode"),
				row.getBoolean("granted"), row.getString("object"), query(row.getString("query"), backendType),
				row.getBoolean("root"));
	}

	/** What an autovacuum says of itself is no SQL, and holds no values. */
	private static @Nullable String query(@Nullable String query, @Nullable String backendType) {
		if (query == null || query.isBlank() || query.startsWith("<")) {
			return null;
		}
		return Blocker.AUTOVACUUM.equals(backendType) ? query : MaskedSql.of(query, LONGEST_QUERY);
	}

	/**
	 * Ask whether transactions are still open.
	 * @param connection a session
	 * @param transactions the transactions, as {@code pg_locks} names them
	 * @return whether one of them is
	 */
	static boolean isAnyOpen(PostgresConnection connection, Collection<String> transactions) {
		return Boolean.TRUE.equals(connection.jdbc()
			.queryForObject(STILL_OPEN, Boolean.class, (Object) transactions.toArray(String[]::new)));
	}

}
