package dev.samara.execution;

import java.sql.SQLException;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.SamaraException;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.SqlStates;
import dev.samara.script.Place;

/**
 * Thrown when the server refuses a statement of a script.
 *
 * @since 0.1.0
 */
public final class ScriptFailedException extends SamaraException {

	private final transient Place place;

	private final int statement;

	private final int statementCount;

	private final int statementsDone;

	private final boolean isAtomic;

	private final transient @Nullable ServerError error;

	/**
	 * Create an exception.
	 * @param place where the script failed
	 * @param statement number of the statement that failed, counted from 1; 0 if the
	 * script failed as a whole, at its commit for example
	 * @param script the script
	 * @param statementsDone number of statements that stay done
	 * @param error what the server said
	 * @param cause what the driver threw
	 */
	@Internal
	public ScriptFailedException(Place place, int statement, ExecutableScript script, int statementsDone,
			ServerError error, SQLException cause) {
		super("%s: %s".formatted(place, error), remedy(error, place), error.toException(cause));
		this.place = place;
		this.statement = statement;
		this.statementCount = script.statementCount();
		this.isAtomic = script.isAtomic();
		this.statementsDone = statementsDone;
		this.error = error;
	}

	private static String remedy(ServerError error, Place place) {
		if (error.isConnectionLost()) {
			return "The connection to the server was lost. Start again when the server answers; what was done is in the "
					+ "history.";
		}
		if (SqlStates.LOCK_NOT_AVAILABLE.equals(error.sqlState())) {
			return "Other sessions hold locks on what the script changes. Start again when they are done, or give it "
					+ "more time with \"-- samara: lock-timeout=…\" at the top of " + place.script() + ".";
		}
		if (SqlStates.ACTIVE_SQL_TRANSACTION.equals(error.sqlState())) {
			return "Put \"-- samara: transaction=none\" at the top of " + place.script() + ".";
		}
		if (SqlStates.OBJECT_IN_USE.equals(error.sqlState())) {
			return "Wait until the other session has finished, and start again.";
		}
		if (error.sqlState() != null && error.sqlState().startsWith("23")) {
			return "Correct the rows that break the constraint, or " + place.script() + ", and start again.";
		}
		if (SqlStates.QUERY_CANCELED.equals(error.sqlState())) {
			return "If it was the statement timeout, give the script more with \"-- samara: statement-timeout=…\" at "
					+ "the top of " + place.script() + "; otherwise somebody has cancelled it: start again.";
		}
		if (SqlStates.INSUFFICIENT_PRIVILEGE.equals(error.sqlState())) {
			return "Grant the role that migrates the missing privilege, or migrate with another role.";
		}
		return "Correct " + place.script() + " and start again.";
	}

	/**
	 * Return where and why, for the sentence of whoever knows what the script was for.
	 * @return the place, the statement and what the server said, without a full stop
	 */
	@Internal
	public String description() {
		String number = (this.statement > 0) ? " (statement " + this.statement + " of " + this.statementCount + ")"
				: "";
		return this.place + number + ": " + this.error;
	}

	/**
	 * Return where the script failed.
	 * @return the place; without line and column if the server did not say which
	 * statement
	 */
	public Place getPlace() {
		return this.place;
	}

	/**
	 * Return the number of the statement that failed.
	 * @return counted from 1; 0 if the script failed as a whole
	 */
	public int getStatement() {
		return this.statement;
	}

	/**
	 * Return the number of statements of the script.
	 * @return the number
	 */
	public int getStatementCount() {
		return this.statementCount;
	}

	/**
	 * Return the number of statements that stay done.
	 * @return 0 for a script that is one transaction
	 */
	public int getStatementsDone() {
		return this.statementsDone;
	}

	/**
	 * Return what stays of the script.
	 * @return a sentence
	 */
	public String whatStays() {
		if (this.error != null && this.error.isConnectionLost()) {
			return "Whether it was applied cannot be known from here; the next run finds out.";
		}
		if (this.isAtomic && this.statementsDone == 0) {
			return "Nothing of it was applied.";
		}
		if (this.statementsDone == 0) {
			return "None of its statements is done; should one that runs outside a transaction have left something "
					+ "behind, such as an invalid index, the next run deals with it.";
		}
		String first = (this.statementsDone == 1) ? "Its first statement of " + this.statementCount + " stays"
				: "Its first " + this.statementsDone + " of " + this.statementCount + " statements stay";
		return first + " applied; the next run goes on after that.";
	}

	/**
	 * Return what the server said.
	 * @return the error, without values of rows; empty only after serialization
	 */
	public Optional<ServerError> getServerError() {
		return Optional.ofNullable(this.error);
	}

}
