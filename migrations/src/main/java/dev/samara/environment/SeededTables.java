package dev.samara.environment;

import java.util.List;
import java.util.stream.Collectors;

import dev.samara.Internal;
import dev.samara.postgres.SqlLiteral;
import dev.samara.postgres.TableName;

/**
 * The table that records which tables the seeds of a schema have filled. Seeds write it,
 * and a migration or rollback notes in it which of those tables it has dropped or
 * emptied: {@link SeededTablesWatch}. Both engines know it by its name, so that neither
 * depends on the other.
 *
 * @since 0.1.0
 */
@Internal
public final class SeededTables {

	/** Name of the table. */
	public static final String TABLE = "samara_seed_tables";

	/**
	 * The row of a history that records whether a migration has changed something since
	 * the last checks. No seed has this name.
	 */
	private static final String CHECKS = "checks";

	private static final String CREATE = """
			CREATE TABLE IF NOT EXISTS %1$s (
				history text NOT NULL,
				seed text NOT NULL,
				target text NOT NULL,
				target_oid oid NOT NULL,
				registry_oid oid NOT NULL,
				repeatable boolean NOT NULL,
				loss text,
				lost_at timestamptz,
				PRIMARY KEY (history, seed, target)
			);
			COMMENT ON TABLE %1$s IS
				'The tables that seeds of Samara have filled, and what migrations have done to them since. Layout 1.';
			INSERT INTO %1$s SELECT %2$s, 'checks', '', 0, 0, true WHERE NOT EXISTS (SELECT FROM %1$s
				WHERE history = %2$s AND seed = 'checks') ON CONFLICT DO NOTHING;
			""";

	/**
	 * Only the server knows which tables code, functions and DO blocks write: whoever
	 * writes holds this lock until the end of the transaction. Its statistics still
	 * contain earlier transactions.
	 */
	private static final String WRITTEN = """
			UNION ALL SELECT coalesce(pg_catalog.pg_partition_root(l.relation), l.relation), true
			FROM pg_catalog.pg_locks l WHERE l.locktype = 'relation' AND l.mode = 'RowExclusiveLock'
				AND l.pid = pg_catalog.pg_backend_pid() AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d
					WHERE d.datname = pg_catalog.current_database())""";

	private static final String RECORD = """
			INSERT INTO %1$s (history, seed, target, target_oid, registry_oid, repeatable)
			SELECT %2$s, %3$s, pg_catalog.format('%%I.%%I', n.nspname, c.relname), c.oid, %4$s::pg_catalog.regclass,
				bool_and(w.repeatable)
			FROM (SELECT NULL::oid, NULL::boolean WHERE false %5$s) w (oid, repeatable)
				JOIN pg_catalog.pg_class c ON c.oid = w.oid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND c.relname !~ '^samara_' AND n.nspname <> 'pg_catalog'
				AND c.oid IS DISTINCT FROM pg_catalog.to_regclass(%6$s)
			GROUP BY n.nspname, c.relname, c.oid""";

	/**
	 * A table that is gone without a note was dropped by something else than a migration,
	 * or a crash has prevented the note. After a restore all tables have other numbers,
	 * this one too, so that the numbers decide nothing then.
	 */
	private static final String LOSSES = """
			(SELECT array_agg(ARRAY[t.seed, t.target, coalesce(t.loss,
					CASE WHEN x.oid IS NULL THEN 'DROPPED' ELSE 'RECREATED' END), (x.oid IS NOT NULL)::text,
					EXISTS (SELECT FROM %1$s o JOIN pg_catalog.pg_class c ON c.oid = o.target_oid WHERE o.history = t.history
						AND o.seed = t.seed AND o.loss IS NULL AND NOT o.repeatable)::text] ORDER BY t.seed, t.target)
			FROM %1$s t LEFT JOIN pg_catalog.pg_class k ON k.oid = t.target_oid
				CROSS JOIN LATERAL (SELECT CASE WHEN t.loss IS NOT NULL OR k.oid IS NULL
					THEN pg_catalog.to_regclass(t.target)::oid END AS oid) x
			WHERE t.history = %2$s AND (t.loss IS NOT NULL OR (k.oid IS NULL AND t.registry_oid = t.tableoid
				AND (x.oid IS NULL OR greatest(pg_catalog.pg_relation_size(x.oid),
					(SELECT sum(pg_catalog.pg_relation_size(p.relid)) FROM pg_catalog.pg_partition_tree(x.oid) p)) = 0))))""";

