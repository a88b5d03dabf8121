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

	private EnvironmentMismatchException(Environment application, Environment database, String source, String remedy) {
		super("The application runs in environment \"" + application + "\", but the database belongs to \"" + database
				+ "\"" + source + ". Nothing was written.", remedy, null);
	}

	static EnvironmentMismatchException marked(Environment application, Environment database, EnvironmentMark mark) {
		return new EnvironmentMismatchException(application, database, "", remedy(application, database, mark));
	}

	/**
	 * Create the exception for a database without a marker that another table shows to
	 * belong to an environment.
	 * @param evidence that table
	 */
	static EnvironmentMismatchException recovered(Environment application, Environment database, TableName evidence,
			EnvironmentMark mark) {
		return new EnvironmentMismatchException(application, database,
				" according to " + evidence + ", as its own marker is missing", remedy(application, database, mark));
	}

	/**
	 * No message contains the command that removes the mark of production, or makes
	 * production of what other seeds have filled.
	 */
	private static String remedy(Environment application, Environment database, EnvironmentMark mark) {
		String check = "Check the profiles and the URL of the data source. ";
		if (database.isProduction()) {
			return check
					+ "If this is a copy of production that was restored elsewhere, its mark has to be changed first; "
					+ "docs/environments.md describes how.";
		}
		if (application.isProduction()) {
			return check + "If the database is to become that of production, make sure that nothing of \"" + database
					+ "\" is in it, and change its mark; docs/environments.md describes how.";
		}
		return check + "If the database really changed its environment, after a restore for example, mark it: "
				+ mark.markSql(application);
	}

}
