package dev.samara.execution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How long the statements of a script may take and wait: as its directives say, or else
 * as the options do.
 */
record Timeouts(ExecutableScript script, ExecutionOptions options) {

	/**
	 * Return when the transactions of the script are tried again.
	 */
	LockSchedule schedule() {
		return new LockSchedule(lockTimeout(this.options.lockTimeout()), this.options.retries());
	}

	/**
	 * Return the SQL for a transaction.
	 */
	List<String> ofTransaction(Duration lockTimeout) {
		return set("SET LOCAL ", lockTimeout);
	}

	/**
	 * Return the SQL for statements that run alone. They wait for locks as long as it
	 * takes, unless the script says otherwise: a timeout in the middle of
	 * {@code CREATE INDEX CONCURRENTLY} would leave an invalid index behind.
	 */
	List<String> ofSession() {
		return set("SET ", lockTimeout(Duration.ZERO));
	}

	/**
	 * Return the SQL for a script that runs in a transaction of this one.
	 * @return nothing, unless it asks for timeouts of its own
	 */
	List<String> ofCompanion(ExecutableScript companion) {
		List<String> statements = new ArrayList<>();
		if (companion.lockTimeout() != null) {
			statements.add("SET LOCAL lock_timeout = " + companion.lockTimeout().toMillis());
		}
		if (companion.statementTimeout() != null) {
			statements.add("SET LOCAL statement_timeout = " + companion.statementTimeout().toMillis());
		}
		return statements;
	}

	/**
	 * Return how long a single attempt may wait for a lock.
	 */
	Duration longestWait() {
		return lockTimeout(this.options.lockTimeout());
	}

	private List<String> set(String set, Duration lockTimeout) {
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