	private final TableName table;

	private final TableName history;

	/**
	 * Create the record of a history.
	 * @param history the history table of seeds; the record is in the same schema
	 */
	public SeededTables(TableName history) {
		this.history = history;
		this.table = history.sibling(TABLE);
	}

	/**
	 * Return the table.
	 * @return its name
	 */
	public TableName table() {
		return this.table;
	}

	/**
	 * Return the SQL that creates the table unless it exists.
	 * @return statements
	 */
	public String createSql() {
		return CREATE.formatted(this.table.quoted(), historyName());
	}

	/**
	 * Return the SQL that records the tables of a seed, in the transaction that has
	 * filled them.
	 * @param seed the seed
	 * @param targets the tables as SQL writes them
	 * @param isComplete whether the seed writes no other tables; otherwise those that
	 * this transaction has written are recorded as well
	 * @return statements, without a semicolon at the end
	 */
	public String recordSql(String seed, List<Target> targets, boolean isComplete) {
		String sources = targets.stream()
			.map((target) -> " UNION ALL SELECT " + target.regclass() + ", " + target.isRepeatable())
			.collect(Collectors.joining());
		return forgetSql(seed) + "; "
				+ RECORD.formatted(this.table.quoted(), historyName(), SqlLiteral.text(seed),
						SqlLiteral.text(this.table.quoted()), isComplete ? sources : sources + " " + WRITTEN,
						SqlLiteral.text(this.history.quoted()));
	}

	/**
	 * Return the SQL that forgets the tables of a seed.
	 * @param seed the seed
	 * @return a statement without semicolon
	 */
	public String forgetSql(String seed) {
		return "DELETE FROM " + this.table.quoted() + " WHERE history = " + historyName() + " AND seed = "
				+ SqlLiteral.text(seed);
	}

	/**
	 * Return the SQL that notes that the data was checked.
	 * @return a statement without semicolon
	 */
	public String checkedSql() {
		return "UPDATE " + this.table.quoted() + " SET loss = NULL, lost_at = NULL WHERE history = " + historyName()
				+ " AND seed = '" + CHECKS + "'";
	}

	/**
	 * Return an SQL expression for what was lost.
	 * @return a scalar subquery: an array of seed, table, cause, whether the table exists
	 * and whether the seed cannot simply run again; {@code NULL} if nothing was lost
	 */
	public String lossesSql() {
		return LOSSES.formatted(this.table.quoted(), historyName());
	}

	/**
	 * Return whether a row of {@link #lossesSql()} means that checks are due.
	 * @param row the row
	 * @return whether it is not about a seed
	 */
	public static boolean isAboutChecks(String[] row) {
		return row[0].equals(CHECKS);
	}

	private String historyName() {
		return SqlLiteral.text(this.history.name());
	}

	/**
	 * A table that a seed fills.
	 *
	 * @param names its name as SQL writes it, and others to try after it
	 * @param isRepeatable whether what fills it can run again while its rows are there
	 */
	public record Target(List<String> names, boolean isRepeatable) {

		/**
		 * Create a target.
		 */
		public Target {
			names = List.copyOf(names);
		}

		private String regclass() {
			return this.names.stream()
				.map((name) -> "pg_catalog.to_regclass(" + SqlLiteral.text(name) + ")::oid")
				.collect(Collectors.joining(", ", "coalesce(", ")"));
		}

	}

}
