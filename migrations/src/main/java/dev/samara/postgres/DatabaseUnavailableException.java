package dev.samara.postgres;

import java.sql.SQLException;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.samara.SamaraException;

/**
 * Thrown when there is no usable connection to the database, or the one in use is gone.
 *
 * @since 0.1.0
 */
public final class DatabaseUnavailableException extends SamaraException {

	private DatabaseUnavailableException(String message, String remedy, @Nullable Throwable cause) {
		super(message, remedy, cause);
	}

	static DatabaseUnavailableException cannotConnect(SQLException cause) {
		ServerError error = ServerError.of(cause);
		String remedy = SqlStates.INSUFFICIENT_PRIVILEGE.equals(error
			.sqlState()) ? "Grant the role the right: GRANT CONNECT ON DATABASE … TO …;" : ServerState
				.remedy(error.sqlState())
				.orElse("Check that the server runs, and the URL, user and password: spring.datasource.url, username and "
						+ "password, or samara.migrations.url, user and password where they are set.");
		return new DatabaseUnavailableException("The database cannot be reached: " + error, remedy,
				error.toException(cause));
	}

	static DatabaseUnavailableException notPostgres(String product) {
		return new DatabaseUnavailableException(
				"Samara works on PostgreSQL through its own JDBC driver; this data source gives a connection to "
						+ product,
				"Use org.postgresql:postgresql, and a data source whose connections unwrap to the driver's; or mark "
						+ "another data source with @MigrationDataSource.",
				null);
	}

	/**
	 * Create the exception for a server that is in recovery.
	 * @return the exception
	 */
	public static DatabaseUnavailableException standby() {
		return new DatabaseUnavailableException(
				"The server is a standby: it is in recovery, and nothing can be changed on it",
				ServerState.remedy("25006").orElseThrow(), null);
	}

	/**
	 * Create the exception for a connection that is in a transaction of the caller.
	 * @return the exception
	 */
	static DatabaseUnavailableException inTransaction() {
		return new DatabaseUnavailableException(
				"The data source gives a connection in which a transaction of the caller is open. Samara commits each of its "
						+ "steps, and would commit that transaction too. Nothing was changed",
				"Call it outside the transaction, or give it a data source that is not bound to transactions.", null);
	}

	/**
	 * Create the exception for a data source that cannot be written with.
	 * @return the exception
	 */
	public static DatabaseUnavailableException readOnly() {
		return new DatabaseUnavailableException("The data source gives connections that only read",
				"Migrate with another data source: mark it with @MigrationDataSource, or set samara.migrations.url.",
				null);
	}

	static DatabaseUnavailableException settingsOfShared(List<String> names) {
		return new DatabaseUnavailableException(
				"Scripts would mean something else: the role or the database has set " + String.join(", ", names)
						+ ", and through a pooler in transaction mode that cannot be changed",
				"ALTER ROLE … RESET (or ALTER DATABASE … RESET) " + names.get(0)
						+ "; or migrate past the pooler: samara.migrations.url with the address of the server itself.",
				null);
	}

	static DatabaseUnavailableException rowsHidden(TableName table, String role) {
		String quoted = table.quoted();
		return new DatabaseUnavailableException(
				"Row-level security on " + table + " hides rows from role " + role
						+ ", so that its contents are unknown: applied migrations and seeds would read as pending",
				"Give the role every row: CREATE POLICY samara ON " + quoted + " TO " + SqlLiteral.name(role)
						+ " USING (true) WITH CHECK (true); or exempt the table: ALTER TABLE " + quoted
						+ " NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY; or connect as a role that owns the "
						+ "table: samara.migrations.user.",
				null);
	}

	static DatabaseUnavailableException noSchema() {
		return new DatabaseUnavailableException("The connection's search path leads to no schema that exists",
				"Set samara.migrations.schema, or create the schema that the search path names.", null);
	}

	/**
	 * Create the exception for a data source that does not give the second connection a
	 * lease needs.
	 * @param cause what came of the attempt
	 * @return the exception
	 */
	public static DatabaseUnavailableException noSecondConnection(DatabaseUnavailableException cause) {
		return new DatabaseUnavailableException(
				"The lease needs a second connection to stay alive, and the data source gives none: "
						+ cause.getMessage(),
				"Give the pool at least two connections (spring.datasource.hikari.maximum-pool-size), or migrate "
						+ "without a lease: samara.migrations.url with the address of the server itself.",
				cause);
	}

	/**
	 * Create the exception for a query of Samara's own that failed.
	 * @param what what was to be done, as in "The history cannot be read"
	 * @param cause what the driver threw
	 * @return the exception
	 */
	public static DatabaseUnavailableException queryFailed(String what, SQLException cause) {
		ServerError error = ServerError.of(cause);
		String remedy = ServerState.remedy(error.sqlState())
			.orElse("Check that the server runs and that nobody has changed Samara's tables by hand.");
		return queryFailed(what, remedy, cause);
	}

	/**
	 * Create the exception for a statement of Samara's own that failed.
	 * @param what what was to be done, as in "The history cannot be upgraded"
	 * @param remedy what to do about it
	 * @param cause what the driver threw
	 * @return the exception
	 */
	public static DatabaseUnavailableException queryFailed(String what, String remedy, SQLException cause) {
		ServerError error = ServerError.of(cause);
		return new DatabaseUnavailableException(what + ": " + error, remedy, error.toException(cause));
	}

}
