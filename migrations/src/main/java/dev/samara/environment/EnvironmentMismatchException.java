package dev.samara.environment;

import dev.samara.SamaraException;
import dev.samara.postgres.TableName;

/**
 * Thrown when an application of one environment meets a database of another one, before
 * anything is written.
 *
 * @since 0.1.0
 */
public final class EnvironmentMismatchException extends SamaraException {

	EnvironmentMismatchException(Environment application, Environment database, TableName table) {
		super("The application runs in environment \"" + application + "\", but the database belongs to \"" + database
				+ "\". Nothing was written.",
				"Check the profiles and the URL of the data source. If the database really changed its environment, "
						+ "after a restore for example, tell it so: UPDATE " + table.quoted() + " SET environment = '"
						+ application + "';",
				null);
	}

}
