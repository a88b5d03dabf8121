package dev.samara.sample.torture;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A row of the history, as somebody with {@code psql} sees it.
 *
 * @param key {@code V} and the version, or the name of a repeatable migration
 */
record HistoryRow(long id, String run, String event, String key, String checksum, int done, int total, String sqlState,
		String error) {

	static final String QUERY = """
			SELECT id, run_id, event, coalesce('V' || version, description) AS key, checksum, statements_done,
				statements_total, sql_state, error
			FROM samara_migrations ORDER BY id
			""";

	static HistoryRow read(ResultSet row, int number) throws SQLException {
		return new HistoryRow(row.getLong("id"), row.getString("run_id"), row.getString("event"), row.getString("key"),
				row.getString("checksum"), row.getInt("statements_done"), row.getInt("statements_total"),
				row.getString("sql_state"), row.getString("error"));
	}

	boolean isApplied() {
		return this.event.equals("APPLIED");
	}

	boolean isFailed() {
		return this.event.equals("FAILED");
	}

}
