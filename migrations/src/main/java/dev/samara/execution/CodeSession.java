package dev.samara.execution;

import java.sql.SQLException;

import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.SessionSettings;

/**
 * What code works in.
 *
 * @param connection the connection, outside a transaction
 * @param settings the settings the session has before and after
 * @param options how long to wait, and how often to try
 */
record CodeSession(PostgresConnection connection, SessionSettings settings, ExecutionOptions options) {

	/**
	 * Roll back what is open, and bring the session back as it was.
	 * @param failure why, to which is added what goes wrong here
	 * @param remains what code may have left that no setting brings back
	 */
	void tidyUp(Throwable failure, SessionRemains remains) {
		try {
			this.connection.backToAutoCommit();
			this.settings.restore(this.connection);
			remains.clear();
		}
		catch (SQLException | RuntimeException ex) {
			failure.addSuppressed((ex instanceof SQLException cause) ? ServerError.of(cause).toException(cause) : ex);
		}
	}

}
