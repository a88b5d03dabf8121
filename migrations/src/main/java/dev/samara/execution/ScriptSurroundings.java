package dev.samara.execution;

import java.util.ArrayList;
import java.util.List;

import dev.samara.postgres.SessionSettings;

/**
 * What stands around the statements of a script.
 *
 * @param session the settings the session has before and after the script
 * @param durability when a script that is one transaction must be safe
 * @param remains what the script may leave that no setting brings back
 * @param companions what runs with it
 */
record ScriptSurroundings(SessionSettings session, Durability durability, SessionRemains remains,
		Companions companions) {

	/**
	 * Return the SQL that a transaction begins with.
	 */
	List<String> beginning() {
		return this.session.beginStatements();
	}

	/**
	 * Return the SQL that records a part of the script. The script may have taken a role
	 * that must not write to the history.
	 */
	List<String> recorded(String record) {
		List<String> statements = new ArrayList<>(this.session.ownRoleStatements());
		statements.add(record);
		return statements;
	}

	/**
	 * Return the SQL that ends the script and records it. How the commit waits is said
	 * last, as the settings that are brought back before would take it back.
	 * @param isWholeScript whether the transaction is all of the script
	 */
	List<String> completed(String record, boolean isWholeScript) {
		List<String> statements = new ArrayList<>(this.session.restoreStatements());
		statements.addAll((isWholeScript ? this.durability : Durability.AT_ONCE).statements());
		statements.add(record);
		return statements;
	}

}
