package dev.samara.execution;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.SqlLiteral;
import dev.samara.postgres.SqlStates;

/**
 * Looks what indexes there are, and drops those that an interrupted or failed statement
 * has left invalid, so that they cost every write and serve no query. An index is invalid
 * as well while somebody builds it: then it is left alone.
 */
final class TableIndexes {

	private static final Log logger = LogFactory.getLog(TableIndexes.class);

	private static final String SELECT = """
			SELECT i.indexrelid::bigint, n.nspname, c.relname, i.indisvalid, t.oid::regclass::text,
				pg_catalog.pg_get_indexdef(i.indexrelid), (
				SELECT min(l.pid) FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a USING (pid)
				WHERE l.locktype = 'relation' AND l.relation = i.indrelid AND l.granted
					AND l.mode = 'ShareUpdateExclusiveLock' AND l.pid <> pg_catalog.pg_backend_pid()
					AND a.backend_type IS DISTINCT FROM 'autovacuum worker' AND a.usesysid IS NOT NULL
					AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
			)
			FROM pg_catalog.pg_index i
				JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
				JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
				JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			""";

	private static final String OF_TABLE = SELECT + "WHERE i.indrelid = to_regclass(?) ORDER BY 1";

	private static final String OF_INDEX_TABLE = SELECT
			+ "WHERE i.indrelid = (SELECT x.indrelid FROM pg_catalog.pg_index x WHERE x.indexrelid = to_regclass(?)) "
			+ "ORDER BY 1";

	private static final String IN_SCHEMA_OF = SELECT
			+ "WHERE c.relname = cast(? AS name) AND c.relnamespace = (SELECT x.relnamespace FROM pg_catalog.pg_class x "
			+ "WHERE x.oid = to_regclass(?))";

	/** How long a leftover may hold up the report of the failure it is left from. */
	private static final String BRIEFLY = "SET lock_timeout = '2s'";

	private final PostgresConnection connection;

	TableIndexes(PostgresConnection connection) {
		this.connection = connection;
	}

	/**
	 * Return the indexes of a table.
	 */
	List<Found> of(String table) {
		return query(OF_TABLE, table);
	}

	/**
	 * Return the indexes of the table that an index belongs to.
	 */
	List<Found> besides(String index) {
		return query(OF_INDEX_TABLE, index);
	}

	/**
	 * Return the index that has a name in the schema of a table, on whatever table it is.
	 */
	List<Found> named(String index, String table) {
		return query(IN_SCHEMA_OF, index, table);
	}

	private List<Found> query(String sql, Object... arguments) {
		return this.connection.jdbc()
			.query(sql, (row, number) -> new Found(row.getLong(1), row.getString(2), row.getString(3),
					row.getBoolean(4), row.getString(5), row.getString(6), (Integer) row.getObject(7)), arguments);
	}

	/**
	 * Drop a leftover.
	 * @throws SQLException if somebody may be building it, or the server refuses
	 */
	void drop(Found leftover) throws SQLException {
		drop(leftover, "an attempt that did not finish");
	}

	private void drop(Found leftover, String attempt) throws SQLException {
		if (leftover.builder() != null) {
			throw new SQLException("Index " + leftover.name() + " is invalid, and another session works on its table, "
					+ "perhaps building it: pid " + leftover.builder(), SqlStates.OBJECT_IN_USE);
		}
		logger.info("Index " + leftover.name() + " is invalid, left by " + attempt + "; it is dropped");
		this.connection.send("DROP INDEX CONCURRENTLY " + leftover.qualifiedName());
	}

	/**
	 * Drop what a statement has just left that failed in this session. Never fails: what
	 * stays, the next run drops.
	 */
	void dropAfterFailure(List<Found> now, Predicate<Found> isLeftover) {
		for (Found found : now) {
			if (!found.isValid() && found.builder() == null && isLeftover.test(found)) {
				try {
					this.connection.send(BRIEFLY);
					drop(found, "the statement that has just failed");
				}
				catch (SQLException ex) {
					logger.warn("Invalid index " + found.name() + " stays until the next run: " + ServerError.of(ex));
				}
			}
		}
	}

	/**
	 * An index.
	 *
	 * @param id its oid
	 * @param schema its schema
	 * @param name its name
	 * @param isValid whether it is complete
	 * @param table its table
	 * @param definition the SQL that makes it, in the words of the server
	 * @param builder a session that may be building it, or {@code null}
	 */
	record Found(long id, String schema, String name, boolean isValid, String table, String definition,
			@Nullable Integer builder) {

		String qualifiedName() {
			return SqlLiteral.name(this.schema) + "." + SqlLiteral.name(this.name);
		}

	}

}
