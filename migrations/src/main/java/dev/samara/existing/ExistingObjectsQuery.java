package dev.samara.existing;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;

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

	private static final Log logger = LogFactory.getLog(ExistingObjectsQuery.class);

	private static final int NAMES = 5;

	/**
	 * Objects of the schema that exist by themselves: sequences that belong to a column,
	 * row types and indexes do not count, neither do members of extensions. PostgreSQL
	 * records the dependencies of a composite type for its entry in pg_type.
	 */
	private static final String SELECT = """
			WITH own (name) AS (SELECT unnest(?::text[])),
			object (kind, classid, oid, name) AS (
				SELECT CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence'
						WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'type' ELSE 'table' END,
					CASE relkind WHEN 'c' THEN 'pg_type'::regclass ELSE 'pg_class'::regclass END,
					CASE relkind WHEN 'c' THEN reltype ELSE oid END, relname
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
			SELECT current_database(), present.*, candidate.*
			FROM (SELECT coalesce(?, current_schema()), coalesce(max(objects), 0),
					array_agg(kind || ' ' || name ORDER BY number) FILTER (WHERE number <= ?)
				FROM counted) present (schema, objects, names)
			LEFT JOIN (
				SELECT n.nspname, c.relname, pg_catalog.has_schema_privilege(n.oid, 'USAGE')
						AND pg_catalog.has_table_privilege(c.oid, 'SELECT'), array_agg(a.attname::text)
				FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
					JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
				WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
					AND (c.relname ~* 'migration|version|changelog|history|meta$|evolution|phinx|revision|^changes$'
						OR EXISTS (SELECT FROM pg_catalog.pg_attribute r WHERE r.attrelid = c.oid
							AND r.attname IN ('installed_rank', 'orderexecuted', 'statements_total')))
				GROUP BY n.oid, n.nspname, c.oid, c.relname
			) candidate (table_schema, table_name, readable, columns)
				ON (table_schema, table_name) <> (present.schema, ?)
			ORDER BY table_schema <> present.schema, table_schema, table_name
			""";

	/** Longest time to read the table of another tool, which may be locked. */
	private static final int SECONDS_TO_READ_A_TABLE = 2;

	private final JdbcTemplate jdbc;

	private final JdbcTemplate briefly;

	/**
	 * Create a query.
	 * @param connection the connection to use
	 */
	public ExistingObjectsQuery(PostgresConnection connection) {
		this.jdbc = connection.jdbc();
		this.briefly = connection.newJdbc();
		this.briefly.setQueryTimeout(SECONDS_TO_READ_A_TABLE);
	}

	/**
	 * Read what the schema of a history table contains.
	 * @param history Samara's history table; without a schema, the first existing one of
	 * the search path is meant
	 * @param view name of the view beside it
	 * @return the objects, and the histories of other tools in any schema
	 */
	public ExistingObjects read(TableName history, String view) {
		String schema = history.schema();
		ResultSetExtractor<ExistingObjects> extractor = this::objects;
		ExistingObjects objects = this.jdbc.query(SELECT, extractor, new String[] { history.name(), view }, schema,
				schema, schema, schema, NAMES, history.name());
		return (objects != null) ? objects : ExistingObjects.NONE;
	}

	private ExistingObjects objects(ResultSet row) throws SQLException {
		ExistingObjects objects = ExistingObjects.NONE;
		List<ForeignHistory> histories = new ArrayList<>();
		while (row.next()) {
			if (row.getString("table_name") != null) {
				history(row).ifPresent(histories::add);
			}
			objects = new ExistingObjects(row.getString("current_database"), row.getString("schema"),
					row.getInt("objects"), texts(row.getArray("names")), histories);
		}
		return objects;
	}

	private Optional<ForeignHistory> history(ResultSet row) throws SQLException {
		TableName table = new TableName(row.getString("table_schema"), row.getString("table_name"));
		boolean isReadable = row.getBoolean("readable");
		return MigrationTool.of(table.name(), texts(row.getArray("columns")))
			.map((tool) -> new ForeignHistory(tool, table, isReadable ? lastVersion(tool, table) : null));
	}

	/**
	 * The version is an addition to the finding: a table that is locked, or has other
	 * columns than this version of Samara knows, is named without it.
	 */
	private @Nullable String lastVersion(MigrationTool tool, TableName table) {
		String sql = tool.lastVersionSql(table.quoted());
		if (sql == null) {
			return null;
		}
		try {
			return this.briefly.queryForList(sql, String.class).stream().findFirst().orElse(null);
		}
		catch (DataAccessException ex) {
			logger.debug("The last version in " + table + " cannot be read", ex);
			return null;
		}
	}

	private static List<String> texts(@Nullable Array array) throws SQLException {
		return (array != null) ? List.of((String[]) array.getArray()) : List.of();
	}

}
