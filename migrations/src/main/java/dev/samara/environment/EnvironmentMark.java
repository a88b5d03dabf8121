package dev.samara.environment;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import dev.samara.Internal;
import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.RowSecurity;
import dev.samara.postgres.SqlLiteral;
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
	 * Return an SQL expression for whether row-level security applies to the mark, as
	 * long as there is a table for it.
	 * @return a Boolean expression
	 */
	public String isGuardedSql() {
		return RowSecurity.isActiveSql(this.table);
	}

	/**
	 * Read the mark by itself.
	 * @param connection the connection
	 * @return the environment of the database; {@code null} if there is no mark, or not
	 * even a table for it
	 */
	public @Nullable String read(PostgresConnection connection) {
		try {
			String environment = connection.jdbc().queryForObject("SELECT " + selectSql(), String.class);
			if (environment == null) {
				RowSecurity.requireAllRows(connection, this.table);
			}
			return environment;
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
	 * Return the SQL by which a person marks the database, whether the table exists or
	 * not.
	 * @param environment the environment
	 * @return statements in one line
	 */
	public String markSql(Environment environment) {
		return createSql().strip().replaceAll("\\s+", " ") + " INSERT INTO " + this.table.quoted()
				+ " (environment) VALUES (" + SqlLiteral.text(environment.name())
				+ ") ON CONFLICT (only_row) DO UPDATE SET environment = excluded.environment, marked_at = now(), "
				+ "marked_by = session_user;";
	}

	/**
	 * Check that application and database belong together.
	 * @param application the environment of the application, or {@code null}
	 * @param marked what the database remembers, or {@code null}
	 * @throws EnvironmentMismatchException if they do not
	 */
	public void check(@Nullable Environment application, @Nullable String marked) {
		if (application != null && marked != null && !application.equals(Environment.of(marked))) {
			throw EnvironmentMismatchException.marked(application, Environment.of(marked), this);
		}
	}

}
