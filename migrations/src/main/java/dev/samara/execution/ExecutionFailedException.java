package dev.samara.execution;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.SamaraException;
import dev.samara.activity.Blocker;
import dev.samara.postgres.ServerError;

/**
 * Thrown when a script or code that works on the database fails.
 *
 * @since 0.1.0
 */
public abstract sealed class ExecutionFailedException extends SamaraException
		permits ScriptFailedException, CodeFailedException {

	private final transient @Nullable ServerError error;

	private final transient @Nullable List<Blocker> blockers;

	ExecutionFailedException(String message, String remedy, @Nullable Throwable cause, @Nullable ServerError error,
			List<Blocker> blockers) {
		super(message, remedy, cause);
		this.error = error;
		this.blockers = List.copyOf(blockers);
	}

	/**
	 * Add who was in the way.
	 * @param blockers the sessions, the one everything waits for first; may be empty
	 */
	abstract ExecutionFailedException blockedBy(List<Blocker> blockers);

	/**
	 * Return what failed.
	 * @return the path of the script, or the name of the class
	 */
	@Internal
	public abstract String path();

	/**
	 * Return where and why, for the sentence of whoever knows what it was for.
	 * @return the place and what the server said, without a full stop
	 */
	@Internal
	public abstract String description();

	/**
	 * Return where and why in few words, for a history: without hint, and without what
	 * other sessions run.
	 * @return the text
	 */
	@Internal
	public abstract String summary();

	/**
	 * Return the number of statements.
	 * @return the number; 1 for code
	 */
	public abstract int getStatementCount();

	/**
	 * Return the number of statements that stay done.
	 * @return 0 for what is one transaction, and for code
	 */
	public abstract int getStatementsDone();

	/**
	 * Return what stays of it.
	 * @return a sentence
	 */
	public abstract String whatStays();

	/**
	 * Return what stays of it when nothing more could be recorded.
	 * @return a sentence
	 */
	@Internal
	public abstract String whatStaysUnrecorded();

	/**
	 * Return whether more may be done than is counted: because the statement that an
	 * earlier run was interrupted in was not come to, or because code has failed that was
	 * no transaction.
	 * @return whether it stays begun, and the next run has to find out
	 */
	@Internal
	public boolean isInDoubt() {
		return false;
	}

	/**
	 * Return who kept it from its locks, as far as that was seen.
	 * @return the sessions it waited for last, the one everything waits for first; empty
	 * if it did not fail for want of locks, if nobody could look, and after serialization
	 */
	public List<Blocker> blockers() {
		return (this.blockers != null) ? this.blockers : List.of();
	}

	/**
	 * Return what the server said.
	 * @return the error, without values of rows; empty if the server has said nothing,
	 * and after serialization
	 */
	public Optional<ServerError> getServerError() {
		return Optional.ofNullable(this.error);
	}

	static String blockedBy(Blocker root) {
		return ", blocked by " + root.identity();
	}

}
