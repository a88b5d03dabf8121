package dev.samara.execution;

import java.sql.SQLException;

import org.springframework.dao.DataAccessException;

import dev.samara.Internal;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.SessionSettings;

/**
 * Runs scripts on a connection, segment by segment. A segment that is a transaction
 * travels in one message together with its {@code BEGIN}, its record in the journal and
 * its {@code COMMIT}, unless it is very long or holds {@code COPY} data; it is tried
 * again as a whole when it does not get its locks. After a script the session has the
 * settings it had before. Not thread-safe.
 *
 * @since 0.1.0
 */
@Internal
public final class ScriptExecutor {

	private final PostgresConnection connection;

	private final SessionSettings session;

	private final ExecutionOptions options;

	/**
	 * Create an executor.
	 * @param connection the connection, outside a transaction
	 * @param session the settings the session has before and after each script
	 * @param options how scripts are run unless they say otherwise
	 */
	public ScriptExecutor(PostgresConnection connection, SessionSettings session, ExecutionOptions options) {
		this.connection = connection;
		this.session = session;
		this.options = options;
	}

	/**
	 * Run a script.
	 * @param script the script
	 * @param resumption what an earlier run has done already
	 * @param journal where to record what is done
	 * @param durability when what a script does that is one transaction must be safe from
	 * a crash of the server
	 * @return the result
	 * @throws ScriptFailedException if the server refuses a statement; the connection is
	 * outside a transaction then, and its settings are restored if it still works
	 */
	public ExecutionResult execute(ExecutableScript script, Resumption resumption, Journal journal,
			Durability durability) {
		return execute(script, Companions.NONE, resumption, journal, durability);
	}

	/**
	 * Run a script together with others.
	 * @param script the script
	 * @param companions what runs with it
	 * @param resumption what an earlier run has done already of the script; its
	 * companions run once more
	 * @param journal where to record what is done
	 * @param durability when what a script does that is one transaction must be safe from
	 * a crash of the server
	 * @return the result, which does not count its companions
	 * @throws ScriptFailedException if the server refuses a statement, of a companion
	 * too; the connection is outside a transaction then, and its settings are restored if
	 * it still works
	 */
	public ExecutionResult execute(ExecutableScript script, Companions companions, Resumption resumption,
			Journal journal, Durability durability) {
		SessionRemains remains = SessionRemains.before(this.connection, script, companions);
		ScriptRun run = new ScriptRun(this.connection, script, journal,
				new ScriptSurroundings(this.session, durability, remains, companions), this.options);
		try {
			ExecutionResult result = run.execute(resumption);
			remains.clear();
			return result;
		}
		catch (ScriptFailedException ex) {
			tidyUp(ex, remains);
			throw ex;
		}
		catch (DataAccessException ex) {
			tidyUp(ex, remains);
			throw ex;
		}
	}

	private void tidyUp(RuntimeException failure, SessionRemains remains) {
		try {
			this.connection.rollbackIfOpen();
			this.session.restore(this.connection);
			remains.clear();
		}
		catch (SQLException | RuntimeException ex) {
			failure.addSuppressed(ex);
		}
	}

}
