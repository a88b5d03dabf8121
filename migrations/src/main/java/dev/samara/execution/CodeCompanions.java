package dev.samara.execution;

import java.time.Duration;
import java.util.List;

import dev.samara.postgres.PostgresConnection;
import dev.samara.script.ScriptReader;

/**
 * The scripts that run with code: in its transaction, or before and after it in
 * transactions of their own.
 */
final class CodeCompanions {

	private final ScriptChannel channel;

	private final Timeouts timeouts;

	private final ScriptSurroundings surroundings;

	private final Companions companions;

	CodeCompanions(PostgresConnection connection, String path, ExecutionOptions options,
			ScriptSurroundings surroundings) {
		// What fails and is of none of them is told of the code as a whole.
		ExecutableScript code = ExecutableScript.of(ScriptReader.of(path, ""));
		this.channel = new ScriptChannel(connection, code);
		this.timeouts = new Timeouts(code, options);
		this.surroundings = surroundings;
		this.companions = surroundings.companions();
	}

	/**
	 * Run what comes before code in the transaction of it.
	 */
	void runBefore(Duration lockTimeout) {
		runInOpenTransaction(this.companions.before(), lockTimeout);
	}

	/**
	 * Run what comes after code in the transaction of it.
	 */
	void runAfter(Duration lockTimeout) {
		runInOpenTransaction(this.companions.after(), lockTimeout);
	}

	private void runInOpenTransaction(List<ExecutableScript> scripts, Duration lockTimeout) {
		if (!scripts.isEmpty()) {
			this.channel.readAsCut(true);
			transaction(List.of(), List.of(), this.companions).runInOpenTransaction(scripts, lockTimeout);
		}
	}

	/**
	 * Run what comes before code that is no transaction.
	 * @return the number of attempts it took
	 */
	int runBefore() {
		return this.companions.before().isEmpty() ? 1
				: transaction(this.surroundings.beginning(), List.of(), this.companions.onlyBefore())
					.run(this.surroundings.remains());
	}

	/**
	 * Run what comes after code that is no transaction, and record that it is done.
	 * @param record what records it
	 * @return the number of attempts it took
	 */
	int runAfter(List<String> record) {
		if (this.companions.after().isEmpty()) {
			this.channel.run(new Message().add("BEGIN").add(record).add("COMMIT"));
			return 1;
		}
		this.channel.readAsCut(false);
		return transaction(this.surroundings.beginning(), record, this.companions.onlyAfter())
			.run(this.surroundings.remains());
	}

	private TransactionRun transaction(List<String> beginning, List<String> record, Companions companions) {
		return new TransactionRun(this.channel, this.timeouts, Segment.transaction(List.of()), beginning, record,
				companions);
	}

}
