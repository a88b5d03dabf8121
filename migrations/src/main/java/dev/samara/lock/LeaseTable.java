package dev.samara.lock;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.RowSecurity;
import dev.samara.postgres.SqlStates;
import dev.samara.postgres.TableName;

/**
 * The table with the single row that is the lease, beside the mark of the environment.
 * Each statement is a transaction of its own, and all times are the server's. The token
 * is raised whenever the lease changes hands, and never used twice.
 */
final class LeaseTable {

	private static final String TABLE = "samara_lock";

	private static final String CREATE = """
			CREATE TABLE IF NOT EXISTS %1$s (
				token bigint NOT NULL,
				run_id uuid NOT NULL,
				application_name text,
				application_host text,
				application_process bigint NOT NULL,
				acquired_at timestamptz NOT NULL,
				heartbeat_at timestamptz NOT NULL,
				expires_at timestamptz NOT NULL,
				released_at timestamptz,
				former_runs text[] NOT NULL DEFAULT '{}',
				only_row boolean NOT NULL DEFAULT true PRIMARY KEY CHECK (only_row)
			);
			COMMENT ON TABLE %1$s IS
				'The lease of who changes this database, where samara.migrations.lock=lease. Layout 1.';
			""";

	/**
	 * Runs whose end nobody has seen stay noted until somebody has made sure that they
	 * have left nothing running.
	 */
	private static final String TAKE = """
			INSERT INTO %s AS l (token, run_id, application_name, application_host, application_process, acquired_at,
				heartbeat_at, expires_at)
			VALUES (1, ?::uuid, ?, ?, ?, clock_timestamp(), clock_timestamp(), clock_timestamp() + ?::interval)
			ON CONFLICT (only_row) DO UPDATE SET token = l.token + 1, run_id = excluded.run_id,
				application_name = excluded.application_name, application_host = excluded.application_host,
				application_process = excluded.application_process, acquired_at = clock_timestamp(),
				heartbeat_at = clock_timestamp(), expires_at = clock_timestamp() + ?::interval, released_at = NULL,
				former_runs = CASE WHEN l.released_at IS NULL THEN l.former_runs || l.run_id::text ELSE l.former_runs END
			WHERE l.released_at IS NOT NULL OR l.expires_at <= clock_timestamp()
			RETURNING token
			""";

	private static final String KEEP = """
			UPDATE %s SET heartbeat_at = clock_timestamp(), expires_at = clock_timestamp() + ?::interval
			WHERE token = ? AND released_at IS NULL AND expires_at > clock_timestamp()
			""";

	private static final String RELEASE = """
			UPDATE %s SET released_at = clock_timestamp(), expires_at = clock_timestamp()
			WHERE token = ? AND released_at IS NULL
			""";

	private static final String END_EXPIRED = """
			UPDATE %s SET token = token + 1, released_at = clock_timestamp(), former_runs = former_runs || run_id::text
			WHERE released_at IS NULL AND expires_at <= clock_timestamp()
			""";

	/** Only those that somebody has looked for: meanwhile another may have been added. */
	private static final String FORGET = """
			UPDATE %s SET former_runs = ARRAY(SELECT run FROM unnest(former_runs) run WHERE run <> ALL (?))
			""";

	private static final String IS_FREE = """
			SELECT NOT EXISTS (SELECT FROM %s WHERE released_at IS NULL AND expires_at > clock_timestamp())
			""";

	private static final String STATE = """
			SELECT CASE WHEN released_at IS NULL AND expires_at > clock_timestamp() THEN 'HELD'
				WHEN released_at IS NULL THEN 'EXPIRED' WHEN former_runs = '{}' THEN 'RELEASED' ELSE 'UNTIDY' END
			FROM %s
			""";

	private static final String HOLDER = """
			SELECT l.application_name AS owner, l.application_host, l.application_process,
				extract(epoch FROM clock_timestamp() - l.acquired_at)::bigint AS held,
				extract(epoch FROM clock_timestamp() - l.heartbeat_at)::bigint AS beat, a.pid, %s
			FROM %s l LEFT JOIN pg_catalog.pg_stat_activity a ON a.datname = current_database()
				AND a.application_name LIKE 'samara%%' AND right(a.application_name, 9) = ' ' || left(l.run_id::text, 8)
			WHERE l.released_at IS NULL AND l.expires_at > clock_timestamp()
			ORDER BY a.state = 'idle' LIMIT 1
			""";

	private static final String FENCE = " FROM (SELECT 1 / count(*) AS held FROM (SELECT FROM %s WHERE token = %d "
			+ "AND released_at IS NULL AND expires_at > clock_timestamp() FOR SHARE) lease) fence WHERE fence.held = 1";

	private final PostgresConnection connection;

	private final TableName name;

	/**
	 * Create a table.
	 * @param connection the connection to use
	 * @param mark the mark of the environment, with its schema
	 */
	LeaseTable(PostgresConnection connection, TableName mark) {
		this.connection = connection;
		this.name = mark.sibling(TABLE);
	}

	TableName name() {
		return this.name;
	}

	boolean exists() {
		return Boolean.TRUE.equals(this.connection.jdbc()
			.queryForObject("SELECT to_regclass(?) IS NOT NULL", Boolean.class, this.name.quoted()));
	}

	/**
	 * Make the table unless it is there. Others may do so at the same moment, and
	 * {@code IF NOT EXISTS} does not keep them apart.
	 */
	void createIfMissing() {
		if (!exists()) {
			create();
		}
		RowSecurity.requireAllRows(this.connection, this.name);
	}

