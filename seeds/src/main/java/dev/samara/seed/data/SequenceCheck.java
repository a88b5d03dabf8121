package dev.samara.seed.data;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.dao.DataAccessException;

import dev.samara.Internal;
import dev.samara.postgres.PostgresConnection;
import dev.samara.script.Finding;

/**
 * Finds sequences that will return values which their column already contains, so that an
 * insert of the application fails with a duplicate key. It looks at columns that lead a
 * usable index, where the highest value is one step away, and at the sequences that
 * belong to them: by ownership or default, or, for a primary key without a default, by a
 * name that JPA providers use.
 *
 * @since 0.1.0
 */
@Internal
public final class SequenceCheck {

	private static final Log logger = LogFactory.getLog(SequenceCheck.class);

	/** Tables of one query of values. */
	private static final int BATCH = 200;

	private static final String LIMITS = "BEGIN READ ONLY; SET LOCAL lock_timeout = '1s'; SET LOCAL statement_timeout = '10s'";

	private static final String CANDIDATES = """
			WITH used AS MATERIALIZED (
				SELECT d.objid AS sequence, d.refobjid AS relation, d.refobjsubid AS number
				FROM pg_catalog.pg_depend d
				WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass
					AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
				UNION
				SELECT d.refobjid, f.adrelid, f.adnum
				FROM pg_catalog.pg_attrdef f JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_attrdef'::regclass
					AND d.objid = f.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass
			), sequences AS MATERIALIZED (
				SELECT c.oid, c.relnamespace, c.relname, pg_catalog.format('%I.%I', n.nspname, c.relname) AS name,
					s.seqincrement, pg_catalog.has_sequence_privilege(c.oid, 'UPDATE') AS is_writable
				FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
					JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
				WHERE pg_catalog.has_schema_privilege(n.oid, 'USAGE')
					AND CASE WHEN c.relkind = 'S' THEN pg_catalog.has_sequence_privilege(c.oid, 'SELECT') ELSE false END
			), columns AS MATERIALIZED (
				SELECT c.oid AS relation, c.relnamespace, c.relname, a.attnum AS number, a.attname, pg_catalog.format('%I', a.attname) AS column_name,
					pg_catalog.format('%I.%I', n.nspname, c.relname) AS name,
					NOT a.atthasdef AND a.attidentity = '' AND EXISTS (SELECT FROM pg_catalog.pg_index i
						WHERE i.indrelid = c.oid AND i.indisprimary AND i.indnkeyatts = 1 AND i.indkey[0] = a.attnum)
						AS is_filled_by_client
				FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
					JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
				WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
					AND a.atttypid IN ('smallint'::regtype, 'integer'::regtype, 'bigint'::regtype)
					AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
					AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
					AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')
					AND EXISTS (SELECT FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
							JOIN pg_catalog.pg_am m ON m.oid = x.relam
						WHERE i.indrelid = c.oid AND i.indkey[0] = a.attnum AND i.indpred IS NULL AND i.indisvalid
							AND i.indisunique AND i.indnkeyatts = 1 AND m.amname = 'btree')
			)
			SELECT s.name AS sequence, s.seqincrement > 0 AS ascends, s.seqincrement, s.is_writable, c.name AS relation,
				c.column_name, true AS is_used
			FROM used u JOIN sequences s ON s.oid = u.sequence
				JOIN columns c ON c.relation = u.relation AND c.number = u.number
			UNION ALL
			SELECT s.name, s.seqincrement > 0, s.seqincrement, s.is_writable, c.name, c.column_name, false
			FROM columns c JOIN sequences s ON s.relnamespace = c.relnamespace
				AND s.relname IN (c.relname || '_seq', c.relname || '_' || c.attname || '_seq', 'hibernate_sequence')
			WHERE c.is_filled_by_client AND NOT EXISTS (SELECT FROM used o WHERE o.sequence = s.oid)
			ORDER BY 1, 5
			""";

	private final PostgresConnection connection;

	/**
	 * Create a check.
	 * @param connection the connection, outside a transaction
	 */
	public SequenceCheck(PostgresConnection connection) {
		this.connection = connection;
	}

