package dev.samara.postgres;

import java.sql.SQLException;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;

/**
 * A session made ready for a run that changes something: it says who it is, and finds
 * names in the schema that is asked for. Closing it gives the session back as it was.
 *
 * @since 0.1.0
 */
@Internal
public final class WorkSession implements AutoCloseable {

	private final PostgresConnection connection;

	private final @Nullable String schema;

	private final @Nullable OwnSession original;

	private final SessionSettings settings;

	private final @Nullable SessionResidue residue;

	private WorkSession(PostgresConnection connection, @Nullable String schema, @Nullable OwnSession original,
			SessionSettings settings, @Nullable SessionResidue residue) {
		this.connection = connection;
		this.schema = schema;
		this.original = original;
		this.settings = settings;
		this.residue = residue;
	}

	/**
	 * Make a session ready.
	 * @param connection the session, outside a transaction
	 * @param original what the session has set
	 * @param schema the schema to work in, or {@code null} for the first of the search
	 * path
	 * @param applicationName what the session is to call itself
	 * @return the session, to be closed
	 */
	public static WorkSession open(PostgresConnection connection, OwnSession original, @Nullable String schema,
			String applicationName) {
		return open(connection, original, schema, applicationName, new SessionResidue(connection, original.held()));
	}

	private static WorkSession open(PostgresConnection connection, OwnSession original, @Nullable String schema,
			String applicationName, @Nullable SessionResidue residue) {
		OwnSession settings = NeutralSettings.apply(connection, original).with("application_name", applicationName);
		if (schema != null) {
			String searchPath = String.valueOf(connection.jdbc().queryForObject("SHOW search_path", String.class));
			settings = settings.with("search_path",
					SqlLiteral.name(schema) + (searchPath.isBlank() ? "" : ", " + searchPath));
		}
		settings.restore(connection);
		return new WorkSession(connection, schema, original, settings, residue);
	}

	/**
	 * Make ready what a pooler in transaction mode gives: nothing is set but within the
	 * transaction of a script, as the next one may run in another session.
	 * @param connection the connection to the pooler, outside a transaction
	 * @param found what the session that answered last has set
	 * @param schema the schema to work in, or {@code null} for the first of the search
	 * path
	 * @param applicationName what a transaction is to call itself
	 * @return the session, to be closed
	 * @throws DatabaseUnavailableException if the role or the database has a setting by
	 * which scripts would mean something else
	 */
	public static WorkSession openShared(PostgresConnection connection, OwnSession found, @Nullable String schema,
			String applicationName) {
		return new WorkSession(connection, schema, null,
				new SharedSession(schema, applicationName, found.values(), NeutralSettings.forTransactions(connection)),
				null);
	}

	/**
	 * Make ready a connection that stands by a run and changes only Samara's own tables.
	 * @param connection the connection, outside a transaction
	 * @param applicationName what it is to call itself, if its session is its own
	 * @return the session, to be closed
	 */
	public static WorkSession openBeside(PostgresConnection connection, String applicationName) {
		OwnSession found = OwnSession.of(connection);
		boolean isShared = found.backendPid() != connection.pidToldAtLogin();
		return isShared
				? new WorkSession(connection, null, null,
						new SharedSession(null, applicationName, found.values(), Map.of()), null)
				: open(connection, found, null, applicationName, null);
	}

	/**
	 * Return whether another session may run the next transaction.
	 * @return whether nothing outlives a transaction
	 */
	public boolean isShared() {
		return this.original == null;
	}

	/**
	 * Make the schema that is asked for, if it is missing; in the transaction, if one is
	 * open.
	 */
	public void createSchema() {
		String schema = this.schema;
		if (schema == null) {
			return;
		}
		Boolean isMissing = this.connection.jdbc()
			.queryForObject("SELECT to_regnamespace(?) IS NULL", Boolean.class, SqlLiteral.name(schema));
		if (Boolean.TRUE.equals(isMissing)) {
			try {
				this.connection.send("CREATE SCHEMA IF NOT EXISTS " + SqlLiteral.name(schema));
			}
			catch (SQLException ex) {
				throw DatabaseUnavailableException.queryFailed("Schema " + schema + " cannot be made", ex);
			}
		}
	}

	/**
	 * Return the settings the session has now.
	 * @return the settings to come back to after each script
	 */
	public SessionSettings settings() {
		return this.settings;
	}

	/**
	 * Find the schema of a table: the one it is in already, or else the first of the
	 * search path.
	 * @param table the table
	 * @return the table with its schema
	 */
	public TableName locate(TableName table) {
		return locate(table, table);
	}

	/**
	 * Find the schema of a table: the one it is in already, or else the one that holds a
	 * table it belongs to, or else the first of the search path.
	 * @param table the table
	 * @param companion the table it belongs to
	 * @return the table with its schema
	 */
	public TableName locate(TableName table, TableName companion) {
		return locate(this.connection, table, companion);
	}

	/**
	 * Find the schema of a table in a session that is not made ready.
	 * @param connection the session
	 * @param table the table
	 * @param companion the table it belongs to
	 * @return the table with its schema
	 */
	public static TableName locate(PostgresConnection connection, TableName table, TableName companion) {
		if (table.schema() != null) {
			return table;
		}
		String schema = connection.jdbc().queryForObject("""
				SELECT coalesce((SELECT n.nspname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n
					ON n.oid = c.relnamespace WHERE c.oid = coalesce(to_regclass(?), to_regclass(?))), current_schema())
				""", String.class, table.quoted(), companion.quoted());
		if (schema == null) {
			throw DatabaseUnavailableException.noSchema();
		}
		return new TableName(schema, table.name());
	}

	@Override
	public void close() {
		if (this.connection.isUsable()) {
			try {
				this.connection.rollbackIfOpen();
			}
			catch (SQLException ex) {
				throw DatabaseUnavailableException.queryFailed("The session cannot be given back", ex);
			}
			if (this.original != null) {
				this.original.restore(this.connection);
			}
			if (this.residue != null) {
				this.residue.remove();
			}
		}
	}

}
