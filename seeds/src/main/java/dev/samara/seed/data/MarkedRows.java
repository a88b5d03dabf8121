package dev.samara.seed.data;

import java.sql.Array;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.postgres.SqlLiteral;
import dev.samara.postgres.TableName;

/**
 * A temporary table of the places of rows, which ends with the transaction: the rows that
 * seeds have inserted, found by the keys that are remembered, and whatever else goes with
 * them.
 */
final class MarkedRows {

	static final String TABLE = "pg_temp.samara_seed_removal";

	/** Locks what is marked, so that nobody can point to it any more. */
	static final String LOCK = " FOR UPDATE OF t";

	private static final String CREATE = "CREATE TEMP TABLE samara_seed_removal (target oid NOT NULL, part oid NOT NULL, "
			+ "place tid NOT NULL, is_own boolean NOT NULL, PRIMARY KEY (part, place)) ON COMMIT DROP";

	private static final String KEYS = """
			SELECT DISTINCT m.target, array(SELECT k FROM pg_catalog.jsonb_object_keys(m.key) k ORDER BY k) AS columns
			FROM %s m WHERE m.seed = ? ORDER BY 1, 2
			""";

	/**
	 * A foreign key may point to a partition, or to a table above it. Before PostgreSQL
	 * 18 no key has a period, and no column says so.
	 */
	private static final String FOREIGN_KEYS = """
			SELECT o.conname, o.conrelid, o.conrelid::regclass::text AS referring, o.confrelid::regclass::text AS referenced,
				o.confdeltype IN ('n', 'd') AS is_emptied,
				coalesce((pg_catalog.to_jsonb(o) ->> 'conperiod')::boolean, false) AS has_period,
				array(SELECT a.attname::text FROM unnest(o.conkey) WITH ORDINALITY k (num, place)
					JOIN pg_catalog.pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = k.num ORDER BY k.place) AS columns,
				array(SELECT a.attname::text FROM unnest(o.confkey) WITH ORDINALITY k (num, place)
					JOIN pg_catalog.pg_attribute a ON a.attrelid = o.confrelid AND a.attnum = k.num ORDER BY k.place) AS wanted
			FROM pg_catalog.pg_constraint o
			WHERE o.contype = 'f' AND o.conparentid = 0 AND o.confrelid IN (SELECT m.part FROM %1$s m
				UNION SELECT a.relid FROM (SELECT DISTINCT part FROM %1$s) m, pg_catalog.pg_partition_ancestors(m.part) a)
			ORDER BY 3, 1
			"""
		.formatted(TABLE);

	private final JdbcTemplate jdbc;

	private final TableName memory;

	private final TableCatalogue catalogue;

	MarkedRows(JdbcTemplate jdbc, TableName memory) {
		this.jdbc = jdbc;
		this.memory = memory;
		this.catalogue = new TableCatalogue(jdbc);
	}

	void create() {
		this.jdbc.execute(CREATE);
	}

	/**
	 * Mark the rows that a seed has inserted as its own.
	 * @param lock what locks them, or an empty text
	 */
	void mark(String seed, String lock) {
		remembered(seed).forEach((rows) -> mark(rows, "", lock));
	}

	/**
	 * Mark and lock those rows that a seed has inserted and its file no longer holds.
	 * @param sql writes the statements of the load, whose rows are staged
	 */
	void markGone(String seed, LoadPlan plan, LoadSql sql) {
		remembered(seed).forEach((rows) -> mark(rows,
				rows.isIn(plan.table()) ? " AND NOT EXISTS (SELECT FROM " + sql.stagedLike("t") + ")" : "", LOCK));
	}

	/**
	 * Forget rows that are no longer there: somebody else may put them in again.
	 */
	void forgetMissing(String seed) {
		for (Remembered rows : remembered(seed)) {
			if (rows.table() != null) {
				this.jdbc.update("DELETE FROM " + this.memory.quoted() + " m WHERE " + rows.isRemembered()
						+ " AND NOT EXISTS (SELECT FROM " + rows.table().quoted() + " t WHERE " + rows.matches() + ")");
			}
		}
	}

	/**
	 * Return what is remembered and cannot be found any more, because a table or a column
	 * has another name since.
	 */
	List<String> lost(String seed) {
		return remembered(seed).stream()
			.filter((rows) -> rows.table() == null)
			.map((rows) -> rows.target() + " (" + String.join(", ", rows.columns()) + ")")
			.toList();
	}

	private List<Remembered> remembered(String seed) {
		return this.jdbc.query(KEYS.formatted(this.memory.quoted()), (row, number) -> {
			List<String> columns = strings(row.getArray("columns"));
			TargetTable table = table(row.getString("target"));
			boolean isWhole = table != null && columns.stream().allMatch(table.columns()::containsKey);
			return new Remembered(seed, row.getString("target"), columns, isWhole ? table : null);
		}, seed);
	}

