package dev.samara.execution;

import java.time.Duration;

import dev.samara.Internal;
import dev.samara.SamaraException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.SessionSettings;
import dev.samara.postgres.SharedSession;

/**
 * Runs code as scripts are run: in one transaction with its record in the journal, tried
 * again as a whole when it does not get its locks, or outside a transaction between two
 * records. After it the session has the settings it had before. Not thread-safe.
 *
 * @since 0.1.0
 */
@Internal
public final class CodeExecutor {

	private final CodeSession session;

	/**
	 * Create an executor.
	 * @param connection the connection, outside a transaction
	 * @param session the settings the session has before and after
	 * @param options how long to wait, and how often to try
	 */
	public CodeExecutor(PostgresConnection connection, SessionSettings session, ExecutionOptions options) {
		this.session = new CodeSession(connection, session, options);
	}

	/**
	 * Run code.
	 * @param code the code
	 * @param companions what runs with it
	 * @param wasInterrupted whether an earlier run may have left part of it
	 * @param journal where to record what is done
	 * @param durability when what is one transaction must be safe from a crash of the
	 * server
	 * @return the result
	 * @throws CodeFailedException if it or a companion fails; the connection is outside a
	 * transaction then, and its settings are restored if it still works
	 */
	public ExecutionResult execute(Code code, Companions companions, boolean wasInterrupted, Journal journal,
			Durability durability) {
		SessionSettings settings = this.session.settings();
		SessionRemains remains = (settings instanceof SharedSession) ? SessionRemains.none(this.session.connection())
				: SessionRemains.beforeCode(this.session.connection());
		ScriptSurroundings surroundings = new ScriptSurroundings(settings, durability, remains, companions);
		try {
			return code.isTransactional() ? inTransaction(code, journal, surroundings)
					: outsideTransaction(code, journal, surroundings);
		}
		catch (CodeFailedException ex) {
			throw wasInterrupted ? ex.inDoubt() : ex;
		}
	}

	private ExecutionResult inTransaction(Code code, Journal journal, ScriptSurroundings surroundings) {
		CodeTransaction.Outcome<Long> outcome = new CodeTransaction(this.session).run(code.path(), code::run,
				(rows) -> journal.completed(), (failure) -> CodeFailedException.of(code, failure), surroundings);
		return new ExecutionResult(1, outcome.result(), outcome.attempts(), outcome.duration());
	}

	private ExecutionResult outsideTransaction(Code code, Journal journal, ScriptSurroundings surroundings) {
		long start = System.nanoTime();
		PostgresConnection connection = this.session.connection();
		ExecutionOptions options = this.session.options();
		CodeCompanions companions = new CodeCompanions(connection, code.path(), options, surroundings);
		// Until it is called nothing of it is done.
		Code begun = new Code(code.path(), true, code.body());
		try {
			connection.send(journal.started(0) + "; SET lock_timeout = 0; SET statement_timeout = "
					+ options.statementTimeout().toMillis());
			int attempts = companions.runBefore();
			begun = code;
			long rows = code.run();
			if (connection.isTransactionOpen()) {
				throw new OpenTransactionException();
			}
			connection.backToAutoCommit();
			attempts += companions.runAfter(surroundings.completed(journal.completed(), false)) - 1;
			surroundings.remains().clear();
			return new ExecutionResult(1, rows, attempts, Duration.ofNanos(System.nanoTime() - start));
		}
		catch (Exception ex) {
			CodeFailedException failure = CodeFailedException.of(begun, ex);
			this.session.tidyUp(failure, surroundings.remains());
			throw failure;
		}
		catch (Error ex) {
			this.session.tidyUp(ex, surroundings.remains());
			throw ex;
		}
	}

	/** Thrown when code outside a transaction has begun one and not ended it. */
	private static final class OpenTransactionException extends SamaraException {

		OpenTransactionException() {
			super("It leaves a transaction open", "Commit what it has begun; Samara has rolled that back.", null);
		}

	}

}
