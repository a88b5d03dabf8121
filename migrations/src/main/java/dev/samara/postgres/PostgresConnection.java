package dev.samara.postgres;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.SqlCommand;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PgConnection;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import dev.samara.Internal;

/**
 * The one connection a run works on, in autocommit mode. Beside JDBC it sends whole
 * scripts in the simple query protocol: the text reaches the server as it is, in one
 * round trip, past the driver's own splitting and escapes. Not thread-safe.
 *
 * @since 0.1.0
 */
@Internal
public final class PostgresConnection implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(PostgresConnection.class);

	private static final int AS_ONE_MESSAGE = QueryExecutor.QUERY_EXECUTE_AS_SIMPLE | QueryExecutor.QUERY_NO_RESULTS
			| QueryExecutor.QUERY_NO_METADATA | QueryExecutor.QUERY_SUPPRESS_BEGIN
			| QueryExecutor.QUERY_BOTH_ROWS_AND_STATUS;

	private final DataSource dataSource;

	private final Connection connection;

	private final PgConnection postgres;

	private final boolean autoCommit;

	private final int prepareThreshold;

	private final JdbcTemplate jdbc;

	private boolean isCut;

	private PostgresConnection(DataSource dataSource, Connection connection, PgConnection postgres,
			boolean autoCommit) {
		this.dataSource = dataSource;
		this.connection = connection;
		this.postgres = postgres;
		this.autoCommit = autoCommit;
		this.prepareThreshold = postgres.getPrepareThreshold();
		// A prepared statement with a name belongs to a server session, and behind a
		// pooler the next query may meet another one. None of ours is worth a plan.
		postgres.setPrepareThreshold(0);
		this.jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
	}

	/**
	 * Take a connection from a data source.
	 * @param dataSource the data source; its connections must unwrap to the PostgreSQL
	 * driver's
	 * @return the connection, in autocommit mode
	 * @throws DatabaseUnavailableException if there is no connection to be had, it is not
	 * one of the PostgreSQL driver, or it is in a transaction of the caller
	 */
	public static PostgresConnection open(DataSource dataSource) {
		Connection connection;
		try {
			connection = dataSource.getConnection();
		}
		catch (SQLException ex) {
			throw DatabaseUnavailableException.cannotConnect(ex);
		}
		try {
			return wrap(dataSource, connection);
		}
		catch (SQLException ex) {
			closeAfter(ex, connection);
			throw DatabaseUnavailableException.cannotConnect(ex);
		}
		catch (DatabaseUnavailableException ex) {
			closeAfter(ex, connection);
			throw ex;
		}
	}

	/**
	 * Work with a connection of a data source, and give it back.
	 * @param <T> what the work results in
	 * @param dataSource the data source
	 * @param work the work
	 * @return its result
	 * @throws DatabaseUnavailableException if there is no connection to be had, or a
	 * query of Samara's own fails
	 */
	public static <T> T with(DataSource dataSource, Function<PostgresConnection, T> work) {
		try (PostgresConnection connection = open(dataSource)) {
			return work.apply(connection);
		}
		catch (DataAccessException ex) {
			if (ex.getCause() instanceof SQLException cause) {
				throw DatabaseUnavailableException.queryFailed("A query of Samara's own failed", cause);
			}
			throw ex;
		}
	}

	/**
	 * Work with a connection of a data source for a short time only: each query is
	 * cancelled after the limit, and a server that does not answer for a second longer is
	 * given up. No setting of the session is touched, so this is safe behind a pooler.
	 * @param <T> what the work results in
	 * @param dataSource the data source, whose own limits apply to connecting
	 * @param limit longest time of a query, in whole seconds
	 * @param work the work, which only reads
	 * @return its result
	 * @throws DatabaseUnavailableException if there is no connection to be had, or a
	 * query fails or takes longer
	 */
	public static <T> T with(DataSource dataSource, Duration limit, Function<PostgresConnection, T> work) {
		return with(dataSource, (connection) -> connection.within(limit, work));
	}

	private <T> T within(Duration limit, Function<PostgresConnection, T> work) {
		try {
			int before = this.postgres.getNetworkTimeout();
			this.postgres.setNetworkTimeout(null, (int) limit.plusSeconds(1).toMillis());
			this.jdbc.setQueryTimeout((int) limit.toSeconds());
			try {
				return work.apply(this);
			}
			finally {
				this.jdbc.setQueryTimeout(-1);
				if (!this.postgres.isClosed()) {
					this.postgres.setNetworkTimeout(null, before);
				}
			}
		}
		catch (SQLException ex) {
			throw DatabaseUnavailableException.cannotConnect(ex);
		}
	}

	private static PostgresConnection wrap(DataSource dataSource, Connection connection) throws SQLException {
		if (!connection.isWrapperFor(PgConnection.class)) {
			throw DatabaseUnavailableException.notPostgres(connection.getMetaData().getDatabaseProductName());
		}
		PgConnection postgres = connection.unwrap(PgConnection.class);
		boolean autoCommit = connection.getAutoCommit();
		if (!autoCommit) {
			if (postgres.getTransactionState() != TransactionState.IDLE) {
				throw DatabaseUnavailableException.inTransaction();
			}
			connection.setAutoCommit(true);
		}
		return new PostgresConnection(dataSource, connection, postgres, autoCommit);
	}

	private static void closeAfter(Exception failure, Connection connection) {
		try {
			connection.close();
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
		}
	}

	/**
	 * Take another connection of the same data source.
	 * @return the connection, in autocommit mode
	 * @throws DatabaseUnavailableException if there is no other one to be had
	 */
	public PostgresConnection openAnother() {
		return open(this.dataSource);
	}

	/**
	 * Return whether the connection was set to only read.
	 * @return whether nothing can be changed with it
	 */
	public boolean isReadOnly() {
		try {
			return this.connection.isReadOnly();
		}
		catch (SQLException ex) {
			throw DatabaseUnavailableException.cannotConnect(ex);
		}
	}

	/**
	 * Return whether the server is a standby.
	 * @return whether it is in recovery; from version 14 on that costs nothing
	 */
	public boolean isStandby() {
		String reported = this.postgres.getQueryExecutor().getParameterStatus("in_hot_standby");
		return (reported != null) ? reported.equals("on")
				: Boolean.TRUE.equals(this.jdbc.queryForObject("SELECT pg_is_in_recovery()", Boolean.class));
	}

	/**
	 * Return the process id of the backend as it was told at login. A pooler tells one of
	 * its own making.
	 * @return the process id; no round trip
	 */
	public int pidToldAtLogin() {
		return this.postgres.getQueryExecutor().getBackendPID();
	}

	/**
	 * Return where the connection is from.
	 */
	DataSource dataSource() {
		return this.dataSource;
	}

	/**
	 * Replace the characters that the encoding of the database lacks. The server would
	 * refuse a whole message for one of them.
	 * @param text the text
	 * @return the text with question marks for those characters; no round trip
	 */
	public String storable(String text) {
		String encoding = this.postgres.getQueryExecutor().getParameterStatus("server_encoding");
		return (encoding != null) ? ServerEncoding.storable(text, encoding) : text;
	}

	/**
	 * Return the role that logged in.
	 * @return its name, whatever role has been set since
	 */
	String loginRole() {
		try {
			return this.connection.getMetaData().getUserName();
		}
		catch (SQLException ex) {
			throw DatabaseUnavailableException.cannotConnect(ex);
		}
	}

	/**
	 * Return JDBC on this connection.
	 * @return a template whose every call is a transaction of its own
	 */
	public JdbcTemplate jdbc() {
		return this.jdbc;
	}

	/**
	 * Return JDBC on this connection for others to use and to configure.
	 * @return a new template; closing a connection of its data source does nothing
	 */
	public JdbcTemplate newJdbc() {
		return new JdbcTemplate(new SingleConnectionDataSource(this.connection, true));
	}

	/**
	 * Return whether the connection is in autocommit mode, as it is unless others have
	 * left it in another one.
	 * @return whether it is
	 */
	public boolean isAutoCommit() {
		try {
			return this.connection.getAutoCommit();
		}
		catch (SQLException ex) {
			throw DatabaseUnavailableException.cannotConnect(ex);
		}
	}

	/**
	 * End what is open by a rollback, and go back to autocommit mode.
	 * @throws SQLException if the connection is gone
	 */
	public void backToAutoCommit() throws SQLException {
		rollbackIfOpen();
		if (!this.connection.getAutoCommit()) {
			this.connection.setAutoCommit(true);
		}
	}

	/**
	 * Send statements in one message of the simple query protocol. Without {@code BEGIN}
	 * the server treats them as one transaction.
	 * @param sql the statements, without {@code COPY … FROM STDIN}
	 * @param listener told of each statement that is done
	 * @throws SQLException what the server refused; a transaction begun in the message is
	 * still open then
	 */
	public void send(String sql, CommandListener listener) throws SQLException {
		QueryExecutor executor = this.postgres.getQueryExecutor();
		Query query = executor.wrap(List.of(new NativeQuery(sql, SqlCommand.BLANK)));
		executor.execute(query, null, new ResultHandlerBase() {

			@Override
			public void handleCommandStatus(String status, long rows, long oid) {
				listener.commandDone(rows);
			}

			@Override
			public void handleWarning(SQLWarning notice) {
				logger.debug(notice.getMessage());
			}

		}, 0, 0, AS_ONE_MESSAGE);
	}

	/**
	 * Send statements in one message and ignore how they fare one by one.
	 * @param sql the statements
	 * @throws SQLException what the server refused
	 */
	public void send(String sql) throws SQLException {
		send(sql, (rows) -> {
		});
	}

	/**
	 * Send statements in one message, as one transaction that leaves nothing if it fails.
	 * @param sql the statements, without {@code BEGIN} and {@code COMMIT}
	 * @throws SQLException what the server refused
	 */
	public void sendInTransaction(String sql) throws SQLException {
		try {
			send("BEGIN; " + sql + "; COMMIT");
		}
		catch (SQLException ex) {
			rollbackIfOpen();
			throw ex;
		}
	}

	/**
	 * Run a {@code COPY … FROM STDIN}.
	 * @param sql the statement
	 * @param data the lines of data
	 * @return the number of rows
	 * @throws SQLException what the server refused
	 */
	public long copyIn(String sql, CharSequence data) throws SQLException {
		try (Reader reader = new StringReader(data.toString())) {
			return new CopyManager(this.postgres).copyIn(sql, reader);
		}
		catch (IOException ex) {
			throw new SQLException("The data could not be sent: " + ex.getMessage(), ex);
		}
	}

	/**
	 * End a transaction that a failed message has left open; does nothing if there is
	 * none.
	 * @throws SQLException if the connection is gone
	 */
	public void rollbackIfOpen() throws SQLException {
		if (isTransactionOpen()) {
			send("ROLLBACK");
		}
	}

	/**
	 * Return whether a transaction is open, sound or failed.
	 * @return whether one is open
	 */
	public boolean isTransactionOpen() {
		return this.postgres.getTransactionState() != TransactionState.IDLE;
	}

	/**
	 * Return whether the connection still answers.
	 * @return whether it can be used; costs a round trip
	 */
	public boolean isUsable() {
		try {
			return this.connection.isValid(5);
		}
		catch (SQLException ex) {
			return false;
		}
	}

	/**
	 * Cut the connection, so that the server ends the session and nobody gets it from a
	 * pool.
	 */
	public void abort() {
		this.isCut = true;
		try {
			this.connection.abort(Runnable::run);
		}
		catch (SQLException ex) {
			logger.warn("The connection could not be cut: " + ex.getMessage());
		}
	}

	@Override
	public void close() {
		try (Connection closing = this.connection) {
			if (this.isCut) {
				return;
			}
			this.postgres.setPrepareThreshold(this.prepareThreshold);
			if (!this.autoCommit && !closing.isClosed()) {
				closing.setAutoCommit(false);
			}
		}
		catch (SQLException ex) {
			if (!this.isCut) {
				throw DatabaseUnavailableException.cannotConnect(ex);
			}
			logger.debug("The connection that was cut is gone", ex);
		}
	}

	/**
	 * Told of each statement of a message that is done.
	 */
	@FunctionalInterface
	public interface CommandListener {

		/**
		 * Called when the server has finished a statement.
		 * @param rows number of rows it touched or returned; 0 where it counts none
		 */
		void commandDone(long rows);

	}

}
