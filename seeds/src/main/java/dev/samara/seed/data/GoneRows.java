package dev.samara.seed.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.seed.data.RowRemoval.Reference;
import dev.samara.seed.data.TargetTable.ForeignKey;

/**
 * Rows that a seed has inserted and its file no longer holds, marked and locked while the
 * rows of the file are staged. They go with the merge, unless rows that stay refer to
 * them: whatever a foreign key would do to those then, nobody has asked for.
 */
final class GoneRows {

	private final MarkedRows marked;

	private final JdbcTemplate jdbc;

	private final String seed;

	private GoneRows(MarkedRows marked, JdbcTemplate jdbc, String seed) {
		this.marked = marked;
		this.jdbc = jdbc;
		this.seed = seed;
	}

	static GoneRows find(MarkedRows marked, JdbcTemplate jdbc, String seed, LoadPlan plan, LoadSql sql) {
		marked.create();
		marked.markGone(seed, plan, sql);
		return new GoneRows(marked, jdbc, seed);
	}

	/**
	 * Tell what keeps them from going.
	 */
	void check(LoadPlan plan, LoadSql sql, Problems problems) {
		List<String> lost = this.marked.lost(this.seed);
		if (!lost.isEmpty()) {
			problems.add(0, "Samara remembers rows of " + String.join(", ", lost)
					+ " that this seed has inserted, and the table or a column of its key cannot be found any more",
					MarkedRows.REMEDY + this.marked.memory() + ".");
		}
		List<Reference> references = references(plan, sql);
		if (!references.isEmpty()) {
			problems.add(0,
					"Rows that left the file are still referred to, by "
							+ references.stream().map(Reference::toString).collect(Collectors.joining(", ")),
					"Bring the rows back, or first take away what refers to them.");
		}
	}

	private List<Reference> references(LoadPlan plan, LoadSql sql) {
		List<Reference> references = new ArrayList<>();
		for (MarkedRows.ForeignKey key : this.marked.foreignKeys()) {
			ForeignKey own = plan.table()
				.foreignKeys()
				.stream()
				.filter((each) -> key.isOf(plan.table()) && each.name().equals(key.name()))
				.findFirst()
				.orElse(null);
			String staged = (own != null) ? sql.stagedReferringToMarked(own) : null;
			// Where the file says what its own rows refer to, what they refer to now does
			// not count.
			long rows = count("SELECT count(*) FROM " + key.unmarkedRows()
					+ ((staged != null) ? " AND NOT EXISTS (SELECT FROM " + sql.stagedLike("r") + ")" : ""));
			rows += (staged != null) ? count(staged) : 0;
			if (rows > 0) {
				references.add(new Reference(key.referring(), key.name(), rows));
			}
		}
		return references;
	}

	/**
	 * Write the statements that delete them, by a name for each.
	 */
	Map<String, String> deletes() {
		Map<String, String> deletes = new LinkedHashMap<>();
		this.jdbc.query("SELECT DISTINCT target, target::regclass::text FROM " + MarkedRows.TABLE + " ORDER BY 2",
				(row) -> {
					deletes.put("d" + row.getLong(1),
							"DELETE FROM " + row.getString(2) + " t USING " + MarkedRows.TABLE + " m WHERE m.target = "
									+ row.getLong(1) + " AND m.part = t.tableoid AND m.place = t.ctid");
				});
		return deletes;
	}

	/** When they are gone. */
	void forget() {
		this.marked.forgetMissing(this.seed);
	}

	private long count(String sql) {
		Long count = this.jdbc.queryForObject(sql, Long.class);
		return (count != null) ? count : 0;
	}

}
