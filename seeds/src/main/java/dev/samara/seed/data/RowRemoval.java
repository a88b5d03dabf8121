package dev.samara.seed.data;

import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.Internal;
import dev.samara.postgres.SqlLiteral;
import dev.samara.postgres.TableName;

/**
 * Takes the rows out again that a data seed has inserted, in a transaction that the
 * caller has begun and ends. Not thread-safe.
 * <ol>
 * <li>Mark the rows by the keys that are remembered, and lock them: nobody can point to
 * them any more.</li>
 * <li>Mark what points to them, table by table. Unless those rows are to go as well, that
 * is where it ends.</li>
 * <li>Delete what is marked by one statement, so that foreign keys are looked at when all
 * of it is gone.</li>
 * </ol>
 *
 * @since 0.1.0
 */
@Internal
public final class RowRemoval {

	private static final String MARKED = "pg_temp.samara_seed_removal";

	private static final String CREATE = "CREATE TEMP TABLE samara_seed_removal (target oid NOT NULL, part oid NOT NULL, "
			+ "place tid NOT NULL, is_own boolean NOT NULL, PRIMARY KEY (part, place)) ON COMMIT DROP";

	private static final String KEYS = """
			SELECT DISTINCT m.target, array(SELECT k FROM pg_catalog.jsonb_object_keys(m.key) k ORDER BY k) AS columns
			FROM %s m WHERE m.seed = ? ORDER BY 1, 2
			""";

	private static final String FOREIGN_KEYS = """
			SELECT o.conname, o.conrelid, o.conrelid::regclass::text AS referring, o.confrelid::regclass::text AS referenced,
				o.confrelid, o.confdeltype IN ('n', 'd') AS is_emptied,
				array(SELECT a.attname::text FROM unnest(o.conkey) WITH ORDINALITY k (num, place)
					JOIN pg_catalog.pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = k.num ORDER BY k.place) AS columns,
				array(SELECT a.attname::text FROM unnest(o.confkey) WITH ORDINALITY k (num, place)
					JOIN pg_catalog.pg_attribute a ON a.attrelid = o.confrelid AND a.attnum = k.num ORDER BY k.place) AS wanted
			FROM pg_catalog.pg_constraint o
			WHERE o.contype = 'f' AND o.conparentid = 0 AND o.confrelid IN (SELECT target FROM %s)
			ORDER BY 3, 1
			"""
		.formatted(MARKED);

	private final JdbcTemplate jdbc;

	private final TableName memory;

	private final TableCatalogue catalogue;

	/**
	 * Create a removal.
	 * @param jdbc the connection, with a transaction open when {@link #remove} is called
	 * @param memory the table that remembers which rows seeds have inserted
	 */
	public RowRemoval(JdbcTemplate jdbc, TableName memory) {
		this.jdbc = jdbc;
		this.memory = memory;
		this.catalogue = new TableCatalogue(jdbc);
	}

	/**
	 * Return the number of rows that are remembered.
	 * @param seed the seed
	 * @return how many it has inserted, as far as that is known
	 */
	public long remembered(String seed) {
		Boolean exists = this.jdbc.queryForObject("SELECT pg_catalog.to_regclass(?) IS NOT NULL", Boolean.class,
				this.memory.quoted());
		return Boolean.TRUE.equals(exists)
				? count("SELECT count(*) FROM " + this.memory.quoted() + " WHERE seed = " + SqlLiteral.text(seed)) : 0;
	}

	/**
	 * Take the rows of a seed out and forget them.
	 * @param seed the seed
	 * @param cascade whether to delete also what points to them
	 * @return what was done; with references of others, and without {@code cascade},
	 * nothing was
	 */
	public Removed remove(String seed, boolean cascade) {
		this.jdbc.execute(CREATE);
		this.jdbc.query(KEYS.formatted(this.memory.quoted()), (row) -> {
			markOwn(seed, row.getString("target"), strings(row.getArray("columns")));
		}, seed);
		List<Reference> references = markReferring(true);
		if (!references.isEmpty() && !cascade) {
			return new Removed(0, 0, references);
		}
		while (!markReferring(false).isEmpty()) {
			// Until nothing points to anything that is marked.
		}
		Removed removed = delete(references);
		this.jdbc.update("DELETE FROM " + this.memory.quoted() + " WHERE seed = ?", seed);
		return removed;
	}