	private void mark(Remembered rows, String condition, String lock) {
		TargetTable table = rows.table();
		if (table != null) {
			this.jdbc.update("INSERT INTO " + TABLE + " SELECT " + table.oid() + ", t.tableoid, t.ctid, true FROM "
					+ this.memory.quoted() + " m JOIN " + table.quoted() + " t ON " + rows.matches() + " WHERE "
					+ rows.isRemembered() + condition + lock + " ON CONFLICT DO NOTHING");
		}
	}

	private @Nullable TargetTable table(String target) {
		List<QualifiedName> names = this.jdbc.query(
				"""
						SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
						WHERE n.nspname || '.' || c.relname = ? AND c.relkind IN ('r', 'p')
						""",
				(row, number) -> new QualifiedName(row.getString(1), row.getString(2)), target);
		return (names.size() == 1) ? this.catalogue.find(names.get(0)) : null;
	}

	/**
	 * Return the foreign keys that point to tables of which rows are marked.
	 */
	List<ForeignKey> foreignKeys() {
		return this.jdbc.query(FOREIGN_KEYS,
				(row, number) -> new ForeignKey(row.getString("conname"), row.getLong("conrelid"),
						row.getString("referring"), row.getString("referenced"), row.getBoolean("is_emptied"),
						row.getBoolean("has_period"), strings(row.getArray("columns")),
						strings(row.getArray("wanted"))));
	}

	private static List<String> strings(Array array) throws SQLException {
		return List.of((String[]) array.getArray());
	}

	/**
	 * Rows that are remembered by the same columns.
	 *
	 * @param seed the seed that has inserted them
	 * @param target their table, as it was called
	 * @param columns the columns of the key
	 * @param table the table; {@code null} if it or a column is not there any more
	 */
	private record Remembered(String seed, String target, List<String> columns, @Nullable TargetTable table) {

		boolean isIn(TargetTable other) {
			return this.table != null && this.table.oid() == other.oid();
		}

		String isRemembered() {
			String keys = this.columns.stream().map(SqlLiteral::text).collect(Collectors.joining(", "));
			return "m.seed = " + SqlLiteral.text(this.seed) + " AND m.target = " + SqlLiteral.text(this.target)
					+ " AND (SELECT count(*) FROM pg_catalog.jsonb_object_keys(m.key)) = " + this.columns.size()
					+ " AND pg_catalog.jsonb_exists_all(m.key, ARRAY[" + keys + "])";
		}

		String matches() {
			return this.columns.stream()
				.map((name) -> Objects.requireNonNull(this.table).columns().get(name))
				.map(Objects::requireNonNull)
				.map((column) -> "t." + SqlLiteral.name(column.name()) + " = (m.key ->> "
						+ SqlLiteral.text(column.name()) + ")::" + column.type())
				.collect(Collectors.joining(" AND "));
		}

	}

	/**
	 * A foreign key that points to rows that are marked.
	 *
	 * @param name its name
	 * @param table number of the table that refers
	 * @param referring that table as SQL writes it
	 * @param referenced that table as SQL writes it
	 * @param isEmptied whether the server empties the key instead of deleting the row
	 * @param hasPeriod whether the last columns are periods, of which the one lies in
	 * those of several rows
	 * @param columns the columns that refer
	 * @param wanted the columns they refer to
	 */
	record ForeignKey(String name, long table, String referring, String referenced, boolean isEmptied,
			boolean hasPeriod, List<String> columns, List<String> wanted) {

		boolean isOf(TargetTable referring) {
			return this.table == referring.oid();
		}

		/**
		 * Write the end of a query, from FROM on, of the rows {@code r} that point to
		 * marked ones {@code m} and are not marked themselves. A period that overlaps
		 * with that of a row cannot do without it: the rows it lies in do not overlap.
		 */
		String unmarkedRows() {
			String matches = IntStream.range(0, this.columns.size())
				.mapToObj((i) -> "r." + SqlLiteral.name(this.columns.get(i)) + operator(i) + "t."
						+ SqlLiteral.name(this.wanted.get(i)))
				.collect(Collectors.joining(" AND "));
			return this.referring + " r JOIN " + this.referenced + " t ON " + matches + " JOIN " + TABLE
					+ " m ON m.part = t.tableoid AND m.place = t.ctid" + " WHERE NOT EXISTS (SELECT FROM " + TABLE
					+ " x WHERE x.part = r.tableoid AND x.place = r.ctid)";
		}

		private String operator(int column) {
			return (this.hasPeriod && column == this.columns.size() - 1) ? " OPERATOR(pg_catalog.&&) " : " = ";
		}

	}

}
