package dev.samara.lock;

import java.util.List;
import java.util.Optional;

import dev.samara.postgres.PostgresConnection;

/**
 * Backends of runs whose application is gone: the server finishes the message it was sent
 * before it notices. They are known by the name they have given themselves.
 */
final class Orphans {

	private static final String QUERY = """
			SELECT a.pid, a.application_name AS application, host(a.client_addr) AS client,
				extract(epoch FROM clock_timestamp() - a.backend_start)::bigint AS connected, %s
			FROM pg_catalog.pg_stat_activity a
			WHERE a.datname = current_database() AND a.pid <> pg_backend_pid() AND a.state IS DISTINCT FROM 'idle'
				AND a.application_name LIKE 'samara%%' AND right(a.application_name, 9) = ANY (?)
			ORDER BY a.backend_start
			""".formatted(SessionActivity.COLUMNS);

	private final PostgresConnection connection;

	private final String[] ends;

	/**
	 * Create a search.
	 * @param connection the connection to use
	 * @param runs ids of the runs
	 */
	Orphans(PostgresConnection connection, List<String> runs) {
		this.connection = connection;
		this.ends = runs.stream().map(LockOwner::endOfName).toArray(String[]::new);
	}

	/**
	 * Find one that is not idle.
	 */
	Optional<LockHolder> find() {
		return this.connection.jdbc()
			.query(QUERY, (row, number) -> AdvisoryLock.holder(row), (Object) this.ends)
			.stream()
			.findFirst();
	}

}
