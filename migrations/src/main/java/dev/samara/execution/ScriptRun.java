package dev.samara.execution;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import dev.samara.execution.Message.Failure;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.SessionSettings;
import dev.samara.script.Place;
import dev.samara.sql.ConcurrentIndex;
import dev.samara.sql.SqlStatement;
import dev.samara.sql.SqlTokens;
import dev.samara.sql.TransactionUse;

/**
 * One run of one script, from its first segment that is not done to its record in the
 * journal.
 */
final class ScriptRun {

	private static final Log logger = LogFactory.getLog(ScriptRun.class);

	/** So much text is sent at once; the protocol's own limit is 1 GiB. */
	private static final int LONGEST_MESSAGE = 1 << 20;

	private final PostgresConnection connection;

	private final ExecutableScript script;

	private final Journal journal;

	private final SessionSettings session;

	private final ExecutionOptions options;

	private int done;

	private int attempts = 1;

	private long rows;

	ScriptRun(PostgresConnection connection, ExecutableScript script, Journal journal, SessionSettings session,
			ExecutionOptions options) {
		this.connection = connection;
		this.script = script;
		this.journal = journal;
		this.session = session;
		this.options = options;
	}

	ExecutionResult execute(Resumption resumption) {
		long start = System.nanoTime();
		this.done = resumption.statementsDone();
		if (this.script.isAtomic() && this.done == 0) {
			runTransaction(this.script.segments().get(0), completion());
		}
		else {
			runSegments(resumption);
		}
		return new ExecutionResult(this.script.statementCount() - resumption.statementsDone(), this.rows, this.attempts,
				Duration.ofNanos(System.nanoTime() - start));
	}

	/**
	 * Statements that run alone wait for locks as long as it takes: a timeout in the
	 * middle of {@code CREATE INDEX CONCURRENTLY} would leave an invalid index behind.
	 */
	private void runSegments(Resumption resumption) {
		int alreadyDone = resumption.statementsDone();
		run(new Message().add(this.journal.started(alreadyDone)).add(timeouts("SET ", lockTimeout(Duration.ZERO))));
		int end = 0;
		for (Segment segment : this.script.segments()) {
			int start = end;
			end += segment.statements().size();
			if (end <= alreadyDone) {
				segment.statements().stream().filter(ScriptRun::isSetting).forEach(this::repeat);
			}
			else if (start < alreadyDone) {
				runSegment(segment.after(alreadyDone - start), resumption.isInterrupted(), end);
			}
			else {
				runSegment(segment, resumption.isInterrupted() && start == alreadyDone, end);
			}
		}
		if (this.connection.isTransactionOpen()) {
			throw failed(Failure.OF_SCRIPT, new SQLException("The script leaves a transaction open", "25000"));
		}
		run(new Message().add("BEGIN").add(completion()).add("COMMIT"));
	}

	/**
	 * What an earlier run has set in its session, the rest of the script counts on;
	 * pg_dump sets by {@code SELECT set_config(…)}.
	 */
	private static boolean isSetting(SqlStatement statement) {
		SqlTokens tokens = statement.tokens();
		return tokens.isWord(0, "RESET")
				|| (tokens.isWord(0, "SELECT") && tokens.all().stream().anyMatch((token) -> token.isWord("set_config")))
				|| (tokens.isWord(0, "SET") && !tokens.isWord(1, "LOCAL") && !tokens.isWord(1, "TRANSACTION")
						&& !tokens.isWord(1, "CONSTRAINTS"));
	}

	private void repeat(SqlStatement setting) {
		run(new Message().add(setting));
	}

	private void runSegment(Segment segment, boolean wasInterrupted, int end) {
		if (segment.isTransaction()) {
			runTransaction(segment, recorded(this.journal.progressed(end)));
		}
		else {
			SqlStatement statement = segment.statements().get(0);
			List<String> record = recorded(this.journal.progressed(end));
			boolean isInOwnTransaction = this.connection.isTransactionOpen();
			if (statement.transactionUse() == TransactionUse.ALLOWED && !isInOwnTransaction) {
				runWithRecord(statement, record);
			}
			else if (statement.transactionUse() == TransactionUse.COMMITS && isInOwnTransaction && canWrite()) {
				// What the script's own transaction has done is recorded within it.
				run(new Message().add("SET CONSTRAINTS ALL IMMEDIATE").add(record).add(statement));
			}
			else {
				runAlone(statement, wasInterrupted);
				if (this.connection.isTransactionOpen()) {
					// The script's own transaction: what it has done counts when it
					// commits.
					return;
				}
				run(new Message().add("BEGIN").add(recorded(this.journal.progressed(end))).add("COMMIT"));
			}
		}
		this.done = end;
	}

	/** In one transaction, so that it cannot be done and not be recorded. */
	private void runWithRecord(SqlStatement statement, List<String> record) {
		if (statement.copyData() != null) {
			run(new Message().add("BEGIN"));
			copy(statement, statement.copyData());
			run(new Message().add(record).add("COMMIT"));
		}
		else {
			// One message is one transaction here.
			run(new Message().add(statement).add(record));
		}
	}

