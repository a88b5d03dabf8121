package dev.samara.execution;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import dev.samara.Internal;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.SessionSettings;
import dev.samara.script.FilledScript;
import dev.samara.script.Place;
import dev.samara.sql.SqlStatement;

/**
 * Runs scripts for a trial: in a transaction of the caller's, who rolls it back.
 * Statement by statement, so that each can be timed. A script that fails is undone up to
 * its beginning; the transaction goes on. Not thread-safe.
 *
 * @since 0.1.0
 */
@Internal
public final class ScriptTrial {

	private static final Set<String> TRANSACTION_MODES = Set.of("isolation", "read", "deferrable");

	private final PostgresConnection connection;

	private final SessionSettings session;

	private final ExecutionOptions options;

	/**
	 * Create a trial.
	 * @param connection the connection, in an open transaction
	 * @param session the settings the session has before and after each script
	 * @param options timeouts, unless a script says otherwise; nothing is tried again
	 */
	public ScriptTrial(PostgresConnection connection, SessionSettings session, ExecutionOptions options) {
		this.connection = connection;
		this.session = session;
		this.options = options;
	}

	/**
	 * Run a script.
	 * @param script the script, one that {@link #isPossible is possible}
	 * @param results where a result for each statement that went through is added
	 * @throws ScriptFailedException if the server refuses a statement, or a constraint
	 * that it would check at the commit; nothing of the script stays in the transaction
	 * then
	 */
	public void run(ExecutableScript script, List<StatementResult> results) {
		run(script, Companions.NONE, results);
	}

	/**
	 * Run a script together with others.
	 * @param script the script, one that {@link #isPossible is possible}
	 * @param companions what runs with it
	 * @param results where a result for each statement of the script that went through is
	 * added
	 * @throws ScriptFailedException if the server refuses a statement, of a companion
	 * too, or a constraint that it would check at the commit; nothing of the script stays
	 * in the transaction then
	 */
	public void run(ExecutableScript script, Companions companions, List<StatementResult> results) {
		SessionRemains remains = SessionRemains.before(this.connection, script, companions);
		send(script, "SAVEPOINT samara_trial");
		try {
			this.session.beginStatements().forEach((setting) -> send(script, setting));
			int number = 0;
			timeouts(script).forEach((setting) -> send(script, setting));
			companions.before().forEach((companion) -> run(companion, script));
			if (!companions.equals(Companions.NONE)) {
				send(script, ScriptChannel.READ_AS_CUT_IN_TRANSACTION);
			}
			for (Segment segment : script.segments()) {
				for (SqlStatement statement : segment.statements()) {
					results.add(run(script, statement, ++number));
				}
			}
			companions.after().forEach((companion) -> run(companion, script));
			// What a commit would check, and then as it is when the next script begins.
			send(script, "SET CONSTRAINTS ALL IMMEDIATE");
			deferred().ifPresent((names) -> send(script, "SET CONSTRAINTS " + names + " DEFERRED"));
			this.session.restoreStatements().forEach((setting) -> send(script, setting));
			send(script, "RELEASE SAVEPOINT samara_trial");
			remains.clear();
		}
		catch (ScriptFailedException ex) {
			undo(ex, remains);
			throw ex;
		}
	}

	/**
	 * Return whether a script can run inside a transaction that others have begun.
	 * @param script the script
	 * @return whether it is one transaction and does not choose how that one is
	 */
	public static boolean isPossible(ExecutableScript script) {
		return script.isAtomic() && script.segments()
			.stream()
			.allMatch((segment) -> isPlain(segment.begin())
					&& segment.statements().stream().noneMatch(ScriptTrial::setsTransaction));
	}

	/**
	 * {@code BEGIN}, {@code BEGIN WORK}, {@code START TRANSACTION}: nothing after that.
	 */
	private static boolean isPlain(@Nullable SqlStatement begin) {
		return begin == null
				|| begin.tokens().all().stream().noneMatch((token) -> TRANSACTION_MODES.contains(token.value()));
	}

	private static boolean setsTransaction(SqlStatement statement) {
		return statement.tokens().startsWith(0, "SET", "TRANSACTION");
	}

	/** The names of the constraints that are deferred unless somebody says otherwise. */
	private Optional<String> deferred() {
		return Optional.ofNullable(this.connection.jdbc().queryForObject("""
				SELECT string_agg(DISTINCT format('%I.%I', n.nspname, c.conname), ', ')
				FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
				WHERE c.condeferred
				""", String.class));
	}

	private void run(ExecutableScript companion, ExecutableScript script) {
		List<String> own = new Timeouts(script, this.options).ofCompanion(companion);
		send(script, ScriptChannel.READ_AS_CUT_IN_TRANSACTION);
		own.forEach((setting) -> send(script, setting));
		companion.segments()
			.stream()
			.flatMap((segment) -> segment.statements().stream())
			.forEach((statement) -> run(companion.source(), script, statement, 0));
		if (!own.isEmpty()) {
			timeouts(script).forEach((setting) -> send(script, setting));
		}
	}

	private StatementResult run(ExecutableScript executable, SqlStatement statement, int number) {
		return run(executable.source(), executable, statement, number);
	}

	private StatementResult run(FilledScript script, ExecutableScript executable, SqlStatement statement, int number) {
		Place place = new Place(script.script().path(), statement.line(), statement.column());
		long[] rows = { 0 };
		long start = System.nanoTime();
		Message message = new Message().add(statement);
		try {
			SqlStatement.CopyData data = statement.copyData();
			if (data != null) {
				rows[0] = this.connection.copyIn(Message.withoutEnd(statement),
						script.text().substring(data.offset(), data.offset() + data.length()));
			}
			else {
				this.connection.send(message.sql(), (count) -> rows[0] += count);
			}
		}
		catch (SQLException ex) {
			int offset = Math.max(message.failure(0, ServerError.of(ex).position()).offset(), statement.offset());
			ServerError error = PlaceholderErrors.hide(ServerError.of(ex), script, offset);
			ScriptFailedException failed = new ScriptFailedException(script.placeAt(offset), number, executable, 0,
					error, ex);
			String remedy = PlaceholderErrors.remedy(error, script, offset);
			throw (remedy != null) ? failed.withRemedy(remedy) : failed;
		}
		return new StatementResult(number, place, rows[0], Duration.ofNanos(System.nanoTime() - start));
	}

	private void send(ExecutableScript script, String own) {
		try {
			this.connection.send(own);
		}
		catch (SQLException ex) {
			throw new ScriptFailedException(Place.of(script.script().path()), 0, script, 0, ServerError.of(ex), ex);
		}
	}

	private List<String> timeouts(ExecutableScript script) {
		Duration lock = script.lockTimeout();
		Duration statement = script.statementTimeout();
		return List.of("SET LOCAL lock_timeout = " + ((lock != null) ? lock : this.options.lockTimeout()).toMillis(),
				"SET LOCAL statement_timeout = "
						+ ((statement != null) ? statement : this.options.statementTimeout()).toMillis());
	}

	private void undo(ScriptFailedException failure, SessionRemains remains) {
		try {
			this.connection.send("ROLLBACK TO SAVEPOINT samara_trial; RELEASE SAVEPOINT samara_trial");
			remains.clear();
		}
		catch (SQLException ex) {
			failure.addSuppressed(ServerError.of(ex).toException(ex));
		}
		catch (DataAccessException ex) {
			failure.addSuppressed(ex);
		}
	}

}
