package dev.samara.seed.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.postgres.SqlLiteral;
import dev.samara.script.Finding;
import dev.samara.seed.data.LoadPlan.Value;

/**
 * Moves sequences beyond the values of loaded columns: those of identity and serial
 * columns, and those that a default calls, whoever owns them.
 */
final class SequenceAdvance {

	/**
	 * Sequences by the number of the column. Those of a partition belong to the table
	 * above it.
	 */
	private static final String SEQUENCES = """
			SELECT a.attnum, pg_catalog.format('%%I.%%I', n.nspname, s.relname) AS sequence,
				pg_catalog.has_sequence_privilege(s.oid, 'SELECT') AS is_readable,
				pg_catalog.has_sequence_privilege(s.oid, 'SELECT') AND pg_catalog.has_sequence_privilege(s.oid, 'UPDATE')
					AS is_writable
			FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class s ON s.relkind = 'S' AND s.oid IN (
					SELECT d.objid FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_attribute r
						ON r.attrelid = d.refobjid AND r.attnum = d.refobjsubid
					WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass
						AND d.deptype IN ('a', 'i') AND r.attname = a.attname
						AND d.refobjid IN (a.attrelid, pg_catalog.pg_partition_root(a.attrelid))
					UNION ALL
					SELECT d.refobjid FROM pg_catalog.pg_attrdef f JOIN pg_catalog.pg_depend d
						ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.objid = f.oid
					WHERE f.adrelid = a.attrelid AND f.adnum = a.attnum
						AND d.refclassid = 'pg_catalog.pg_class'::regclass)
				JOIN pg_catalog.pg_namespace n ON n.oid = s.relnamespace
			WHERE a.attrelid = %d AND a.attnum IN (%s) AND NOT a.attisdropped AND pg_catalog.format_type(
				coalesce((SELECT nullif(t.typbasetype, 0) FROM pg_catalog.pg_type t WHERE t.oid = a.atttypid), a.atttypid), NULL)
				IN ('smallint', 'integer', 'bigint', 'numeric')
			ORDER BY a.attnum, 2
			""";

	/**
	 * The sequence keeps its progression, since another one may give the numbers between,
	 * and it is moved to a number that is not below the highest value: a client that uses
	 * an increment as a block of numbers ends the next block above it.
	 */
	private static final String ADVANCE = """
			SELECT pg_catalog.setval('%1$s'::regclass, t.target::bigint)
			FROM (SELECT s.seqmin, s.seqmax, l.last_value, l.is_called, d.distance,
					l.last_value + s.seqincrement * div(d.distance + abs(s.seqincrement::numeric) - 1,
						abs(s.seqincrement::numeric)) AS target
				FROM pg_catalog.pg_sequence s, %2$s l, LATERAL (SELECT CASE WHEN s.seqincrement > 0
					THEN (SELECT ceil(max(%3$s)::numeric) FROM %4$s) - l.last_value
					ELSE l.last_value - (SELECT floor(min(%3$s)::numeric) FROM %4$s) END AS distance) d
				WHERE s.seqrelid = '%1$s'::regclass) t
			WHERE (t.distance > 0 OR t.distance = 0 AND NOT t.is_called) AND t.target BETWEEN t.seqmin AND t.seqmax
			""";

	private final JdbcTemplate jdbc;

	private final Consumer<Finding> warnings;

	SequenceAdvance(JdbcTemplate jdbc, Consumer<Finding> warnings) {
		this.jdbc = jdbc;
		this.warnings = warnings;
	}

	/**
	 * Move the sequences of loaded columns, never back. What the role may not read is
	 * told.
	 */
	void advance(LoadPlan plan) {
		Map<Integer, Column> loaded = new LinkedHashMap<>();
		plan.values().stream().map(Value::column).forEach((column) -> loaded.put(column.number(), column));
		List<Sequence> sequences = this.jdbc.query(
				SEQUENCES.formatted(plan.table().oid(),
						loaded.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "))),
				(row, number) -> new Sequence(row.getInt("attnum"), row.getString("sequence"),
						row.getBoolean("is_readable"), row.getBoolean("is_writable")));
		for (Sequence sequence : sequences) {
			Column column = loaded.get(sequence.column());
			if (sequence.isWritable() && column != null) {
				this.jdbc.query(ADVANCE.formatted(sequence.name().replace("'", "''"), sequence.name(),
						SqlLiteral.name(column.name()), plan.table().quoted()), (row) -> {
						});
			}
			else if (!sequence.isReadable() && column != null) {
				this.warnings.accept(Finding.warning("sequence-not-readable",
						"Sequence " + sequence.name() + " was not moved beyond the values of column " + column.name()
								+ " of " + plan.table() + ": the role lacks the privilege",
						"GRANT SELECT, UPDATE ON SEQUENCE " + sequence.name()
								+ " TO the role that seeds, and run the seed " + "again; or SELECT setval('"
								+ sequence.name().replace("'", "''") + "', …) as its owner.",
						null));
			}
		}
	}

	/**
	 * A sequence of a column.
	 *
	 * @param column the number of the column
	 * @param name as SQL writes it
	 * @param isReadable whether the role may read it
	 * @param isWritable whether the role may read and move it
	 */
	private record Sequence(int column, String name, boolean isReadable, boolean isWritable) {

	}

}
