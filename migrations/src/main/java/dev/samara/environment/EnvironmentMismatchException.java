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
				+ "\". Nothing was written.", remedy(application, database, table), null);
	}

	/**
	 * Nobody is handed the command that takes the mark off production, or makes
	 * production of what other seeds have filled.
	 */
	private static String remedy(Environment application, Environment database, TableName table) {
		String check = "Check the profiles and the URL of the data source. ";
		if (database.isProduction()) {
			return check
					+ "If this is a copy of production that was restored elsewhere, its mark has to be changed first; "
					+ "docs/environments.md says how.";
		}
		if (application.isProduction()) {
			return check + "If the database is to become that of production, make sure that nothing of \"" + database
					+ "\" is in it, and change its mark; docs/environments.md says how.";
		}
		return check
				+ "If the database really changed its environment, after a restore for example, tell it so: UPDATE "
				+ table.quoted() + " SET environment = '" + application + "';";
	}

}
