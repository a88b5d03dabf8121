package dev.samara.execution;

import java.time.Duration;
import java.util.List;

import dev.samara.postgres.ServerError;
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

	TransactionRun(ScriptChannel channel, Timeouts timeouts, Segment segment, List<String> beginning,
			List<String> record) {
		this.channel = channel;
		this.timeouts = timeouts;
		this.segment = segment;
		this.beginning = beginning;
		this.record = record;
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

	private void attempt(Duration lockTimeout) {
		SqlStatement begin = this.segment.begin();
		Message message = new Message().add((begin != null) ? Message.withoutEnd(begin) : "BEGIN")
			.add(this.beginning)
			.add(this.timeouts.ofTransaction(lockTimeout));
		for (SqlStatement statement : this.segment.statements()) {
			if (statement.copyData() != null) {
				this.channel.run(message);
				this.channel.copy(statement, statement.copyData());
				message = new Message();
				continue;
			}
			message.add(statement);
			// The server reads a message as a whole before it runs any of it, so what
			// changes how text is read must be in an earlier one.
			if (statement.changesLexing() || message.length() > LONGEST_MESSAGE) {
				this.channel.run(message);
				message = new Message();
			}
		}
		// Deferred constraints are checked with the settings of the script.
		this.channel.run(message.add("SET CONSTRAINTS ALL IMMEDIATE").add(this.record).add("COMMIT"));
	}

}
