package dev.samara.execution;

import java.sql.SQLException;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.SqlLiteral;
import dev.samara.postgres.SqlStates;
import dev.samara.sql.ConcurrentIndex;

/**
 * Deals with what an interrupted or failed {@code CREATE INDEX CONCURRENTLY} leaves: an
 * index of the same name that is invalid, so that it costs every write and serves no
 * query, or one that the server has finished after the application was gone.
 */
final class LeftoverIndex {

	private static final Log logger = LogFactory.getLog(LeftoverIndex.class);

	private static final String QUERY = """
			SELECT n.nspname, c.relname, i.indisvalid, (
				SELECT min(l.pid) FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a USING (pid)
				WHERE l.locktype = 'relation' AND l.relation = i.indrelid AND l.granted
					AND l.mode = 'ShareUpdateExclusiveLock' AND l.pid <> pg_backend_pid()
					AND a.backend_type IS DISTINCT FROM 'autovacuum worker'
					AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
			)
			FROM pg_catalog.pg_index i
				JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
				JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			WHERE i.indrelid = to_regclass(?) AND (c.relname = cast(? AS name) OR (? IS NULL AND NOT i.indisvalid))
			""";

	private LeftoverIndex() {
	}

	/**
	 * Drop an invalid index before it is built again.
	 * @param wasInterrupted whether an earlier run was interrupted in this very statement
	 * @return whether the index is there already and valid, made by that run
	 */
	static boolean clear(PostgresConnection connection, ConcurrentIndex index, boolean wasInterrupted)
			throws SQLException {
		String table = SqlLiteral.name(index.table());
		String qualified = (index.schema() != null) ? SqlLiteral.name(index.schema()) + "." + table : table;
		List<Found> indexes = connection.jdbc()
			.query(QUERY, (row, number) -> new Found(row.getString(1), row.getString(2), row.getBoolean(3),
					(Integer) row.getObject(4)), qualified, index.index(), index.index());
		for (Found found : indexes) {
			if (index.index() == null) {
				logger.warn("Table " + index.table() + " has an invalid index " + found.name() + ", perhaps left by an "
						+ "attempt to build the index that is built now. A statement that names its index lets Samara "
						+ "deal with that; drop this one by hand: DROP INDEX CONCURRENTLY " + found.qualifiedName());
			}
			else if (found.valid()) {
				return isFinished(found, wasInterrupted);
			}
			else {
				drop(connection, found);
			}
		}
		return false;
	}

	private static boolean isFinished(Found found, boolean wasInterrupted) {
		if (wasInterrupted) {
			logger.info("Index " + found.name() + " was finished by the server after the last run was interrupted; it "
					+ "is not built again");
		}
		return wasInterrupted;
	}

	private static void drop(PostgresConnection connection, Found found) throws SQLException {
		if (found.builder() != null) {
			throw new SQLException("Index " + found.name() + " is invalid, and another session works on its table, "
					+ "perhaps building it: pid " + found.builder(), SqlStates.OBJECT_IN_USE);
		}
		logger.info("Index " + found.name() + " is invalid, left by an attempt that did not finish; it is dropped and "
				+ "built again");
		connection.send("DROP INDEX CONCURRENTLY " + found.qualifiedName());
	}

	private record Found(String schema, String name, boolean valid, @Nullable Integer builder) {

		String qualifiedName() {
			return SqlLiteral.name(this.schema) + "." + SqlLiteral.name(this.name);
		}

	}

}
