package dev.samara.execution;

import java.sql.SQLException;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.SqlLiteral;
import dev.samara.sql.ConcurrentIndex;

/**
 * Deals with what an interrupted or failed {@code CREATE INDEX CONCURRENTLY} leaves: an
 * index of the same name that is invalid, so that it costs every write and serves no
 * query, or one that the server has finished after the application was gone.
 */
final class LeftoverIndex {

	private static final Log logger = LogFactory.getLog(LeftoverIndex.class);

	private static final String QUERY = """
			SELECT n.nspname, c.relname, i.indisvalid
			FROM pg_catalog.pg_index i
				JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
				JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			WHERE c.relname = cast(? AS name) AND i.indrelid = to_regclass(?)
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
		if (index.index() == null) {
			return false;
		}
		String table = SqlLiteral.name(index.table());
		String qualified = (index.schema() != null) ? SqlLiteral.name(index.schema()) + "." + table : table;
		List<Found> found = connection.jdbc()
			.query(QUERY, (row, number) -> new Found(row.getString(1), row.getString(2), row.getBoolean(3)),
					index.index(), qualified);
		for (Found leftover : found) {
			if (leftover.valid()) {
				if (wasInterrupted) {
					logger.info("Index " + leftover.name() + " was finished by the server after the last run was "
							+ "interrupted; it is not built again");
				}
				return wasInterrupted;
			}
			logger.info("Index " + leftover.name() + " is invalid, left by an attempt that did not finish; it is "
					+ "dropped and built again");
			connection.send("DROP INDEX CONCURRENTLY " + SqlLiteral.name(leftover.schema()) + "."
					+ SqlLiteral.name(leftover.name()));
		}
		return false;
	}

	private record Found(String schema, String name, boolean valid) {

	}

}
