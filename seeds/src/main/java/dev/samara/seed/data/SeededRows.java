package dev.samara.seed.data;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.Internal;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.SqlLiteral;
import dev.samara.postgres.TableName;
import dev.samara.seed.data.DataValue.Entries;
import dev.samara.seed.data.DataValue.Scalar;
import dev.samara.seed.data.LoadPlan.Value;

/**
 * The table in which Samara remembers the keys of rows that data seeds have inserted, so
 * that those, and only those, can be taken out again. Written set-based, in the
 * transaction of the load. Costs about as much as a further index on the rows.
 *
 * @since 0.1.0
 */
@Internal
public final class SeededRows {

	private static final String CREATE = """
			CREATE TABLE %1$s (
				id bigint GENERATED ALWAYS AS IDENTITY (CACHE 1000) PRIMARY KEY,
				seed text NOT NULL,
				target text NOT NULL,
				key jsonb NOT NULL,
				relation regclass,
				relation_oid oid,
				key_columns jsonb
			);
			CREATE INDEX %2$s ON %1$s (seed, target);
			COMMENT ON TABLE %1$s IS
				'Keys of the rows that data seeds have inserted: what a seed may delete again. Layout 2.';
			""";

	/**
	 * From layout 1, in place. Which table a row was inserted into is not known there, so
	 * that from now on it is the one that has its name now.
	 */
	private static final String UPGRADE = """
			ALTER TABLE %1$s ADD COLUMN relation regclass, ADD COLUMN relation_oid oid, ADD COLUMN key_columns jsonb,
				ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY (CACHE 1000) PRIMARY KEY;
			COMMENT ON TABLE %1$s IS
				'Keys of the rows that data seeds have inserted: what a seed may delete again. Layout 2.';
			UPDATE %1$s m SET relation = c.oid, relation_oid = c.oid
			FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname || '.' || c.relname = m.target AND c.relkind IN ('r', 'p');
			""";

	private static final String LAYOUT = """
			SELECT CASE WHEN r.oid IS NULL THEN 0 WHEN EXISTS (SELECT FROM pg_catalog.pg_attribute a
				WHERE a.attrelid = r.oid AND a.attname = 'key_columns' AND NOT a.attisdropped) THEN 2 ELSE 1 END
			FROM (SELECT pg_catalog.to_regclass(?)::oid AS oid) r
			""";

	private final TableName table;

	/**
	 * Create a memory.
	 * @param table its table, which need not exist
	 */
	public SeededRows(TableName table) {
		this.table = table;
	}

	/**
	 * Make the table if it is missing. Where it is there, somebody else may own it.
	 */
	void create(PostgresConnection connection) throws SQLException {
		if (!upgrade(connection.jdbc())) {
			connection.send(CREATE.formatted(this.table.quoted(), SqlLiteral.name(this.table.name() + "_idx")));
		}
	}

	/**
	 * Bring the table to the current layout.
	 * @return whether it exists
	 */
	boolean upgrade(JdbcTemplate jdbc) {
		Integer layout = jdbc.queryForObject(LAYOUT, Integer.class, this.table.quoted());
		if (Integer.valueOf(1).equals(layout)) {
			jdbc.execute(UPGRADE.formatted(this.table.quoted()));
		}
		return !Integer.valueOf(0).equals(layout);
	}

	/** What is remembered in part would be taken back in part. */
	boolean holdsAny(JdbcTemplate jdbc, String seed) {
		return exists(jdbc) && Boolean.TRUE.equals(jdbc.queryForObject(
				"SELECT EXISTS (SELECT FROM " + this.table.quoted() + " WHERE seed = ?)", Boolean.class, seed));
	}

	private boolean exists(JdbcTemplate jdbc) {
		return Boolean.TRUE.equals(jdbc.queryForObject("SELECT pg_catalog.to_regclass(?) IS NOT NULL", Boolean.class,
				this.table.quoted()));
	}

	/** A part of the merge: remembers what is inserted and is not remembered yet. */
	String rememberSql(String seed, LoadPlan plan) {
		TargetTable target = plan.table();
		return ", remembered AS (INSERT INTO " + this.table.quoted()
				+ " (seed, target, key, relation, relation_oid, key_columns) SELECT " + SqlLiteral.text(seed) + ", "
				+ SqlLiteral.text(target.toString()) + ", merged.key, " + target.oid() + "::pg_catalog.oid, "
				+ target.oid() + "::pg_catalog.oid, " + SqlLiteral.text(columns(plan))
				+ "::pg_catalog.jsonb FROM merged WHERE is_new AND NOT EXISTS (SELECT FROM " + this.table.quoted()
				+ " m WHERE m.seed = " + SqlLiteral.text(seed) + " AND m.relation = " + target.oid()
				+ "::pg_catalog.oid AND m.key = merged.key))";
	}

	/** The numbers of the key's columns by their names, as JSON. */
	private static String columns(LoadPlan plan) {
		Map<String, DataValue> numbers = new LinkedHashMap<>();
		plan.keyValues()
			.stream()
			.map(Value::column)
			.forEach((column) -> numbers.put(column.name(), new Scalar(String.valueOf(column.number()), false)));
		return ValueText.json(new Entries(numbers));
	}

	/** Return the rows that were remembered and have left the file, marked. */
	GoneRows gone(JdbcTemplate jdbc, String seed, LoadPlan plan, LoadSql sql) {
		return GoneRows.find(new MarkedRows(jdbc, this.table), jdbc, seed, plan, sql);
	}

}
