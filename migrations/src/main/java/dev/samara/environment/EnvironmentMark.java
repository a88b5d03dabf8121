package dev.samara.environment;

import java.sql.SQLException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import dev.samara.Internal;
import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.SqlStates;
import dev.samara.postgres.TableName;

/**
 * The table with a single row by which a database remembers its environment. It is made
 * by the first run, and written by the first run that knows its environment.
 *
 * @since 0.1.0
 */
@Internal
public final class EnvironmentMark {

	private static final String TABLE = "samara_environment";

	private final TableName table;

	/**
	 * Create a mark.
	 * @param history a history table; the mark stands in the same schema
	 */
	public EnvironmentMark(TableName history) {
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
	 * Return the SQL that makes the table unless it is there.
	 * @return statements
	 */
	public String createSql() {
		return """
				CREATE TABLE IF NOT EXISTS %s (
					environment text NOT NULL,
					marked_at timestamptz NOT NULL DEFAULT now(),
					marked_by text NOT NULL DEFAULT session_user,
					only_row boolean NOT NULL DEFAULT true PRIMARY KEY CHECK (only_row)
				);
				""".formatted(this.table.quoted());
	}

	/**
	 * Make the table unless it is there.
	 * @param connection the connection
	 */
	public void create(PostgresConnection connection) {
		connection.jdbc().execute(createSql());
	}

	/**
	 * Return an SQL expression for the environment of the database.
	 * @return a scalar subquery, {@code NULL} as long as there is no mark
	 */
	public String selectSql() {
		return "(SELECT environment FROM " + this.table.quoted() + ")";
	}

	/**
	 * Read the mark by itself.
	 * @param connection the connection
	 * @return the environment of the database; {@code null} if there is no mark, or not
	 * even a table for it
	 */
	public @Nullable String read(PostgresConnection connection) {
		try {
			return connection.jdbc().queryForObject("SELECT " + selectSql(), String.class);
		}
		catch (DataAccessException ex) {
			if (ex.getCause() instanceof SQLException cause) {
				if (SqlStates.UNDEFINED_TABLE.equals(cause.getSQLState())) {
					return null;
				}
				throw DatabaseUnavailableException.queryFailed("The mark " + this.table + " cannot be read", cause);
			}
			throw ex;
		}
	}

	/**
	 * Mark the database, unless it is marked already.
	 * @param connection the connection
	 * @param environment the environment
	 */
	public void write(PostgresConnection connection, Environment environment) {
		connection.jdbc()
			.update("INSERT INTO " + this.table.quoted() + " (environment) VALUES (?) ON CONFLICT DO NOTHING",
					environment.name());
	}

	/**
	 * Look for production before this schema is marked: for its mark in other schemas,
	 * since another schema is no way around the guard of a database, and for seeds that
	 * have run as production, since a mark can get lost. Tables that the role may not
	 * read say nothing.
	 * @param connection the connection
	 * @param application the environment of the application
	 * @throws EnvironmentMismatchException if something says that this is production, and
	 * the application is not
	 */
	public void checkOthers(PostgresConnection connection, Environment application) {
		if (application.isProduction()) {
			return;
		}
		List<String> schemas = connection.jdbc().queryForList("""
				SELECT n.nspname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
				WHERE c.relname = ? AND c.relkind = 'r' AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
					AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
				ORDER BY 1
				""", String.class, TABLE);
		for (String schema : schemas) {
			EnvironmentMark other = new EnvironmentMark(new TableName(schema, TABLE));
			String marked = other.read(connection);
			if (marked != null && Environment.of(marked).isProduction()) {
				other.check(application, marked);
			}
		}
		checkHistories(connection, application);
	}

	/**
	 * A mark can get lost, by a restore of some tables for example. What was seeded as
	 * production still says where this is.
	 */
	private static void checkHistories(PostgresConnection connection, Environment application) {
		List<TableName> histories = connection.jdbc().query("""
				SELECT n.nspname, c.relname
				FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
				WHERE c.relkind = 'r' AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
					AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
					AND 4 = (SELECT count(*) FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid
						AND a.attname IN ('run_id', 'event', 'environment', 'checksum'))
				ORDER BY 1, 2
				""", (row, number) -> new TableName(row.getString(1), row.getString(2)));
		for (TableName history : histories) {
			List<String> environments = connection.jdbc()
				.queryForList("SELECT DISTINCT environment FROM " + history.quoted() + " WHERE environment IS NOT NULL",
						String.class);
			for (Environment environment : environments.stream().map(Environment::of).toList()) {
				if (environment.isProduction()) {
					throw new EnvironmentMismatchException(application, environment, history);
				}
			}
		}
	}

	/**
	 * Check that application and database belong together.
	 * @param application the environment of the application, or {@code null}
	 * @param marked what the database remembers, or {@code null}
	 * @throws EnvironmentMismatchException if they do not
	 */
	public void check(@Nullable Environment application, @Nullable String marked) {
		if (application != null && marked != null && !application.equals(Environment.of(marked))) {
			throw new EnvironmentMismatchException(application, Environment.of(marked), this.table);
		}
	}

}
