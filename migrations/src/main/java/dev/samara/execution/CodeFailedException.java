package dev.samara.execution;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.SamaraException;
import dev.samara.activity.Blocker;
import dev.samara.execution.CodeTransaction.EndedTransactionException;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.ServerState;
import dev.samara.postgres.SqlStates;

/**
 * Thrown when code of an application fails that works on the database, or a script that
 * runs with it. Of what the server has said it tells all but values; the message of an
 * exception of the application's own, which may quote a value as that of
 * {@link NumberFormatException} does, is in its cause only.
 *
 * @since 0.1.0
 */
public final class CodeFailedException extends ExecutionFailedException {

	/** The state of a transaction in which a statement has failed. */
	private static final String IN_FAILED_TRANSACTION = "25P02";

	private final String path;

	private final String place;

	private final String problem;

	private final boolean isTransactional;

	private final boolean isInDoubt;

	private CodeFailedException(Code code, String place, String problem, String remedy, Throwable cause,
			@Nullable ServerError error) {
		super(place + ": " + problem, remedy, cause, error, List.of());
		this.path = code.path();
		this.place = place;
		this.problem = problem;
		this.isTransactional = code.isTransactional();
		this.isInDoubt = !this.isTransactional || cause instanceof EndedTransactionException;
	}

	private CodeFailedException(CodeFailedException original, String message, String remedy, List<Blocker> blockers,
			boolean isInDoubt) {
		super(message, remedy, original.getCause(), original.getServerError().orElse(null), blockers);
		this.path = original.path;
		this.place = original.place;
		this.problem = original.problem;
		this.isTransactional = original.isTransactional;
		this.isInDoubt = isInDoubt;
		setStackTrace(original.getStackTrace());
		for (Throwable suppressed : original.getSuppressed()) {
			addSuppressed(suppressed);
		}
	}

	/**
	 * Tell what code has thrown.
	 * @param code the code
	 * @param failure what it has thrown
	 * @return the exception
	 */
	@Internal
	public static CodeFailedException of(Code code, Exception failure) {
		if (failure instanceof ScriptFailedException companion) {
			ServerError error = companion.getServerError().orElseThrow();
			return new CodeFailedException(code, companion.getPlace().toString(), error.toString(),
					String.valueOf(companion.getRemedy()), companion, error)
				.blockedBy(companion.blockers());
		}
		if (failure instanceof SamaraException known && !(failure instanceof CodeErrorException)) {
			return new CodeFailedException(code, code.path(), String.valueOf(known.getMessage()), known.getRemedy(),
					known, null);
		}
		Throwable thrown = CodeErrorException.thrown(failure);
		String place = place(code.path(), thrown);
		SQLException cause = CodeTransaction.sqlException(thrown);
		if (cause == null) {
			// The name of a class or method that is missing is no value.
			String missing = (thrown instanceof LinkageError && thrown.getMessage() != null
					&& !(thrown instanceof ExceptionInInitializerError)) ? ": " + thrown.getMessage() : "";
			return new CodeFailedException(code, place, thrown.getClass().getName() + missing,
					"Correct it and start again. What else it says may hold values, and is left to the cause of this "
							+ "exception: a Spring Boot application that is started with --debug shows it.",
					thrown, null);
		}
		ServerError error = ServerError.of(cause);
		SQLException clean = error.toException(cause);
		clean.setStackTrace(thrown.getStackTrace());
		return new CodeFailedException(code, place, error.toString(), remedy(error), clean, error);
	}

	private static String place(String path, Throwable failure) {
		String type = path.replaceFirst("#.*", "");
		return Arrays.stream(failure.getStackTrace())
			.filter((frame) -> frame.getClassName().equals(type) || frame.getClassName().startsWith(type + "$"))
			.findFirst()
			.map((frame) -> path + " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")")
			.orElse(path);
	}

	private static String remedy(ServerError error) {
		if (error.isLockConflict()) {
			return Remedies.ofConflict(List.of());
		}
		if (ClientEncoding.hasClosedConnection(error)) {
			return ClientEncoding.actionAfterClose("it");
		}
		if (error.isConnectionLost()) {
			return "The connection to the server was lost. Start again when the server answers.";
		}
		String sqlState = String.valueOf(error.sqlState());
		return switch (sqlState) {
			case IN_FAILED_TRANSACTION ->
				"It has caught the exception of a statement that failed, after which the server takes no other in the "
						+ "same transaction. Let the exception through, or put a savepoint before the statement.";
			case SqlStates.ACTIVE_SQL_TRANSACTION ->
				"This cannot be done in a transaction. A Java migration runs without one if its isTransactional() returns "
						+ "false.";
			case SqlStates.NO_ACTIVE_SQL_TRANSACTION ->
				"Leave commit() and rollback() alone: Samara begins the transaction and ends it. A Java migration runs "
						+ "without one if its isTransactional() returns false.";
			default -> ServerState.remedy(sqlState).orElse("Correct it and start again.");
		};
	}

	@Override
	CodeFailedException blockedBy(List<Blocker> blockers) {
		return blockers.isEmpty() ? this : new CodeFailedException(this, getMessage() + blockedBy(blockers.get(0)),
				Remedies.ofConflict(blockers), blockers, this.isInDoubt);
	}

	/**
	 * Say that what an earlier run has left is as it was.
	 */
	CodeFailedException inDoubt() {
		return new CodeFailedException(this, String.valueOf(getMessage()), String.valueOf(getRemedy()), blockers(),
				true);
	}

	/**
	 * Return whether it may have left something, by this run or by an earlier one: what
	 * code outside a transaction has done nobody can count.
	 */
	@Override
	@Internal
	public boolean isInDoubt() {
		return this.isInDoubt;
	}

	@Override
	@Internal
	public String path() {
		return this.path;
	}

	@Override
	@Internal
	public String description() {
		return this.place + ": " + this.problem + blocked();
	}

	@Override
	@Internal
	public String summary() {
		return this.place + ": " + getServerError().map(ServerError::message).orElse(this.problem) + blocked();
	}

	private String blocked() {
		return blockers().isEmpty() ? "" : blockedBy(blockers().get(0));
	}

	@Override
	public int getStatementCount() {
		return 1;
	}

	@Override
	public int getStatementsDone() {
		return 0;
	}

	@Override
	public String whatStays() {
		if (!this.isTransactional) {
			return "What it has done stays, as it runs outside a transaction; the next run calls it again.";
		}
		if (getServerError().filter(ServerError::isConnectionLost).isPresent()) {
			return "Whether it was applied cannot be known from here; the next run finds out.";
		}
		if (getCause() instanceof EndedTransactionException) {
			return "What it did before that may be committed; it is not recorded as applied.";
		}
		return this.isInDoubt ? "Nothing of it was applied by this run; what an earlier one has left is as it was."
				: "Nothing of it was applied.";
	}

	@Override
	@Internal
	public String whatStaysUnrecorded() {
		return this.isTransactional ? "Nothing of it was applied by this run."
				: "What it has done stays, as it runs outside a transaction.";
	}

}
