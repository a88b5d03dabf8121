package dev.samara.execution;

import java.sql.SQLException;
import java.util.List;

import dev.samara.Internal;
import dev.samara.activity.Blocker;
import dev.samara.postgres.ServerError;
import dev.samara.script.Place;

/**
 * Thrown when the server refuses a statement of a script.
 *
 * @since 0.1.0
 */
public final class ScriptFailedException extends ExecutionFailedException {

	private final transient Place place;

	private final int statement;

	private final int statementCount;

	private final int statementsDone;

	private final boolean isAtomic;

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
		super("%s: %s".formatted(place, error), Remedies.of(error, place), error.toException(cause), error, List.of());
		this.place = place;
		this.statement = statement;
		this.statementCount = script.statementCount();
		this.isAtomic = script.isAtomic();
		this.statementsDone = statementsDone;
		this.isInDoubt = false;
	}

	private ScriptFailedException(ScriptFailedException original, String message, String remedy, List<Blocker> blockers,
			boolean isInDoubt) {
		super(message, remedy, original.getCause(), original.getServerError().orElse(null), blockers);
		this.place = original.place;
		this.statement = original.statement;
		this.statementCount = original.statementCount;
		this.isAtomic = original.isAtomic;
		this.statementsDone = original.statementsDone;
		this.isInDoubt = isInDoubt;
		setStackTrace(original.getStackTrace());
		for (Throwable suppressed : original.getSuppressed()) {
			addSuppressed(suppressed);
		}
	}

	@Override
	ScriptFailedException blockedBy(List<Blocker> blockers) {
		return blockers.isEmpty() ? this : new ScriptFailedException(this, getMessage() + blockedBy(blockers.get(0)),
				Remedies.ofConflict(blockers, this.place), blockers, this.isInDoubt);
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

	@Override
	@Internal
	public boolean isInDoubt() {
		return this.isInDoubt;
	}

	@Override
	@Internal
	public String description() {
		String number = (this.statement > 0) ? " (statement " + this.statement + " of " + this.statementCount + ")"
				: "";
		return this.place + number + ": " + error() + blocked();
	}

	@Override
	@Internal
	public String summary() {
		return this.place + ": " + getServerError().map(ServerError::message).orElse("") + blocked();
	}

	private String error() {
		return getServerError().map(ServerError::toString).orElse("");
	}

	private String blocked() {
		return blockers().isEmpty() ? "" : blockedBy(blockers().get(0));
	}

	@Override
	@Internal
	public String path() {
		return this.place.script();
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

	@Override
	public int getStatementCount() {
		return this.statementCount;
	}

	@Override
	public int getStatementsDone() {
		return this.statementsDone;
	}

	@Override
	public String whatStays() {
		boolean isKnown = this.isAtomic && this.statementsDone == 0 && this.statement > 0;
		if (getServerError().filter((error) -> error.isConnectionLost() && !(isKnown && error.isSessionEnded()))
			.isPresent()) {
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

	@Override
	@Internal
	public String whatStaysUnrecorded() {
		return (this.isAtomic && this.statementsDone == 0) ? "Nothing of it was applied by this run."
				: "Of its " + this.statementCount + " statements this run has recorded the first " + this.statementsDone
						+ "; the next run finds out what became of the one after that.";
	}

}
