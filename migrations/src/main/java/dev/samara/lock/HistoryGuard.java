package dev.samara.lock;

import dev.samara.Internal;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.SqlLiteral;
import dev.samara.postgres.TableName;

/**
 * What stands behind a session lock: whoever adds an entry to a history requires that no
 * other run has added one since it read the history. The lock does not hold everywhere: a
 * pooler in transaction mode gives one session of the server to several instances, and a
 * function can release all locks of its session.
 * <p>
 * The entries of concurrent transactions are invisible to each other, so they are
 * serialized by a transaction-level lock of a key of its own. It is a statement before
 * the one that checks, which so sees what the transaction before it has committed.
 *
 * @param history the history table, with a column {@code id} that grows and
 * {@code run_id}
 * @param runId the run that writes
 * @param since the highest id the run has read, 0 if there was none
 * @since 0.1.0
 */
@Internal
public record HistoryGuard(TableName history, String runId, long since) {

	/**
	 * Return the statement that comes before one that adds an entry, in its transaction.
	 * @return a statement with its semicolon
	 */
	public String serialize() {
		return "SELECT pg_catalog.pg_advisory_xact_lock(" + LockKey.of(this.history).value() + ");\n";
	}

	/**
	 * Return the end of a statement {@code INSERT … SELECT values} that divides by zero
	 * if another run has added an entry.
	 * @return {@code FROM} and {@code WHERE}, with a space before them
	 */
	public String condition() {
		return " FROM (SELECT 1 / (CASE WHEN " + isBrokenSql()
				+ " THEN 0 ELSE 1 END) AS held) guard WHERE guard.held = 1";
	}

	/**
	 * Make sure that a failure is not the consequence of another run.
	 * @param connection a connection outside a transaction
	 * @param what what has failed, as in "db/migration/V1__a.sql"
	 * @param whatStays what remains of it, a sentence
	 * @param failure the failure
	 * @throws PoolerException if another run has added an entry
	 */
	public void requireUnbroken(PostgresConnection connection, String what, String whatStays, Throwable failure) {
		if (connection.isUsable()
				&& Boolean.TRUE.equals(connection.jdbc().queryForObject("SELECT " + isBrokenSql(), Boolean.class))) {
			throw PoolerException.lockDidNotHold(what, whatStays, failure);
		}
	}

	private String isBrokenSql() {
		return "EXISTS (SELECT FROM " + this.history.quoted() + " WHERE id > " + this.since + " AND run_id <> "
				+ SqlLiteral.text(this.runId) + "::uuid)";
	}

}