	private void markOwn(String seed, String target, List<String> columns) {
		TargetTable table = table(target);
		if (table == null || !columns.stream().allMatch(table.columns()::containsKey)) {
			return;
		}
		String matches = table.columns()
			.values()
			.stream()
			.filter((column) -> columns.contains(column.name()))
			.map((column) -> "t." + SqlLiteral.name(column.name()) + " = (m.key ->> " + SqlLiteral.text(column.name())
					+ ")::" + column.type())
			.collect(Collectors.joining(" AND "));
		String keys = columns.stream().map(SqlLiteral::text).collect(Collectors.joining(", "));
		this.jdbc.update("INSERT INTO " + MARKED + " SELECT " + table.oid() + ", t.tableoid, t.ctid, true FROM "
				+ this.memory.quoted() + " m JOIN " + table.quoted() + " t ON " + matches + " WHERE m.seed = "
				+ SqlLiteral.text(seed) + " AND m.target = " + SqlLiteral.text(target)
				+ " AND (SELECT count(*) FROM pg_catalog.jsonb_object_keys(m.key)) = " + columns.size()
				+ " AND pg_catalog.jsonb_exists_all(m.key, ARRAY[" + keys
				+ "]) FOR UPDATE OF t ON CONFLICT DO NOTHING");
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
	 * Mark what points to marked rows. Rows of which the server only empties the foreign
	 * key stay, so they are told once and never marked.
	 */
	private List<Reference> markReferring(boolean tellEmptied) {
		List<Reference> found = new ArrayList<>();
		this.jdbc.query(FOREIGN_KEYS, (row) -> {
			List<String> columns = strings(row.getArray("columns"));
			List<String> wanted = strings(row.getArray("wanted"));
			String from = row.getString("referring") + " r JOIN " + row.getString("referenced") + " t ON " + IntStream
				.range(0, columns.size())
				.mapToObj((i) -> "r." + SqlLiteral.name(columns.get(i)) + " = t." + SqlLiteral.name(wanted.get(i)))
				.collect(Collectors.joining(" AND ")) + " JOIN " + MARKED
					+ " m ON m.part = t.tableoid AND m.place = t.ctid AND m.target = " + row.getLong("confrelid");
			String isNew = " WHERE NOT EXISTS (SELECT FROM " + MARKED
					+ " x WHERE x.part = r.tableoid AND x.place = r.ctid)";
			boolean isEmptied = row.getBoolean("is_emptied");
			if (isEmptied && !tellEmptied) {
				return;
			}
			long rows = isEmptied ? count("SELECT count(*) FROM " + from + isNew)
					: this.jdbc.update("INSERT INTO " + MARKED + " SELECT " + row.getLong("conrelid")
							+ ", r.tableoid, r.ctid, false FROM " + from + isNew
							+ " FOR UPDATE OF r ON CONFLICT DO NOTHING");
			if (rows > 0) {
				found.add(new Reference(row.getString("referring"), row.getString("conname"), rows));
			}
		});
		return found;
	}

	private Removed delete(List<Reference> references) {
		Map<Long, String> tables = new LinkedHashMap<>();
		this.jdbc.query("SELECT DISTINCT target, target::regclass::text FROM " + MARKED + " ORDER BY 2", (row) -> {
			tables.put(row.getLong(1), row.getString(2));
		});
		if (tables.isEmpty()) {
			return new Removed(0, 0, references);
		}
		List<String> deletes = new ArrayList<>();
		tables.forEach((oid, table) -> deletes.add("d" + oid + " AS (DELETE FROM " + table + " t USING " + MARKED
				+ " m WHERE m.target = " + oid + " AND m.part = t.tableoid AND m.place = t.ctid RETURNING m.is_own)"));
		String all = tables.keySet()
			.stream()
			.map((oid) -> "SELECT is_own FROM d" + oid)
			.collect(Collectors.joining(" UNION ALL "));
		return this.jdbc
			.query("WITH " + String.join(", ", deletes)
					+ " SELECT count(*) FILTER (WHERE is_own), count(*) FILTER (WHERE NOT is_own) FROM (" + all + ") a",
					(row, number) -> new Removed(row.getLong(1), row.getLong(2), references))
			.get(0);
	}

	private long count(String sql) {
		Long count = this.jdbc.queryForObject(sql, Long.class);
		return (count != null) ? count : 0;
	}

	private static List<String> strings(Array array) throws SQLException {
		return List.of((String[]) array.getArray());
	}

	/**
	 * What was done.
	 *
	 * @param rows number of rows of the seed that were deleted
	 * @param others number of other rows that were deleted
	 * @param references what points to the rows of the seed
	 */
	public record Removed(long rows, long others, List<Reference> references) {

		/**
		 * Create it.
		 */
		public Removed {
			references = List.copyOf(references);
		}

	}

	/**
	 * Rows that point to others.
	 *
	 * @param table their table
	 * @param constraint the foreign key
	 * @param rows how many
	 */
	public record Reference(String table, String constraint, long rows) {

		@Override
		public String toString() {
			return this.rows + ((this.rows == 1) ? " row of " : " rows of ") + this.table + " (" + this.constraint
					+ ")";
		}

	}

}
