package dev.samara.migration;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.DatabaseFacts;
import dev.samara.execution.ExecutionOptions;
import dev.samara.execution.ScriptFailedException;
import dev.samara.execution.ScriptTrial;
import dev.samara.placeholder.BuiltIns;
import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.postgres.OwnSession;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.SqlLiteral;
import dev.samara.postgres.SqlStates;

/**
 * Calls what comes before a validation that holds no lock and changes nothing: in a
 * transaction that cannot write and is rolled back.
 */
final class ReadOnlyCallbacks {

	private final MigrationSettings settings;

	private final PostgresConnection connection;

	ReadOnlyCallbacks(MigrationSettings settings, PostgresConnection connection) {
		this.settings = settings;
		this.connection = connection;
	}

	/**
	 * Call the callbacks before a validation. With none of them, the server is not asked.
	 * @throws MigrationValidationException if one cannot be read
	 * @throws CallbackFailedException if one fails
	 */
	void call(ResolvedMigrations resolved) {
		Supplier<BuiltIns> known = () -> DatabaseFacts.read(this.connection, this.settings.schema());
		CallbackPlanning planning = CallbackPlanning.of(resolved.callbacks(known),
				CallbackEvent.BEFORE_VALIDATE::equals);
		if (!planning.findings().isEmpty()) {
			throw new MigrationValidationException(planning.findings());
		}
		if (planning.callbacks().isEmpty()) {
			return;
		}
		OwnSession session = OwnSession.of(this.connection);
		ScriptTrial trial = new ScriptTrial(this.connection, session,
				new ExecutionOptions(this.settings.lockTimeout(), this.settings.statementTimeout(), 0));
		try {
			this.connection.send("BEGIN READ ONLY");
			for (Callback callback : planning.callbacks()) {
				makeReady(this.settings.schema());
				call(callback, trial);
			}
		}
		catch (SQLException ex) {
			throw DatabaseUnavailableException.queryFailed("The callbacks before the validation cannot be called", ex);
		}
		finally {
			rollBack();
		}
	}

	/** After each the session has what it had before the transaction. */
	private void makeReady(@Nullable String schema) throws SQLException {
		this.connection.send("SET LOCAL standard_conforming_strings = on");
		if (schema != null) {
			this.connection.send("SELECT pg_catalog.set_config('search_path', concat_ws(', ', "
					+ SqlLiteral.text(SqlLiteral.name(schema))
					+ ", nullif(pg_catalog.current_setting('search_path'), '')), true)");
		}
	}

	private static void call(Callback callback, ScriptTrial trial) {
		try {
			trial.run(callback.executable(), new ArrayList<>());
		}
		catch (ScriptFailedException ex) {
			if (ex.getServerError()
				.filter((error) -> SqlStates.READ_ONLY_SQL_TRANSACTION.equals(error.sqlState()))
				.isPresent()) {
				throw new CallbackFailedException(callback, "The migrations were not checked.",
						"A validation only reads, and so must what is called before it. Take it out of "
								+ callback.path() + "; beforeMigrate.sql may write.",
						ex);
			}
			throw new CallbackFailedException(callback, "The migrations were not checked.", ex);
		}
	}

	/** The server rolls back by itself when the connection is gone. */
	private void rollBack() {
		try {
			this.connection.rollbackIfOpen();
		}
		catch (SQLException ex) {
			throw DatabaseUnavailableException.queryFailed("The callbacks' transaction cannot be rolled back", ex);
		}
	}

}
