package dev.samara.postgres;

import java.util.List;

import dev.samara.Internal;

/**
 * What a session has set when a script begins, and the SQL that brings it back after the
 * script: of a session that is ours for the whole run, or of one that a pooler lends for
 * a single transaction.
 *
 * @since 0.1.0
 */
@Internal
public sealed interface SessionSettings permits OwnSession, SharedSession {

	/**
	 * Return the SQL that a transaction begins with, before the script sets anything.
	 * @return single statements without semicolons, possibly none
	 */
	List<String> beginStatements();

	/**
	 * Return the SQL that sets a session to just these settings.
	 * @return single statements without semicolons, to be run in order
	 */
	List<String> restoreStatements();

	/**
	 * Return the SQL that gives a transaction the role the session has by itself,
	 * whatever a script has set.
	 * @return single statements without semicolons, to be run in a transaction
	 */
	List<String> ownRoleStatements();

	/**
	 * Set a session to just these settings after a script has failed.
	 * @param connection the session, outside a transaction
	 */
	void restore(PostgresConnection connection);

}
