package dev.samara.execution;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.SamaraException;
import dev.samara.activity.Blocker;
import dev.samara.postgres.ServerError;
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

	private final transient @Nullable List<Blocker> blockers;

	private final boolean isInDoubt;

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
		super("%s: %s".formatted(place, error), Remedies.of(error, place), error.toException(cause));
		this.place = place;
		this.statement = statement;
		this.statementCount = script.statementCount();
		this.isAtomic = script.isAtomic();
		this.statementsDone = statementsDone;
		this.error = error;
		this.blockers = List.of();
		this.isInDoubt = false;
	}

	private ScriptFailedException(ScriptFailedException original, String message, String remedy, List<Blocker> blockers,
			boolean isInDoubt) {
		super(message, remedy, original.getCause());
		this.place = original.place;
		this.statement = original.statement;
		this.statementCount = original.statementCount;
		this.isAtomic = original.isAtomic;
		this.statementsDone = original.statementsDone;
		this.error = original.error;
		this.blockers = List.copyOf(blockers);
		this.isInDoubt = isInDoubt;
		setStackTrace(original.getStackTrace());
		for (Throwable suppressed : original.getSuppressed()) {
			addSuppressed(suppressed);
		}
	}

	/**
	 * Add who was in the way.
	 * @param blockers the sessions, the one everything waits for first; may be empty
	 */
	ScriptFailedException blockedBy(List<Blocker> blockers) {
		return blockers.isEmpty() ? this : new ScriptFailedException(this, getMessage() + blockedBy(blockers.get(0)),
				Remedies.ofConflict(blockers, this.place), blockers, this.isInDoubt);
	}

	private static String blockedBy(Blocker root) {
		return ", blocked by " + root.identity();
	}

	/**
	 * Replace what to do by something that fits better.
	 */
	ScriptFailedException withRemedy(String remedy) {
		return new ScriptFailedException(this, String.valueOf(getMessage()), remedy, blockers(), this.isInDoubt);
	}

	/**
	 * Say that what an earlier run was interrupted in was not come to.
	 */
	ScriptFailedException inDoubt() {
		return new ScriptFailedException(this, String.valueOf(getMessage()), String.valueOf(getRemedy()), blockers(),
				true);
	}

	/**
	 * Return whether the statement that an earlier run was interrupted in was not come
	 * to, so that it may be done still, or not.
	 * @return whether the next run has to find out
	 */
	@Internal
	public boolean isInDoubt() {
		return this.isInDoubt;
	}

	/**
	 * Return where and why, for the sentence of whoever knows what the script was for.
	 * @return the place, the statement and what the server said, without a full stop
	 */
	@Internal
	public String description() {
		String number = (this.statement > 0) ? " (statement " + this.statement + " of " + this.statementCount + ")"
				: "";
		return this.place + number + ": " + this.error + blocked();
	}

	/**
	 * Return where and why in few words, for a history: without hint, and without what
	 * other sessions run.
	 * @return the text
	 */
	@Internal
	public String summary() {
		return this.place + ": " + ((this.error != null) ? this.error.message() : "") + blocked();
	}

	private String blocked() {
		return blockers().isEmpty() ? "" : blockedBy(blockers().get(0));
	}

	/**
	 * Return who kept the script from its locks, as far as that was seen.
	 * @return the sessions it waited for last, the one everything waits for first; empty
	 * if it did not fail for want of locks, if nobody could look, and after serialization
	 */
	public List<Blocker> blockers() {
		return (this.blockers != null) ? this.blockers : List.of();
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
		boolean isKnown = this.isAtomic && this.statementsDone == 0 && this.statement > 0;
		if (this.error != null && this.error.isConnectionLost() && !(isKnown && this.error.isSessionEnded())) {
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
	 * Return what stays of the script when nothing more could be recorded of it.
	 * @return a sentence
	 */
	@Internal
	public String whatStaysUnrecorded() {
		return (this.isAtomic && this.statementsDone == 0) ? "Nothing of it was applied by this run."
				: "Of its " + this.statementCount + " statements this run has recorded the first " + this.statementsDone
						+ "; the next run finds out what became of the one after that.";
	}

	/**
	 * Return what the server said.
	 * @return the error, without values of rows; empty only after serialization
	 */
	public Optional<ServerError> getServerError() {
		return Optional.ofNullable(this.error);
	}

}