	private boolean canWrite() {
		return "off".equals(this.connection.jdbc().queryForObject("SHOW transaction_read_only", String.class));
	}

	/** The script may have taken a role that must not write to the history. */
	private List<String> recorded(String record) {
		List<String> statements = new ArrayList<>(this.session.ownRoleStatements());
		statements.add(record);
		return statements;
	}

	private List<String> completion() {
		List<String> statements = new ArrayList<>(this.session.restoreStatements());
		statements.add(this.journal.completed());
		return statements;
	}

	private void runTransaction(Segment segment, List<String> record) {
		LockRetry retry = new LockRetry(lockTimeout(this.options.lockTimeout()), this.options.retries());
		for (int attempt = 1;; attempt++) {
			long rowsBefore = this.rows;
			try {
				attemptTransaction(segment, record, retry.lockTimeout(attempt));
				return;
			}
			catch (ScriptFailedException ex) {
				boolean isConflict = ex.getServerError().filter(ServerError::isLockConflict).isPresent();
				if (!isConflict || !retry.hasAnother(attempt)) {
					throw ex;
				}
				this.rows = rowsBefore;
				this.attempts++;
				standBack(ex, attempt, retry);
			}
		}
	}

	private void attemptTransaction(Segment segment, List<String> record, Duration lockTimeout) {
		Message message = new Message().add((segment.begin() != null) ? Message.withoutEnd(segment.begin()) : "BEGIN")
			.add(timeouts("SET LOCAL ", lockTimeout));
		for (SqlStatement statement : segment.statements()) {
			if (statement.copyData() != null) {
				run(message);
				copy(statement, statement.copyData());
				message = new Message();
				continue;
			}
			message.add(statement);
			// The server reads a message as a whole before it runs any of it, so what
			// changes how text is read must be in an earlier one.
			if (statement.changesLexing() || message.length() > LONGEST_MESSAGE) {
				run(message);
				message = new Message();
			}
		}
		// Deferred constraints are checked with the settings of the script.
		run(message.add("SET CONSTRAINTS ALL IMMEDIATE").add(record).add("COMMIT"));
	}

	private void runAlone(SqlStatement statement, boolean wasInterrupted) {
		ConcurrentIndex index = ConcurrentIndex.of(statement).orElse(null);
		if (statement.copyData() != null) {
			copy(statement, statement.copyData());
		}
		else if (index == null || !isBuiltAlready(statement, index, wasInterrupted)) {
			run(new Message().add(statement));
		}
	}

	private boolean isBuiltAlready(SqlStatement statement, ConcurrentIndex index, boolean wasInterrupted) {
		try {
			return LeftoverIndex.clear(this.connection, index, wasInterrupted);
		}
		catch (SQLException ex) {
			throw failed(new Failure(statement, statement.offset()), ex);
		}
	}

	private void run(Message message) {
		if (message.isEmpty()) {
			return;
		}
		int[] finished = { 0 };
		try {
			this.connection.send(message.sql(), (count) -> {
				this.rows += message.isOfScript(finished[0]) ? count : 0;
				finished[0]++;
			});
		}
		catch (SQLException ex) {
			throw failed(message.failure(finished[0], ServerError.of(ex).position()), ex);
		}
	}

	private void copy(SqlStatement statement, SqlStatement.CopyData data) {
		String text = this.script.script().text();
		try {
			this.rows += this.connection.copyIn(Message.withoutEnd(statement),
					text.substring(data.offset(), data.offset() + data.length()));
		}
		catch (SQLException ex) {
			throw failed(new Failure(statement, statement.offset()), ex);
		}
	}

	private ScriptFailedException failed(Failure failure, SQLException ex) {
		Place place = (failure.offset() >= 0) ? this.script.script().placeAt(failure.offset())
				: Place.of(this.script.script().path());
		int number = (failure.statement() != null) ? this.script.numberOf(failure.statement()) : 0;
		return new ScriptFailedException(place, number, this.script, this.done, ServerError.of(ex), ex);
	}

	private void standBack(ScriptFailedException failure, int attempt, LockRetry retry) {
		Duration pause = retry.pauseAfter(attempt);
		logger.info(failure.getPlace() + " did not get its locks within " + retry.lockTimeout(attempt).toMillis()
				+ " ms; nothing of it stays, next attempt in " + pause.toMillis() + " ms");
		try {
			this.connection.rollbackIfOpen();
			Thread.sleep(pause.toMillis());
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
			throw failure;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failure;
		}
	}

	private List<String> timeouts(String set, Duration lockTimeout) {
		@Nullable Duration own = this.script.statementTimeout();
		Duration statementTimeout = (own != null) ? own : this.options.statementTimeout();
		return List.of(set + "lock_timeout = " + lockTimeout.toMillis(),
				set + "statement_timeout = " + statementTimeout.toMillis());
	}

	private Duration lockTimeout(Duration otherwise) {
		@Nullable Duration own = this.script.lockTimeout();
		return (own != null) ? own : otherwise;
	}

}
