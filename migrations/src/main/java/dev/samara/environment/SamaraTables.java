package dev.samara.environment;

import java.util.List;

import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.TableName;

/**
 * Finds the environment markers and the histories of all schemas of a database. A table
 * is recognized by its columns: histories can have any name, and a name alone proves
 * nothing.
 */
final class SamaraTables {

	private static final String SELECT = """
			SELECT * FROM (
				SELECT n.nspname, c.relname, CASE
						WHEN c.relname = 'samara_environment'
							AND col.names @> '{environment, marked_at, marked_by, only_row}' THEN 'MARKER'
						WHEN col.names @> '{run_id, event, kind, version, description, script, checksum, down_script,
							statements_done, statements_total, done_digest, installed_by, application_name, started_at,
							duration_ms, sql_state, error}' THEN 'MIGRATIONS'
						WHEN col.names @> '{run_id, event, name, version, folder, level, script, checksum, environment,
							statements, executed_by, application_name, started_at, duration_ms, sql_state, error}'
							THEN 'SEEDS' END AS kind,
					'environment' = ANY (col.names) AS has_environment,
					pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
						AND NOT pg_catalog.row_security_active(c.oid) AS is_readable
				FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
					CROSS JOIN LATERAL (SELECT array_agg(a.attname::text) AS names FROM pg_catalog.pg_attribute a
						WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) col
				WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
					AND EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid
						AND a.attname IN ('run_id', 'only_row'))
			) found
			WHERE kind IS NOT NULL
			ORDER BY nspname, relname
			""";

	private SamaraTables() {
	}

	static List<Found> find(PostgresConnection connection) {
		return connection.jdbc()
			.query(SELECT,
					(row, number) -> new Found(new TableName(row.getString("nspname"), row.getString("relname")),
							Kind.valueOf(row.getString("kind")), row.getBoolean("has_environment"),
							row.getBoolean("is_readable")));
	}

	/**
	 * What a table holds.
	 */
	enum Kind {

		MARKER, MIGRATIONS, SEEDS

	}

	/**
	 * A table of Samara's.
	 *
	 * @param table the table
	 * @param kind what it holds
	 * @param hasEnvironment whether it has a column for the environment
	 * @param isReadable whether the role can read all of its rows: row-level security
	 * hides rows without an error
	 */
	record Found(TableName table, Kind kind, boolean hasEnvironment, boolean isReadable) {

		boolean isMarker() {
			return this.kind == Kind.MARKER;
		}

		boolean isIn(TableName other) {
			return String.valueOf(this.table.schema()).equals(String.valueOf(other.schema()));
		}

	}

}
