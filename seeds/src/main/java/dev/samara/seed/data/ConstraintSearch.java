package dev.samara.seed.data;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.postgres.SqlLiteral;
import dev.samara.seed.data.LoadPlan.Staged;
import dev.samara.seed.data.LoadPlan.Value;
import dev.samara.seed.data.TargetTable.UniqueKey;

/**
 * Finds the first row that breaks a constraint, of which the server tells only the name:
 * asks the rows, as the merge would leave them, whether they fulfil its condition, or
 * clash with others by its columns.
 */
final class ConstraintSearch {

	private static final String CHECK_VIOLATION = "23514";

	private static final String UNIQUE_VIOLATION = "23505";

	private static final String CHECK = """
			SELECT pg_catalog.pg_get_expr(o.conbin, o.conrelid) AS condition,
				array(SELECT a.attname::text FROM pg_catalog.pg_attribute a
					WHERE a.attrelid = o.conrelid AND a.attnum = ANY (o.conkey)) AS columns
			FROM pg_catalog.pg_constraint o
			WHERE o.conrelid = ? AND o.conname = ? AND o.contype = 'c'
			""";

	/** What a row has in a column that nothing is put into; no number of a sequence. */
	private static final String INITIAL_VALUES = """
			SELECT a.attname, coalesce((SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid) FROM pg_catalog.pg_attrdef d
					WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.attgenerated = ''
						AND pg_catalog.pg_get_expr(d.adbin, d.adrelid) !~ 'nextval\\('),
				'NULL::' || pg_catalog.format_type(a.atttypid, a.atttypmod)) AS initial
			FROM pg_catalog.pg_attribute a
			WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
			ORDER BY a.attnum
			""";

	private final LoadPlan plan;

	private final LoadSql sql;

	private final JdbcTemplate jdbc;

	ConstraintSearch(LoadPlan plan, LoadSql sql, JdbcTemplate jdbc) {
		this.plan = plan;
		this.sql = sql;
		this.jdbc = jdbc;
	}

	/**
	 * Look for the row.
	 * @param ex what the server said
	 * @return the row, or {@code null} if it is none of the file's, or cannot be found
	 */
	@Nullable Found find(SQLException ex) {
		ServerErrorMessage server = (ex instanceof PSQLException psql) ? psql.getServerErrorMessage() : null;
		String constraint = (server != null) ? server.getConstraint() : null;
		if (constraint == null) {
			return null;
		}
		if (CHECK_VIOLATION.equals(ex.getSQLState())) {
			return unfulfilled(constraint);
		}
		if (UNIQUE_VIOLATION.equals(ex.getSQLState())) {
			for (UniqueKey key : this.plan.table().keys()) {
				if (key.name().equals(constraint)) {
					return first(clashing(key.columns()), key.columns());
				}
			}
		}
		return null;
	}

	private @Nullable Found unfulfilled(String constraint) {
		List<Condition> found = this.jdbc
			.query(CHECK,
					(row, number) -> new Condition(row.getString("condition"),
							List.of((String[]) row.getArray("columns").getArray())),
					this.plan.table().oid(), constraint);
		if (found.isEmpty()) {
			return null;
		}
		return first("SELECT samara_n FROM " + this.sql.resulting(initialValues()) + " WHERE NOT (" + found.get(0).sql()
				+ ") ORDER BY 1 LIMIT 1", found.get(0).columns());
	}

	/** Rows that other rows of the file, or of the table, stand in the way of. */
	private String clashing(List<String> columns) {
		String names = columns.stream().map(SqlLiteral::name).collect(Collectors.joining(", "));
		String isSame = columns.stream()
			.map((column) -> "x." + SqlLiteral.name(column) + " = r." + SqlLiteral.name(column))
			.collect(Collectors.joining(" AND "));
		return "SELECT samara_n FROM (SELECT *, row_number() OVER (PARTITION BY " + names
				+ " ORDER BY samara_n) AS samara_copy FROM " + this.sql.resulting(initialValues())
				+ ") r WHERE num_nulls(" + names + ") = 0 AND (samara_copy > 1 OR EXISTS (SELECT FROM "
				+ this.plan.table().quoted() + " x WHERE " + isSame
				+ " AND (x.tableoid, x.ctid) IS DISTINCT FROM (r.samara_table, r.samara_place))) ORDER BY 1 LIMIT 1";
	}

	private Map<String, String> initialValues() {
		Map<String, String> values = new LinkedHashMap<>();
		this.jdbc.query(INITIAL_VALUES, (row) -> {
			values.put(row.getString("attname"), row.getString("initial"));
		}, this.plan.table().oid());
		this.plan.values().forEach((value) -> values.remove(value.column().name()));
		return values;
	}

	private @Nullable Found first(String sql, List<String> columns) {
		List<Long> rows = this.jdbc.queryForList(sql, Long.class);
		return rows.isEmpty() ? null
				: new Found(rows.get(0),
						this.plan.values()
							.stream()
							.filter((value) -> columns.contains(value.column().name()))
							.map(Value::staged)
							.map((staged) -> staged.get(0))
							.toList());
	}

	/**
	 * A row that breaks a constraint.
	 *
	 * @param row its number in the file
	 * @param fields the columns of the file that the constraint is about
	 */
	record Found(long row, List<Staged> fields) {

	}

	/**
	 * The condition of a constraint.
	 *
	 * @param sql the condition
	 * @param columns the columns it is about
	 */
	private record Condition(String sql, List<String> columns) {

	}

}
