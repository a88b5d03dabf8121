package dev.samara.seed.check;

import java.sql.Array;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.postgres.SqlLiteral;

/**
 * Writes a query for each foreign key of the schema that finds rows that point to
 * nothing. There can be some where a key is {@code NOT VALID}, or where triggers were off
 * while rows were loaded.
 */
final class ForeignKeyChecks {

	private static final String FOREIGN_KEYS = """
			SELECT o.conname, coalesce((pg_catalog.to_jsonb(o) ->> 'conperiod')::boolean, false) AS has_period, o.conrelid::regclass::text AS referring, o.confrelid::regclass::text AS referenced,
				array(SELECT a.attname::text FROM unnest(o.conkey) WITH ORDINALITY k (num, place)
					JOIN pg_catalog.pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = k.num ORDER BY k.place) AS columns,
				array(SELECT a.attname::text FROM unnest(o.confkey) WITH ORDINALITY k (num, place)
					JOIN pg_catalog.pg_attribute a ON a.attrelid = o.confrelid AND a.attnum = k.num ORDER BY k.place) AS targets,
				array(SELECT a.attname::text FROM pg_catalog.pg_index i
					JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey[0:i.indnkeyatts - 1])
					WHERE i.indrelid = o.conrelid AND i.indisprimary ORDER BY a.attnum) AS keys
			FROM pg_catalog.pg_constraint o JOIN pg_catalog.pg_namespace n ON n.oid = o.connamespace
			WHERE o.contype = 'f' AND o.conparentid = 0 AND n.nspname = current_schema()
			ORDER BY 2, 1
			""";

	private ForeignKeyChecks() {
	}

	static List<CheckQuery> queries(JdbcTemplate jdbc) {
		return jdbc.query(FOREIGN_KEYS, (row, number) -> {
			String referring = row.getString("referring");
			return new CheckQuery("foreign key " + row.getString("conname") + " of " + referring,
					query(referring, row.getString("referenced"), strings(row.getArray("columns")),
							strings(row.getArray("targets")), strings(row.getArray("keys")),
							row.getBoolean("has_period")),
					Expectation.NOTHING);
		});
	}

	private static String query(String referring, String referenced, List<String> columns, List<String> targets,
			List<String> keys, boolean hasPeriod) {
		String selected = keys.isEmpty() ? "1"
				: keys.stream().map((key) -> "c." + SqlLiteral.name(key)).collect(Collectors.joining(", "));
		String given = columns.stream()
			.map((column) -> "c." + SqlLiteral.name(column) + " IS NOT NULL")
			.collect(Collectors.joining(" AND "));
		int equal = columns.size() - (hasPeriod ? 1 : 0);
		String rows = " FROM " + referenced + " p WHERE "
				+ IntStream.range(0, equal)
					.mapToObj((i) -> "p." + SqlLiteral.name(targets.get(i)) + " = c." + SqlLiteral.name(columns.get(i)))
					.collect(Collectors.joining(" AND "));
		String isFound = hasPeriod
				? "coalesce(c." + SqlLiteral.name(columns.get(equal)) + " OPERATOR(pg_catalog.<@) (SELECT "
						+ "pg_catalog.range_agg(p." + SqlLiteral.name(targets.get(equal)) + ")" + rows + "), false)"
				: "EXISTS (SELECT" + rows + ")";
		return "SELECT " + selected + " FROM " + referring + " c WHERE " + given + " AND NOT " + isFound;
	}

	private static List<String> strings(Array array) throws SQLException {
		return List.of((String[]) array.getArray());
	}

}
