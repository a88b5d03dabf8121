package dev.samara.seed.data;

import java.sql.Array;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
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

	/** What helps against lost rows; the name of the memory follows. */
	static final String REMEDY = "Set relation to the table, key to the current names of its columns and key_columns "
			+ "to NULL, or delete the rows of the seed, in ";

	static final String TABLE = "pg_temp.samara_seed_removal";

	/** Locks what is marked, so that nobody can point to it any more. */
	static final String LOCK = " FOR UPDATE OF t";

	private static final String CREATE = "CREATE TEMP TABLE samara_seed_removal (target oid NOT NULL, part oid NOT NULL, "
			+ "place tid NOT NULL, is_own boolean NOT NULL, PRIMARY KEY (part, place)) ON COMMIT DROP";

	/**
	 * The table is the one that has the OID, whatever its name is now; a dump writes the
	 * OID as a name and reads it as the table of that name. Numbers of columns count as
	 * long as the table was not restored from a dump, which numbers them anew.
	 */
	private static final String KEYS = """
			SELECT g.target, g.relation::oid::bigint AS relation, g.relation_oid::bigint, g.key_columns::text, g.names,
				n.nspname, c.relname,
				array(SELECT coalesce((SELECT a.attname::text FROM pg_catalog.pg_attribute a
						WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
							AND CASE WHEN c.oid = g.relation_oid AND g.key_columns ->> k.name IS NOT NULL
								THEN a.attnum = (g.key_columns ->> k.name)::integer ELSE a.attname = k.name END), '')
					FROM unnest(g.names) WITH ORDINALITY k (name, place) ORDER BY k.place) AS columns,
				EXISTS (SELECT FROM pg_catalog.pg_class o JOIN pg_catalog.pg_namespace s ON s.oid = o.relnamespace
					WHERE s.nspname || '.' || o.relname = g.target AND o.relkind IN ('r', 'p')) AS is_name_taken
			FROM (SELECT DISTINCT m.target, m.relation, m.relation_oid, m.key_columns,
					array(SELECT k FROM pg_catalog.jsonb_object_keys(m.key) k ORDER BY k) AS names
				FROM %s m WHERE m.seed = ?) g
			LEFT JOIN (pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace)
				ON c.relkind IN ('r', 'p') AND CASE WHEN g.relation IS NOT NULL THEN c.oid = g.relation
					ELSE n.nspname || '.' || c.relname = g.target END
			ORDER BY g.target, relation, g.names
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

	TableName memory() {
		return this.memory;
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
	 * Rows of a table that has another name now, and whose name the file's table has got,
	 * did not leave the file: they stay where they are.
	 * @param sql writes the statements of the load, whose rows are staged
	 */
	void markGone(String seed, LoadPlan plan, LoadSql sql) {
		for (Remembered rows : remembered(seed)) {
			if (rows.isIn(plan.table())) {
				mark(rows, " AND NOT EXISTS (SELECT FROM " + sql.stagedLike("t") + ")", LOCK);
			}
			else if (!rows.target().equals(plan.table().toString())) {
				mark(rows, "", LOCK);
			}
		}
	}

	/**
	 * Forget rows that are no longer there: somebody else may put them in again.
	 */
	void forgetMissing(String seed) {
		for (Remembered rows : remembered(seed)) {
			if (rows.table() != null || rows.isDropped()) {
				this.jdbc.update("DELETE FROM " + this.memory.quoted() + " m WHERE " + rows.isRemembered()
						+ ((rows.table() == null) ? "" : " AND NOT EXISTS (SELECT FROM " + rows.table().quoted()
								+ " t WHERE " + rows.matches() + ")"));
			}
		}
	}

	/**
	 * Return what is remembered and cannot be found any more, because a column of the key
	 * was dropped, or it is not known which table it was.
	 */
	List<String> lost(String seed) {
		return remembered(seed).stream()
			.filter((rows) -> rows.table() == null && !rows.isDropped())
			.map((rows) -> rows.target() + " (" + String.join(", ", rows.names()) + ")")
			.toList();
	}

	/**
	 * Return tables whose rows are gone because the table was dropped, and whose name
	 * another table has got.
	 */
	List<String> replaced(String seed) {
		return remembered(seed).stream()
			.filter((rows) -> rows.isDropped() && rows.isNameTaken())
			.map(Remembered::target)
			.distinct()
			.toList();
	}

	private List<Remembered> remembered(String seed) {
		return this.jdbc.query(KEYS.formatted(this.memory.quoted()), (row, number) -> {
			List<String> columns = strings(row.getArray("columns"));
			String name = row.getString("relname");
			boolean isWhole = name != null && columns.stream().noneMatch(String::isEmpty);
			TargetTable table = isWhole ? this.catalogue.find(new QualifiedName(row.getString("nspname"), name)) : null;
			Identity identity = new Identity((Long) row.getObject("relation"), (Long) row.getObject("relation_oid"),
					row.getString("key_columns"));
			return new Remembered(seed, row.getString("target"), identity, strings(row.getArray("names")), columns,
					table, name == null && identity.relation() != null, row.getBoolean("is_name_taken"));
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
	 * Which table and columns rows were inserted into, by numbers.
	 *
	 * @param relation the OID of the table, or {@code null} if it is not known
	 * @param noted the OID it had when the rows were inserted
	 * @param columns the numbers of the key's columns by name, as JSON
	 */
	private record Identity(@Nullable Long relation, @Nullable Long noted, @Nullable String columns) {

		String isSame() {
			return " AND m.relation" + isSame(this.relation) + " AND m.relation_oid" + isSame(this.noted)
					+ " AND m.key_columns IS NOT DISTINCT FROM " + SqlLiteral.text(this.columns) + "::pg_catalog.jsonb";
		}

		private static String isSame(@Nullable Long oid) {
			return (oid != null) ? " = " + oid + "::pg_catalog.oid" : " IS NULL";
		}

	}

	/**
	 * Rows that are remembered by the same columns.
	 *
	 * @param seed the seed that has inserted them
	 * @param target their table, as it was called
	 * @param identity the table and columns by number
	 * @param names the columns of the key, as they were called
	 * @param columns what those columns are called now
	 * @param table the table, by whatever name; {@code null} if it or a column is not
	 * there any more
	 * @param isDropped whether the table was dropped, and its rows with it
	 * @param isNameTaken whether there is a table of the name it had
	 */
	private record Remembered(String seed, String target, Identity identity, List<String> names, List<String> columns,
			@Nullable TargetTable table, boolean isDropped, boolean isNameTaken) {

		boolean isIn(TargetTable other) {
			return this.table != null && this.table.oid() == other.oid();
		}

		String isRemembered() {
			String keys = this.names.stream().map(SqlLiteral::text).collect(Collectors.joining(", "));
			return "m.seed = " + SqlLiteral.text(this.seed) + " AND m.target = " + SqlLiteral.text(this.target)
					+ this.identity.isSame() + " AND (SELECT count(*) FROM pg_catalog.jsonb_object_keys(m.key)) = "
					+ this.names.size() + " AND pg_catalog.jsonb_exists_all(m.key, ARRAY[" + keys + "])";
		}

		String matches() {
			Map<String, Column> now = Objects.requireNonNull(this.table).columns();
			return IntStream.range(0, this.names.size())
				.mapToObj((i) -> "t." + SqlLiteral.name(this.columns.get(i)) + " = (m.key ->> "
						+ SqlLiteral.text(this.names.get(i)) + ")::"
						+ Objects.requireNonNull(now.get(this.columns.get(i))).type())
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
