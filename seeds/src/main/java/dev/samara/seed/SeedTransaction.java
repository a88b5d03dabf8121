package dev.samara.seed;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.samara.SamaraException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.SessionSettings;

/**
 * Does something in one transaction with its entry in the history, and tries again as a
 * whole when it does not get its locks. After it the session has the settings it had
 * before.
 */
final class SeedTransaction {

	private static final Log logger = LogFactory.getLog(SeedTransaction.class);

	private static final Duration FIRST_WAIT = Duration.ofMillis(100);

	/** A setting that ends with the transaction, by which its end is noticed. */
	private static final String MARK = "samara.seed_transaction";

	private final PostgresConnection connection;

	private final SessionSettings session;

	private final SeedSettings settings;

	SeedTransaction(PostgresConnection connection, SessionSettings session, SeedSettings settings) {
		this.connection = connection;
		this.session = session;
		this.settings = settings;
	}

	/**
	 * Do it.
	 * @param work what is done, possibly several times
	 * @param completed writes the statement that records it
	 * @param translate makes the exception of what went wrong
	 */
	<T> Outcome<T> run(Work<T> work, Function<T, String> completed,
			Function<Exception, ? extends SamaraException> translate) {
		long start = System.nanoTime();
		for (int attempt = 1;; attempt++) {
			Duration lockTimeout = lockTimeout(attempt);
			try {
				T result = attempt(work, completed, lockTimeout);
				return new Outcome<>(result, attempt, Duration.ofNanos(System.nanoTime() - start));
			}
			catch (Exception ex) {
				SamaraException failure = translate.apply(ex);
				tidyUp(failure);
				ServerError error = serverError(ex);
				if (error == null || !error.isLockConflict() || attempt > this.settings.retries()) {
					throw failure;
				}
				standBack(failure, lockTimeout);
			}
		}
	}

	private <T> T attempt(Work<T> work, Function<T, String> completed, Duration lockTimeout) throws Exception {
		String id = UUID.randomUUID().toString();
		List<String> beginning = new ArrayList<>(List.of("BEGIN"));
		beginning.addAll(this.session.beginStatements());
		beginning.add("SET LOCAL lock_timeout = " + lockTimeout.toMillis());
		beginning.add("SET LOCAL statement_timeout = " + this.settings.statementTimeout().toMillis());
		beginning.add("SET LOCAL " + MARK + " = '" + id + "'");
		this.connection.send(String.join("; ", beginning));
		T result = unlessEnded(work);
		String mark = this.connection.jdbc()
			.queryForObject("SELECT pg_catalog.current_setting(?, true)", String.class, MARK);
		if (!id.equals(mark)) {
			throw new EndedTransactionException();
		}
		this.connection.send("SET CONSTRAINTS ALL IMMEDIATE; " + completed.apply(result) + "; COMMIT");
		this.session.restore(this.connection);
		return result;
	}

	/** What fails after it has ended the transaction may have left something, too. */
	private <T> T unlessEnded(Work<T> work) throws Exception {
		try {
			return work.run();
		}
		catch (Exception ex) {
			if (this.connection.isTransactionOpen()) {
				throw ex;
			}
			EndedTransactionException ended = new EndedTransactionException();
			// Not its cause: a lock that was not got is no reason to do it again.
			ended.addSuppressed(ex);
			throw ended;
		}
	}

	private Duration lockTimeout(int attempt) {
		Duration longest = this.settings.lockTimeout();
		if (longest.isZero() || attempt > this.settings.retries()) {
			return longest;
		}
		Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempt - 1, 20));
		return (wait.compareTo(longest) < 0) ? wait : longest;
	}

	private void tidyUp(SamaraException failure) {
		try {
			this.connection.rollbackIfOpen();
			this.session.restore(this.connection);
		}
		catch (SQLException | RuntimeException ex) {
			failure.addSuppressed((ex instanceof SQLException cause) ? ServerError.of(cause).toException(cause) : ex);
		}
	}

	private static void standBack(SamaraException failure, Duration lockTimeout) {
		long pause = (long) (lockTimeout.toMillis() * 5 * (0.5 + ThreadLocalRandom.current().nextDouble()));
		logger.info(failure.getMessage() + "; nothing of it stays, next attempt in " + pause + " ms");
		try {
			Thread.sleep(pause);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failure;
		}
	}

	/**
	 * Return what the server said, if it is the cause.
	 */
	static @Nullable ServerError serverError(Throwable failure) {
		SQLException cause = sqlException(failure);
		return (cause != null) ? ServerError.of(cause) : null;
	}

	static @Nullable SQLException sqlException(Throwable failure) {
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
	interface Work<T> {

		T run() throws Exception;

	}

	/**
	 * What it has come to.
	 *
	 * @param result the result
	 * @param attempts number of attempts it took to get the locks
	 * @param duration time it took
	 */
	record Outcome<T>(T result, int attempts, Duration duration) {

	}

	/** Thrown when the work has ended the transaction it was to stay in. */
	static final class EndedTransactionException extends SamaraException {

		EndedTransactionException() {
			super("It has ended the transaction, so that it is not known what of it stays",
					"Take COMMIT and ROLLBACK out: Samara begins the transaction and ends it.", null);
		}

	}

}