	/**
	 * Check. What cannot be read in a short time is not checked, and fails nothing.
	 * @return a warning for each sequence that is behind
	 */
	public List<Finding> run() {
		try {
			this.connection.send(LIMITS);
			return findings();
		}
		catch (SQLException | DataAccessException ex) {
			logger.info("Sequences were not compared with the values of their columns ("
					+ ((ex.getCause() instanceof SQLException cause) ? cause.getSQLState() : ex.getClass().getName())
					+ ")");
			return List.of();
		}
		finally {
			end();
		}
	}

	private void end() {
		try {
			this.connection.rollbackIfOpen();
		}
		catch (SQLException ex) {
			logger.debug("The connection is lost (" + ex.getSQLState() + ")");
		}
	}

	private List<Finding> findings() {
		List<Candidate> candidates = this.connection.jdbc()
			.query(CANDIDATES,
					(row, number) -> new Candidate(row.getString("sequence"), row.getBoolean("ascends"),
							row.getBigDecimal("seqincrement"), row.getBoolean("is_writable"), row.getString("relation"),
							row.getString("column_name"), row.getBoolean("is_used")));
		Map<String, Behind> behind = new LinkedHashMap<>();
		for (int from = 0; from < candidates.size(); from += BATCH) {
			compare(candidates.subList(from, Math.min(from + BATCH, candidates.size())), behind);
		}
		return behind.values().stream().map(Behind::candidate).map(SequenceCheck::finding).toList();
	}

	/** Of several columns of a sequence the one counts that is farthest ahead. */
	private void compare(List<Candidate> candidates, Map<String, Behind> behind) {
		List<String> queries = new ArrayList<>();
		for (int i = 0; i < candidates.size(); i++) {
			queries.add(candidates.get(i).valuesSql(i));
		}
		this.connection.jdbc().query(String.join(" UNION ALL ", queries), (row) -> {
			Candidate candidate = candidates.get(row.getInt(1));
			BigDecimal distance = row.getBigDecimal(2);
			if (distance != null && distance.signum() >= 0) {
				behind.merge(candidate.sequence(), new Behind(candidate, distance),
						(one, other) -> (one.distance().compareTo(other.distance()) >= 0) ? one : other);
			}
		});
	}

	private static Finding finding(Candidate candidate) {
		String setval = "SELECT setval('" + candidate.sequence().replace("'", "''") + "', (SELECT "
				+ candidate.extreme() + " FROM " + candidate.relation() + "))";
		return Finding.warning("sequence-behind", "Sequence " + candidate.sequence()
				+ (candidate.isUsed() ? " is" : ", which no column default uses, is by its name the one of, and is")
				+ " behind column " + candidate.column() + " of " + candidate.relation()
				+ ": inserts that take their value from it will fail with a duplicate key",
				"Add \"" + setval + ";\" to the end of the seed that writes these values, and run it once now"
						+ (candidate.isWritable() ? "."
								: ", as a role with UPDATE on the sequence: GRANT UPDATE ON SEQUENCE "
										+ candidate.sequence() + " TO the role that seeds."),
				null);
	}

	/**
	 * A sequence and a column.
	 *
	 * @param sequence the sequence, as SQL writes it
	 * @param ascends whether its values ascend
	 * @param increment by how much
	 * @param isWritable whether the role may move it
	 * @param relation the table, as SQL writes it
	 * @param column the column, as SQL writes it
	 * @param isUsed whether the catalogue ties the one to the other, not only a name
	 */
	private record Candidate(String sequence, boolean ascends, BigDecimal increment, boolean isWritable,
			String relation, String column, boolean isUsed) {

		String extreme() {
			return (this.ascends ? "max(" : "min(") + this.column + ")";
		}

		/** How far the column is ahead of the next value of the sequence. */
		String valuesSql(int number) {
			String value = "(SELECT " + extreme() + " FROM " + this.relation + ")::numeric";
			String next = "(l.last_value::numeric + CASE WHEN l.is_called THEN " + this.increment + " ELSE 0 END)";
			return "SELECT " + number + ", " + (this.ascends ? value + " - " + next : next + " - " + value) + " FROM "
					+ this.sequence + " l";
		}

	}

	/**
	 * A column that is ahead of a sequence.
	 *
	 * @param candidate the two
	 * @param distance how far
	 */
	private record Behind(Candidate candidate, BigDecimal distance) {

	}

}
