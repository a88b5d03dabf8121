package dev.samara.execution;

import java.sql.SQLException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.samara.Internal;
import dev.samara.SamaraException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.ServerError;

/**
 * Writes the event of a failure to a history. The text of an error is not limited to the
 * characters that the encoding of the database has.
 *
 * @since 0.1.0
 */
@Internal
public final class FailureRecord {

	private static final Log logger = LogFactory.getLog(FailureRecord.class);

	private FailureRecord() {
	}

	/**
	 * Write an event. If that fails, too, it is logged, and added to the failure.
	 * @param connection the connection
	 * @param what what failed, as in "migration 1 (a)"
	 * @param insert the SQL that adds the event
	 * @param failure the failure
	 */
	public static void write(PostgresConnection connection, String what, String insert, SamaraException failure) {
		try {
			connection.send(connection.storable(insert));
		}
		catch (SQLException ex) {
			ServerError error = ServerError.of(ex);
			logger.warn("The failure of " + what + " is not recorded in the history: " + error);
			failure.addSuppressed(error.toException(ex));
		}
	}

}
