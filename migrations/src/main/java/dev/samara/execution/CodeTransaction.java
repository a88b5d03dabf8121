package dev.samara.execution;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.SamaraException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.SessionSettings;

/**
 * Does something by code in one transaction with its record, and tries again as a whole
 * when it does not get its locks. After it the session has the settings it had before.
 * Not thread-safe.
 *
 * @since 0.1.0
 */
@Internal
public final class CodeTransaction {

	/**
	 * A savepoint by which the transaction is known again, sound or failed, whatever is
	 * set or reset in it.
	 */
	private static final String MARK = "SAVEPOINT samara_code";

	/** No such savepoint, or no transaction that could have one. */
	private static final Set<String> OTHER_TRANSACTION = Set.of("3B001", "25P01");

	private final CodeSession session;

	/**
	 * Create a transaction, to be used any number of times.
	 * @param connection the connection, outside a transaction
	 * @param session the settings the session has before and after
	 * @param options how long to wait, and how often to try
	 */
	public CodeTransaction(PostgresConnection connection, SessionSettings session, ExecutionOptions options) {
		this(new CodeSession(connection, session, options));
	}

	CodeTransaction(CodeSession session) {
		this.session = session;
	}

	/**
	 * Do it.
	 * @param <T> what it comes to
	 * @param name what is done, for the log
	 * @param work what is done, possibly several times; known to leave nothing in the
	 * session beyond settings
	 * @param completed writes the statement that records it
	 * @param translate makes the exception of what went wrong
	 * @return what it has come to
	 */
	public <T> Outcome<T> run(String name, Work<T> work, Function<T, String> completed,
			Function<Exception, ? extends SamaraException> translate) {
		return run(name, work, completed, translate, new ScriptSurroundings(this.session.settings(), Durability.AT_ONCE,
				SessionRemains.none(this.session.connection()), Companions.NONE));
	}

	<T> Outcome<T> run(String name, Work<T> work, Function<T, String> completed,
			Function<Exception, ? extends SamaraException> translate, ScriptSurroundings surroundings) {
		long start = System.nanoTime();
		PostgresConnection connection = this.session.connection();
		ExecutionOptions options = this.session.options();
		CodeCompanions companions = new CodeCompanions(connection, name, options, surroundings);
		LockSchedule schedule = new LockSchedule(options.lockTimeout(), options.retries());
		try (LockContention contention = new LockContention(connection, schedule)) {
			for (int attempt = 1;; attempt++) {
				Duration lockTimeout = contention.beginAttempt();
				try {
					T result = attempt(work, completed, lockTimeout, surroundings, companions);
					surroundings.remains().clear();
					return new Outcome<>(result, attempt, Duration.ofNanos(System.nanoTime() - start));
				}
				catch (Exception ex) {
					SamaraException failure = translate.apply(ex);
					this.session.tidyUp(failure, surroundings.remains());
					ServerError error = serverError(ex);
					if (error == null || !error.isLockConflict()) {
						throw failure;
					}
					contention.standBack(name, failure);
				}
				catch (Error ex) {
					// Whatever is sent after it must not commit what is open.
					this.session.tidyUp(ex, surroundings.remains());
					throw ex;
				}
			}
		}
	}

	private <T> T attempt(Work<T> work, Function<T, String> completed, Duration lockTimeout,
			ScriptSurroundings surroundings, CodeCompanions companions) throws Exception {
		List<String> beginning = new ArrayList<>(List.of("BEGIN"));
		beginning.addAll(surroundings.beginning());
		beginning.add("SET LOCAL lock_timeout = " + lockTimeout.toMillis());
		beginning.add("SET LOCAL statement_timeout = " + this.session.options().statementTimeout().toMillis());
		PostgresConnection connection = this.session.connection();
		connection.send(String.join("; ", beginning));
		companions.runBefore(lockTimeout);
		connection.send(MARK);
		T result = unlessEnded(() -> {
			T done = work.run();
			if (!connection.isAutoCommit()) {
				throw new EndedTransactionException();
			}
			connection.send("RELEASE " + MARK);
			return done;
		});
		companions.runAfter(lockTimeout);
		List<String> end = new ArrayList<>(List.of("SET CONSTRAINTS ALL IMMEDIATE"));
		end.addAll(surroundings.completed(completed.apply(result), true));
		end.add("COMMIT");
		connection.send(String.join("; ", end));
		return result;
	}

	/**
	 * What has ended the transaction may have left something, even if it fails, and if it
	 * has begun another one, as JDBC does.
	 */
	private <T> T unlessEnded(Work<T> work) throws Exception {
		try {
			return work.run();
		}
		catch (Exception ex) {
			if (ex instanceof EndedTransactionException || !isEnded()) {
				throw ex;
			}
			EndedTransactionException ended = new EndedTransactionException();
			// Not its cause: a lock that was not got is no reason to do it again.
			SQLException cause = sqlException(ex);
			ended.addSuppressed(
					(cause != null) ? ServerError.of(cause).toException(cause) : CodeErrorException.thrown(ex));
			throw ended;
		}
	}

	private boolean isEnded() {
		PostgresConnection connection = this.session.connection();
		if (!connection.isTransactionOpen()) {
			return true;
		}
		try {
			connection.send("ROLLBACK TO " + MARK);
			return false;
		}
		catch (SQLException ex) {
			return OTHER_TRANSACTION.contains(String.valueOf(ex.getSQLState()));
		}
	}

	/**
	 * Return what the server said.
	 * @param failure what was thrown
	 * @return the error, or {@code null} if the server is not the cause
	 */
	public static @Nullable ServerError serverError(Throwable failure) {
		SQLException cause = sqlException(failure);
		return (cause != null) ? ServerError.of(cause) : null;
	}

	/**
	 * Return what the driver has thrown.
	 * @param failure what was thrown
	 * @return the cause, or {@code null} if there is none of the driver
	 */
	public static @Nullable SQLException sqlException(Throwable failure) {
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < 50; depth++) {
			if (cause instanceof SQLException found) {
				return found;
			}
			cause = cause.getCause();
		}
		return null;
	}

	/**
	 * What is done.
	 *
	 * @param <T> what it comes to
	 */
	@FunctionalInterface
	public interface Work<T> {

		/**
		 * Do it.
		 * @return what it has come to
		 * @throws Exception if it fails
		 */
		T run() throws Exception;

	}

	/**
	 * What it has come to.
	 *
	 * @param <T> the type of the result
	 * @param result the result
	 * @param attempts number of attempts it took to get the locks
	 * @param duration time it took
	 */
	public record Outcome<T>(T result, int attempts, Duration duration) {

	}

	/** Thrown when the work has ended the transaction it was to stay in. */
	public static final class EndedTransactionException extends SamaraException {

		EndedTransactionException() {
			super("It has ended the transaction, so that it is not known what of it stays",
					"Take COMMIT and ROLLBACK out, and leave autocommit alone: Samara begins the transaction and ends it.",
					null);
		}

	}

}
