package dev.samara.migration;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;
import dev.samara.execution.Code;
import dev.samara.execution.CodeExecutor;
import dev.samara.execution.Companions;
import dev.samara.execution.Durability;
import dev.samara.execution.ExecutionOptions;
import dev.samara.execution.ExecutionResult;
import dev.samara.execution.Journal;
import dev.samara.execution.Resumption;
import dev.samara.execution.ScriptExecutor;
import dev.samara.migration.MigrationWork.RunCode;
import dev.samara.migration.MigrationWork.RunScript;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.SessionSettings;

/**
 * Runs what migrations are made of, scripts and code alike.
 */
final class MigrationExecutor {

	private final PostgresConnection connection;

	private final @Nullable Environment environment;

	private final ScriptExecutor scripts;

	private final CodeExecutor code;

	MigrationExecutor(PostgresConnection connection, SessionSettings session, ExecutionOptions options,
			@Nullable Environment environment) {
		this.connection = connection;
		this.environment = environment;
		this.scripts = new ScriptExecutor(connection, session, options);
		this.code = new CodeExecutor(connection, session, options);
	}

	/**
	 * Run.
	 * @param companions what runs with it
	 * @param resumption what an earlier run has done already
	 * @throws dev.samara.execution.ExecutionFailedException if it fails
	 */
	ExecutionResult execute(MigrationWork work, Companions companions, Resumption resumption, Journal journal,
			Durability durability) {
		if (work instanceof RunScript script) {
			return this.scripts.execute(script.executable(), companions, resumption, journal, durability);
		}
		RunCode call = (RunCode) work;
		return this.code.execute(new Code(call.path(), call.isAtomic(), () -> run(call)), companions,
				resumption.isInterrupted(), journal, durability);
	}

	private long run(RunCode code) throws Exception {
		MigrationContext context = new MigrationContext(this.connection.newJdbc(), this.environment,
				new CodeProgress(code.path(), System.nanoTime()));
		code.call().on(context);
		return context.rows();
	}

}