	private void create() {
		try {
			this.connection.sendInTransaction(sql(CREATE));
		}
		catch (SQLException ex) {
			boolean isTwice = SqlStates.UNIQUE_VIOLATION.equals(ex.getSQLState())
					|| SqlStates.DUPLICATE_TABLE.equals(ex.getSQLState())
					|| SqlStates.DUPLICATE_OBJECT.equals(ex.getSQLState());
			if (!isTwice || !exists()) {
				throw DatabaseUnavailableException
					.queryFailed("The table of the lease " + this.name + " cannot be made", ex);
			}
		}
	}

	boolean isFree() {
		return Boolean.TRUE.equals(this.connection.jdbc().queryForObject(sql(IS_FREE), Boolean.class));
	}

	/**
	 * Take the lease if nobody has it.
	 * @return the token, if it is ours now
	 */
	OptionalLong take(LockOwner owner, Duration ttl) {
		String interval = interval(ttl);
		return this.connection.jdbc()
			.queryForList(sql(TAKE), Long.class, owner.runId(), owner.application(), owner.host(),
					ProcessHandle.current().pid(), interval, interval)
			.stream()
			.mapToLong(Long::longValue)
			.findFirst();
	}

	/**
	 * Keep the lease alive.
	 * @return whether it is still ours; once it is not, it never will be again
	 */
	boolean keep(long token, Duration ttl) {
		return this.connection.jdbc().update(sql(KEEP), interval(ttl), token) == 1;
	}

	boolean isHeld(long token) {
		return Boolean.TRUE.equals(this.connection.jdbc()
			.queryForObject(
					"SELECT EXISTS (SELECT FROM " + this.name.quoted()
							+ " WHERE token = ? AND released_at IS NULL AND expires_at > clock_timestamp())",
					Boolean.class, token));
	}

	void release(long token) {
		this.connection.jdbc().update(sql(RELEASE), token);
	}

	/**
	 * Make sure that nobody has a lease, on behalf of a session that holds the session's
	 * lock. An expired one is taken from its owner for good: the owner may be paused
	 * only, and must not go on beside that session.
	 * @return whether nobody has a lease now, and nobody has left anything running
	 * @throws LockNotAcquiredException if what is left running is so for too long
	 */
	boolean giveWayTo(Waiting waiting) {
		RowSecurity.requireAllRows(this.connection, this.name);
		State state = this.connection.jdbc()
			.query(sql(STATE), (row, number) -> State.valueOf(row.getString(1)))
			.stream()
			.findFirst()
			.orElse(State.RELEASED);
		return switch (state) {
			case RELEASED -> true;
			case HELD -> false;
			case UNTIDY -> awaitOrphans(waiting);
			case EXPIRED -> this.connection.jdbc().update(sql(END_EXPIRED)) == 1 && awaitOrphans(waiting);
		};
	}

	/**
	 * Wait until former owners whose end nobody has seen have nothing running any more.
	 * To be called by who holds the lock.
	 * @return always true
	 * @throws LockNotAcquiredException if the wait is over before
	 */
	boolean awaitOrphans(Waiting waiting) {
		List<String> runs = this.connection.jdbc()
			.queryForList("SELECT unnest(former_runs) FROM " + this.name.quoted(), String.class);
		if (runs.isEmpty()) {
			return true;
		}
		Orphans orphans = new Orphans(this.connection, runs);
		while (orphans.find().isPresent()) {
			waiting.forOrphan(() -> orphans.find().map((orphan) -> orphan.withBlocker(this.connection)).orElse(null));
		}
		this.connection.jdbc().update(sql(FORGET), (Object) runs.toArray(String[]::new));
		return true;
	}

	/**
	 * Find who has the lease.
	 */
	Optional<LockHolder> holder() {
		try {
			return this.connection.jdbc()
				.query(HOLDER.formatted(SessionActivity.COLUMNS, this.name.quoted()), (row, number) -> holder(row))
				.stream()
				.findFirst();
		}
		catch (DataAccessException ex) {
			if (ex.getCause() instanceof SQLException cause && SqlStates.UNDEFINED_TABLE.equals(cause.getSQLState())) {
				return Optional.empty();
			}
			throw ex;
		}
	}

	private static LockHolder holder(ResultSet row) throws SQLException {
		LockHolder.LeaseAge age = new LockHolder.LeaseAge(row.getLong("application_process"),
				Duration.ofSeconds(row.getLong("held")), Duration.ofSeconds(row.getLong("beat")));
		@Nullable Integer pid = (Integer) row.getObject("pid");
		return new LockHolder(pid, row.getString("owner"), row.getString("application_host"), null,
				SessionActivity.of(row), null, age);
	}

	/**
	 * Return the end of a statement that divides by zero unless the lease is ours, and
	 * locks its row until the transaction ends: nobody takes it over before the commit.
	 */
	String fence(long token) {
		return FENCE.formatted(this.name.quoted(), token);
	}

	private String sql(String template) {
		return template.formatted(this.name.quoted());
	}

	private static String interval(Duration duration) {
		return duration.toMillis() + " ms";
	}

	/**
	 * What the row says.
	 */
	private enum State {

		/** Somebody works. */
		HELD,

		/** Somebody has stopped to keep it alive, and may be paused or gone. */
		EXPIRED,

		/** Nobody has it, but a former owner may have left something running. */
		UNTIDY,

		/** Nobody has it. */
		RELEASED

	}

}
