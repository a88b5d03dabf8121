package dev.samara.seed.check;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.postgresql.jdbc.PgResultSetMetaData;
import org.springframework.jdbc.core.ConnectionCallback;

import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.SqlLiteral;

/**
 * Runs a query, and names the rows it returns by their keys: values of columns of primary
 * keys, wherever the query takes them from, and no others.
 */
final class OffendingRows {

	/** Rows that are named. */
	private static final int MOST = 10;

	private static final int LONGEST_KEY = 100;

	private static final String IS_KEY = """
			SELECT EXISTS (SELECT FROM pg_catalog.pg_index i
				JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey[0:i.indnkeyatts - 1])
				WHERE i.indisprimary AND i.indrelid = pg_catalog.to_regclass(?) AND a.attname = ?)
			""";

	private OffendingRows() {
	}

	static CheckResult check(PostgresConnection connection, CheckQuery query) {
		if (!query.expected().equals(Expectation.NOTHING)) {
			Long count = connection.jdbc()
				.queryForObject("SELECT count(*) FROM (" + query.sql() + "\n) checked", Long.class);
			return counted(query.name(), query.expected(), (count != null) ? count : 0);
		}
		return Objects.requireNonNull(connection.jdbc().execute((ConnectionCallback<CheckResult>) (raw) -> {
			try (Statement statement = raw.createStatement()) {
				statement.setEscapeProcessing(false);
				statement.setMaxRows(MOST + 1);
				try (ResultSet rows = statement.executeQuery(query.sql())) {
					return describe(connection, query, rows);
				}
			}
		}));
	}

	static CheckResult counted(String name, Expectation expected, long count) {
		return new CheckResult(name, expected.isMetBy(count), "expected " + expected + ", found " + count);
	}

	private static CheckResult describe(PostgresConnection connection, CheckQuery query, ResultSet rows)
			throws SQLException {
		if (!rows.next()) {
			return new CheckResult(query.name(), true, "no rows, as expected");
		}
		Map<Integer, String> keys = keyColumns(connection, rows);
		List<String> found = new ArrayList<>();
		do {
			found.add(key(rows, keys));
		}
		while (rows.next());
		String count = (found.size() > MOST) ? "more than " + MOST + " rows"
				: found.size() + ((found.size() == 1) ? " row" : " rows");
		String which = keys.isEmpty() ? "; select the primary key, too, and they are named here"
				: ": " + String.join("; ", found.subList(0, Math.min(found.size(), MOST)));
		return new CheckResult(query.name(), false, "expected no rows, found " + count + which);
	}

	private static Map<Integer, String> keyColumns(PostgresConnection connection, ResultSet rows) throws SQLException {
		PgResultSetMetaData metaData = rows.getMetaData().unwrap(PgResultSetMetaData.class);
		Map<Integer, String> keys = new LinkedHashMap<>();
		for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
			String column = metaData.getBaseColumnName(i);
			if (column != null && !column.isEmpty()) {
				String table = SqlLiteral.name(metaData.getBaseSchemaName(i)) + "."
						+ SqlLiteral.name(metaData.getBaseTableName(i));
				if (Boolean.TRUE.equals(connection.jdbc().queryForObject(IS_KEY, Boolean.class, table, column))) {
					keys.put(i, rows.getMetaData().getColumnLabel(i));
				}
			}
		}
		return keys;
	}

	private static String key(ResultSet row, Map<Integer, String> keys) throws SQLException {
		List<String> parts = new ArrayList<>();
		for (Map.Entry<Integer, String> key : keys.entrySet()) {
			String value = String.valueOf(row.getString(key.getKey()));
			parts.add(key.getValue() + " "
					+ ((value.length() > LONGEST_KEY) ? value.substring(0, LONGEST_KEY) + "…" : value));
		}
		return String.join(", ", parts);
	}

}
