package dev.samara.seed.data;

import java.sql.SQLException;

import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.Internal;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.SqlLiteral;
import dev.samara.postgres.TableName;

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
				seed text NOT NULL,
				target text NOT NULL,
				key jsonb NOT NULL
			);
			CREATE INDEX %2$s ON %1$s (seed, target);
			COMMENT ON TABLE %1$s IS
				'Keys of the rows that data seeds have inserted: what a seed may delete again. Layout 1.';
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
		if (!exists(connection.jdbc())) {
			connection.send(CREATE.formatted(this.table.quoted(), SqlLiteral.name(this.table.name() + "_idx")));
		}
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
	String rememberSql(String seed, TargetTable target) {
		return ", remembered AS (INSERT INTO " + this.table.quoted() + " (seed, target, key) SELECT "
				+ SqlLiteral.text(seed) + ", " + SqlLiteral.text(target.toString())
				+ ", merged.key FROM merged WHERE is_new AND NOT EXISTS (SELECT FROM " + this.table.quoted()
				+ " m WHERE " + isOf(seed, target) + " AND m.key = merged.key))";
	}

	/** Return the rows that were remembered and have left the file, marked. */
	GoneRows gone(JdbcTemplate jdbc, String seed, LoadPlan plan, LoadSql sql) {
		return GoneRows.find(new MarkedRows(jdbc, this.table), jdbc, seed, plan, sql);
	}

	private static String isOf(String seed, TargetTable target) {
		return "m.seed = " + SqlLiteral.text(seed) + " AND m.target = " + SqlLiteral.text(target.toString());
	}

}
