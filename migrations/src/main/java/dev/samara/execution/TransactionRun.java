package dev.samara.execution;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.samara.postgres.ServerError;
import dev.samara.script.FilledScript;
import dev.samara.sql.SqlStatement;

/**
 * One transaction of a script, tried as a whole until it gets its locks or its attempts
 * are used up. Locks that were taken before a savepoint would stay held while it stands
 * back; so it is never tried again in parts, and never without a limit in the end.
 */
final class TransactionRun {

	/** So much text is sent at once; the protocol's own limit is 1 GiB. */
	private static final int LONGEST_MESSAGE = 1 << 20;

	private final ScriptChannel channel;

	private final Timeouts timeouts;

	private final Segment segment;

	private final List<String> beginning;

	private final List<String> record;

	private final Companions companions;

	TransactionRun(ScriptChannel channel, Timeouts timeouts, Segment segment, List<String> beginning,
			List<String> record, Companions companions) {
		this.channel = channel;
		this.timeouts = timeouts;
		this.segment = segment;
		this.beginning = beginning;
		this.record = record;
		this.companions = companions;
	}

	/**
	 * Run.
	 * @param remains what an attempt may leave in the session
	 * @return the number of attempts it took
	 */
	int run(SessionRemains remains) {
		try (LockContention contention = new LockContention(this.channel.connection(), this.timeouts.schedule())) {
			int attempts = 0;
			long rowsBefore = this.channel.rows();
			while (true) {
				Duration lockTimeout = contention.beginAttempt();
				attempts++;
				try {
					attempt(lockTimeout);
					return attempts;
				}
				catch (ScriptFailedException ex) {
					if (ex.getServerError().filter(ServerError::isLockConflict).isEmpty()) {
						throw ex;
					}
					this.channel.rowsAre(rowsBefore);
					contention.standBack(ex.getPlace(), ex);
					remains.clear();
				}
			}
		}
	}

	/**
	 * Run in a transaction that is open already, so that nothing can be tried again.
	 */
	void runInOpenTransaction() {
		attempt(this.timeouts.longestWait());
	}

	/**
	 * Run nothing but companions, in a transaction that is open already.
	 * @param scripts those that come now
	 */
	void runInOpenTransaction(List<ExecutableScript> scripts, Duration lockTimeout) {
		Message message = new Message();
		for (ExecutableScript companion : scripts) {
			message = sent(message, companion, lockTimeout);
		}
		this.channel.run(message);
	}

	private void attempt(Duration lockTimeout) {
		SqlStatement begin = this.segment.begin();
		Message message = new Message().add((begin != null) ? Message.withoutEnd(begin) : "BEGIN")
			.add(this.beginning)
			.add(this.timeouts.ofTransaction(lockTimeout));
		for (ExecutableScript companion : this.companions.before()) {
			message = sent(message, companion, lockTimeout);
		}
		message = sent(message, null, this.segment.statements());
		for (ExecutableScript companion : this.companions.after()) {
			message = sent(message, companion, lockTimeout);
		}
		// Deferred constraints are checked with the settings of the script.
		this.channel.run(message.add("SET CONSTRAINTS ALL IMMEDIATE").add(this.record).add("COMMIT"));
	}

	private Message sent(Message message, ExecutableScript companion, Duration lockTimeout) {
		List<String> own = this.timeouts.ofCompanion(companion);
		Message next = message.add(own);
		for (Segment part : companion.segments()) {
			next = sent(next, companion.source(), part.statements());
		}
		return own.isEmpty() ? next : next.add(this.timeouts.ofTransaction(lockTimeout));
	}

	/**
	 * Add statements to a message, sending it when it must not grow.
	 * @param companion the script they are from, or {@code null} for the script itself
	 * @return what is not sent yet
	 */
	private Message sent(Message message, @Nullable FilledScript companion, List<SqlStatement> statements) {
		Message next = message;
		boolean isReadOtherwise = false;
		for (SqlStatement statement : statements) {
			if (statement.copyData() != null) {
				this.channel.run(next);
				copy(companion, statement, statement.copyData());
				next = new Message();
				continue;
			}
			next.add(companion, statement);
			isReadOtherwise |= statement.changesLexing();
			// The server reads a message as a whole before it runs any of it, so what
			// changes how text is read must be in an earlier one.
			if (statement.changesLexing() || next.length() > LONGEST_MESSAGE) {
				this.channel.run(next);
				next = new Message();
			}
		}
		if (isReadOtherwise && !this.companions.equals(Companions.NONE)) {
			this.channel.run(next.add(ScriptChannel.READ_AS_CUT_IN_TRANSACTION));
			next = new Message();
		}
		return next;
	}

	private void copy(@Nullable FilledScript companion, SqlStatement statement, SqlStatement.CopyData data) {
		if (companion != null) {
			this.channel.copy(companion, statement, data);
		}
		else {
			this.channel.copy(statement, data);
		}
	}

}
