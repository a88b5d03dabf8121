package dev.samara.seed.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

	private static final String MARKED = MarkedRows.TABLE;

	private final JdbcTemplate jdbc;

	private final TableName memory;

	private final MarkedRows marked;

	/**
	 * Create a removal.
	 * @param jdbc the connection, with a transaction open when {@link #remove} is called
	 * @param memory the table that remembers which rows seeds have inserted
	 */
	public RowRemoval(JdbcTemplate jdbc, TableName memory) {
		this.jdbc = jdbc;
		this.memory = memory;
		this.marked = new MarkedRows(jdbc, memory);
	}

	/**
	 * Return the number of rows that are remembered, in a memory that is brought to its
	 * current layout if necessary.
	 * @param seed the seed
	 * @return how many it has inserted, as far as that is known
	 */
	public long remembered(String seed) {
		return new SeededRows(this.memory).upgrade(this.jdbc)
				? count("SELECT count(*) FROM " + this.memory.quoted() + " WHERE seed = " + SqlLiteral.text(seed)) : 0;
	}

	/**
	 * Return what is remembered and cannot be found any more.
	 * @param seed the seed
	 * @return tables, with the columns of the key, one of which was dropped, or of which
	 * it is not known which table they were
	 */
	public List<String> lost(String seed) {
		return this.marked.lost(seed);
	}

	/**
	 * Return the names of tables that were dropped together with rows of a seed, and that
	 * other tables have now. Nothing is deleted from those.
	 * @param seed the seed
	 * @return the names
	 */
	public List<String> replaced(String seed) {
		return this.marked.replaced(seed);
	}

	/**
	 * Return what helps against lost rows.
	 * @param memory the table that remembers which rows seeds have inserted
	 * @return the remedy
	 */
	public static String remedy(TableName memory) {
		return MarkedRows.REMEDY + memory + ".";
	}

	/**
	 * Take the rows of a seed out and forget them.
	 * @param seed the seed
	 * @param cascade whether to delete also what points to them
	 * @return what was done; with references of others, and without {@code cascade},
	 * nothing was
	 */
	public Removed remove(String seed, boolean cascade) {
		this.marked.create();
		this.marked.mark(seed, MarkedRows.LOCK);
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

	/**
	 * Find what would keep rows from being taken out, without locking or changing
	 * anything but a temporary table.
	 * @param seeds the seeds, in the order they are to go; rows of one that goes earlier
	 * keep nothing
	 * @return what points to the rows of each one, where anything does
	 */
	public Map<String, List<Reference>> references(List<String> seeds) {
		Map<String, List<Reference>> references = new LinkedHashMap<>();
		this.marked.create();
		for (String seed : seeds) {
			this.jdbc.update("UPDATE " + MARKED + " SET is_own = false");
			this.marked.mark(seed, "");
			List<Reference> found = this.marked.foreignKeys()
				.stream()
				.map((key) -> new Reference(key.referring(), key.name(),
						count("SELECT count(*) FROM " + key.unmarkedRows() + " AND m.is_own")))
				.filter((reference) -> reference.rows() > 0)
				.toList();
			if (!found.isEmpty()) {
				references.put(seed, found);
			}
		}
		return references;
	}

	/**
	 * Mark what points to marked rows. Rows of which the server only empties the foreign
	 * key stay, so they are told once and never marked.
	 */
	private List<Reference> markReferring(boolean tellEmptied) {
		List<Reference> found = new ArrayList<>();
		for (MarkedRows.ForeignKey key : this.marked.foreignKeys()) {
			if (key.isEmptied() && !tellEmptied) {
				continue;
			}
			long rows = key.isEmptied() ? count("SELECT count(*) FROM " + key.unmarkedRows())
					: this.jdbc
						.update("INSERT INTO " + MARKED + " SELECT " + key.table() + ", r.tableoid, r.ctid, false FROM "
								+ key.unmarkedRows() + " FOR UPDATE OF r ON CONFLICT DO NOTHING");
			if (rows > 0) {
				found.add(new Reference(key.referring(), key.name(), rows));
			}
		}
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
