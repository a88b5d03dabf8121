package dev.samara.execution;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.SqlStates;
import dev.samara.sql.SqlStatement;
import dev.samara.sql.SqlTokens;

/**
 * One run of one script, from its first segment that is not done to its record in the
 * journal.
 */
final class ScriptRun {

	private static final Log logger = LogFactory.getLog(ScriptRun.class);

	private final ScriptChannel channel;

	private final Journal journal;

	private final ScriptSurroundings surroundings;

	private final Timeouts timeouts;

	private ExecutableScript script;

	private int attempts = 1;

	/** Whether what an earlier run was interrupted in may be done, unknown to anybody. */
	private boolean isInDoubt;

	ScriptRun(PostgresConnection connection, ExecutableScript script, Journal journal, ScriptSurroundings surroundings,
			ExecutionOptions options) {
		this.channel = new ScriptChannel(connection, script);
		this.script = script;
		this.journal = journal;
		this.surroundings = surroundings;
		this.timeouts = new Timeouts(script, options);
	}

	ExecutionResult execute(Resumption resumption) {
		long start = System.nanoTime();
		this.channel.doneAre(resumption.statementsDone());
		this.isInDoubt = resumption.isInterrupted();
		Resumption next = resumption;
		try {
			while (!isExecuted(next)) {
				next = new Resumption(this.channel.done(), false);
			}
		}
		catch (ScriptFailedException ex) {
			throw this.isInDoubt ? ex.inDoubt() : ex;
		}
		return new ExecutionResult(this.script.statementCount() - resumption.statementsDone(), this.channel.rows(),
				this.attempts, Duration.ofNanos(System.nanoTime() - start));
	}

	/**
	 * Run what is not done yet.
	 * @return {@code false} if it has turned out that a statement must run alone, so that
	 * the script has to be cut in another way
	 */
	private boolean isExecuted(Resumption resumption) {
		try {
			if (this.script.isAtomic() && resumption.statementsDone() == 0) {
				runTransaction(this.script.segments().get(0), completion(true), this.surroundings.companions());
			}
			else {
				runSegments(resumption);
			}
			return true;
		}
		catch (ScriptFailedException ex) {
			if (!mustRunAlone(ex)) {
				throw ex;
			}
			rollBack(ex);
			logger
				.warn(ex.getPlace() + " cannot run in a transaction, as the server says: it runs alone. A file of its "
						+ "own or \"-- samara: transaction=none\" at the top of " + ex.getPlace().script()
						+ " says so from the start");
			this.script = this.script.withAlone(ex.getStatement());
			this.channel.scriptIs(this.script);
			return false;
		}
	}

	/**
	 * Only the catalog tells that a partitioned table is reindexed. Had the transaction
	 * done anything before, that would be torn apart.
	 */
	private boolean mustRunAlone(ScriptFailedException ex) {
		return this.journal.allowsParts() && ex.getServerError()
			.map(ServerError::sqlState)
			.filter(SqlStates.ACTIVE_SQL_TRANSACTION::equals)
			.isPresent() && this.script.isFirstOfTransaction(ex.getStatement(), this.channel.done());
	}

	private void rollBack(ScriptFailedException failure) {
		try {
			this.channel.connection().rollbackIfOpen();
			this.surroundings.session().restore(this.channel.connection());
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
			throw failure;
		}
	}

	private void runSegments(Resumption resumption) {
		int alreadyDone = resumption.statementsDone();
		this.channel.run(new Message().add(this.journal.started(alreadyDone)).add(this.timeouts.ofSession()));
		Companions companions = this.surroundings.companions();
		if (!companions.before().isEmpty()) {
			this.attempts += transaction(List.of(), companions.onlyBefore()).run(this.surroundings.remains()) - 1;
			this.channel.readAsCut(false);
		}
		int end = 0;
		for (Segment segment : this.script.segments()) {
			int start = end;
			end += segment.statements().size();
			segment.statements()
				.stream()
				.limit(Math.max(alreadyDone - start, 0))
				.filter(ScriptRun::isSetting)
				.forEach(this::repeat);
			if (end <= alreadyDone) {
				continue;
			}
			if (start < alreadyDone) {
				runSegment(segment.after(alreadyDone - start), resumption.isInterrupted(), end);
			}
			else {
				runSegment(segment, resumption.isInterrupted() && start == alreadyDone, end);
			}
		}
		complete();
	}

	/**
	 * A file that is made to stand in the transaction of a tool, and steps out of it for
	 * a while, ends in the transaction it has begun anew.
	 */
	private void complete() {
		boolean isOpen = this.channel.connection().isTransactionOpen();
		if (isOpen && !this.script.countsOnTransaction()) {
			throw this.channel.failed(new SQLException("The script leaves a transaction open", "25000"));
		}
		Companions companions = this.surroundings.companions().onlyAfter();
		if (companions.after().isEmpty()) {
			Message message = new Message();
			this.channel.run((isOpen ? message : message.add("BEGIN")).add(completion(false)).add("COMMIT"));
			return;
		}
		this.channel.readAsCut(false);
		if (isOpen) {
			transaction(completion(false), companions).runInOpenTransaction();
		}
		else {
			this.attempts += transaction(completion(false), companions).run(this.surroundings.remains()) - 1;
		}
	}

	/**
	 * Companions by themselves.
	 */
	private TransactionRun transaction(List<String> record, Companions companions) {
		return new TransactionRun(this.channel, this.timeouts, Segment.transaction(List.of()),
				this.surroundings.beginning(), record, companions);
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
		this.channel.run(new Message().add(setting));
	}

	private void runSegment(Segment segment, boolean wasInterrupted, int end) {
		List<String> record = this.surroundings.recorded(this.journal.progressed(end));
		boolean isRecorded = true;
		if (segment.isTransaction()) {
			runTransaction(segment, record, Companions.NONE);
		}
		else {
			LoneStatement lone = new LoneStatement(this.channel, segment.statements().get(0), record);
			try {
				isRecorded = lone.run(wasInterrupted);
			}
			finally {
				this.isInDoubt &= !lone.isTried();
			}
		}
		if (isRecorded) {
			this.channel.doneAre(end);
		}
	}

	private void runTransaction(Segment segment, List<String> record, Companions companions) {
		this.isInDoubt = false;
		TransactionRun run = new TransactionRun(this.channel, this.timeouts, segment, this.surroundings.beginning(),
				record, companions);
		this.attempts += run.run(this.surroundings.remains()) - 1;
	}

	private List<String> completion(boolean isWholeScript) {
		return this.surroundings.completed(this.journal.completed(), isWholeScript);
	}

}
