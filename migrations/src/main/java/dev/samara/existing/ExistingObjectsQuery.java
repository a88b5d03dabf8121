package dev.samara.existing;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.Internal;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.TableName;

/**
 * Reads what a database contains besides Samara's own tables. One query of the catalog,
 * and one more for each history table of another tool.
 *
 * @since 0.1.0
 */
@Internal
public final class ExistingObjectsQuery {

	private static final int NAMES = 5;

	/**
	 * Objects of the schema that exist by themselves: sequences that belong to a column,
	 * row types and indexes do not count, neither do members of extensions.
	 */
	private static final String OBJECTS = """
			WITH own (name) AS (SELECT unnest(?::text[])),
			object (kind, classid, oid, name) AS (
				SELECT CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence'
						WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'type' ELSE 'table' END,
					'pg_class'::regclass, oid, relname
				FROM pg_catalog.pg_class
				WHERE relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = coalesce(?, current_schema()))
					AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c') AND relname !~ '^samara_'
					AND relname NOT IN (TABLE own)
					AND coalesce(obj_description(oid, 'pg_class'), '') !~ 'Samara.*Layout [0-9]+\\.$'
				UNION ALL
				SELECT CASE prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END,
					'pg_proc'::regclass, oid, proname
				FROM pg_catalog.pg_proc
				WHERE pronamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = coalesce(?, current_schema()))
				UNION ALL
				SELECT CASE typtype WHEN 'd' THEN 'domain' ELSE 'type' END, 'pg_type'::regclass, oid, typname
				FROM pg_catalog.pg_type
				WHERE typnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = coalesce(?, current_schema()))
					AND typtype IN ('d', 'e', 'r')
			),
			counted AS (
				SELECT kind, name, count(*) OVER () AS objects,
					row_number() OVER (ORDER BY kind <> 'table', name COLLATE "C") AS number
				FROM object o
				WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = o.classid AND d.objid = o.oid
					AND (d.deptype = 'e' OR d.deptype IN ('a', 'i') AND o.kind IN ('sequence', 'function')))
			)
			SELECT current_database(), coalesce(?, current_schema()), coalesce(max(objects), 0),
				array_agg(kind || ' ' || name ORDER BY number) FILTER (WHERE number <= ?)
			FROM counted
			""";

	/** Tables whose columns may be those of a history, with their columns. */
	private static final String CANDIDATES = """
			SELECT n.nspname, c.relname, pg_catalog.has_schema_privilege(n.oid, 'USAGE')
					AND pg_catalog.has_table_privilege(c.oid, 'SELECT') AS readable,
				array_agg(a.attname::text) AS columns
			FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
				JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
			WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
				AND (n.nspname, c.relname) <> (coalesce(?, current_schema()), ?)
				AND (c.relname ~* 'migration|version|changelog|history|meta$|evolution|phinx|revision|^changes$'
					OR EXISTS (SELECT FROM pg_catalog.pg_attribute r WHERE r.attrelid = c.oid
						AND r.attname IN ('installed_rank', 'orderexecuted', 'statements_total')))
			GROUP BY n.oid, n.nspname, c.oid, c.relname
			ORDER BY n.nspname <> coalesce(?, current_schema()), 1, 2
			""";

	private final JdbcTemplate jdbc;

	/**
	 * Create a query.
	 * @param connection the connection to use
	 */
	public ExistingObjectsQuery(PostgresConnection connection) {
		this.jdbc = connection.jdbc();
	}

	/**
	 * Read what the schema of a history table contains.
	 * @param history Samara's history table; without a schema, the first existing one of
	 * the search path is meant
	 * @param view name of the view beside it
	 * @return the objects, and the histories of other tools if there are any objects
	 */
	public ExistingObjects read(TableName history, String view) {
		String schema = history.schema();
		ExistingObjects objects = this.jdbc.queryForObject(OBJECTS, (row, number) -> objects(row),
				new String[] { history.name(), view }, schema, schema, schema, schema, NAMES);
		if (objects == null || objects.isEmpty()) {
			return ExistingObjects.NONE;
		}
		return new ExistingObjects(objects.database(), objects.schema(), objects.count(), objects.names(),
				histories(history));
	}

	private static ExistingObjects objects(ResultSet row) throws SQLException {
		return new ExistingObjects(row.getString(1), row.getString(2), row.getInt(3), texts(row.getArray(4)),
				List.of());
	}

	private List<ForeignHistory> histories(TableName own) {
		List<ForeignHistory> found = new ArrayList<>();
		this.jdbc.query(CANDIDATES, (row) -> {
			TableName table = new TableName(row.getString(1), row.getString(2));
			boolean isReadable = row.getBoolean("readable");
			MigrationTool.of(table.name(), texts(row.getArray("columns")))
				.map((tool) -> new ForeignHistory(tool, table, isReadable ? lastVersion(tool, table) : null))
				.ifPresent(found::add);
		}, own.schema(), own.name(), own.schema());
		return found;
	}

	private @Nullable String lastVersion(MigrationTool tool, TableName table) {
		String sql = tool.lastVersionSql(table.quoted());
		return (sql != null) ? this.jdbc.queryForList(sql, String.class).stream().findFirst().orElse(null) : null;
	}

	private static List<String> texts(@Nullable Array array) throws SQLException {
		return (array != null) ? List.of((String[]) array.getArray()) : List.of();
	}

}
