package dev.samara.execution;

import java.time.Duration;

import dev.samara.postgres.PostgresConnection;

/**
 * What an observer must know of the session it looks at.
 *
 * @param pid process id of its backend
 * @param deadlockTimeout how long a session waits before the server looks for deadlocks,
 * and cancels an autovacuum that is in the way
 */
record Backend(int pid, Duration deadlockTimeout) {

	private static final String QUERY = """
			SELECT pg_catalog.pg_backend_pid(), setting::bigint FROM pg_catalog.pg_settings WHERE name = 'deadlock_timeout'
			""";

	static Backend of(PostgresConnection connection) {
		return connection.jdbc()
			.query(QUERY, (row, number) -> new Backend(row.getInt(1), Duration.ofMillis(row.getLong(2))))
			.get(0);
	}

}
