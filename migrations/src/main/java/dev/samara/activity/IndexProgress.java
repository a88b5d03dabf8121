package dev.samara.activity;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.postgres.PostgresConnection;

/**
 * How far a {@code CREATE INDEX} or {@code REINDEX} is.
 *
 * @param table the table
 * @param phase what it does now, in the words of the server
 * @param percent how much of this phase is done, or {@code null} if the server counts
 * nothing in it
 * @param waitsFor the session it waits for now, as in
 * {@code pid 4711 (application "billing")}, or {@code null}
 * @param remaining how long this phase takes still, if it goes on as it has since it was
 * first looked at; {@code null} at the first look, and while nothing moves
 * @since 0.1.0
 */
public record IndexProgress(String table, String phase, @Nullable Integer percent, @Nullable String waitsFor,
		@Nullable Duration remaining) {

	private static final String QUERY = """
			SELECT coalesce(p.relid::regclass::text, '') AS table, p.phase, p.lockers_total, p.lockers_done, p.blocks_total,
				p.blocks_done, p.tuples_total, p.tuples_done, nullif(p.current_locker_pid, 0) AS locker,
				nullif(a.application_name, '') AS application, a.state,
				extract(epoch FROM clock_timestamp() - a.xact_start)::bigint AS age
			FROM pg_catalog.pg_stat_progress_create_index p
				LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = p.current_locker_pid
			WHERE p.phase IS NOT NULL AND p.datname = current_database() AND p.pid
			""";

	/**
	 * Read the progress of a session.
	 * @param connection another session
	 * @param pid process id of the backend of the session
	 * @return the progress; empty if it builds no index
	 */
	@Internal
	public static Optional<IndexProgress> of(PostgresConnection connection, int pid) {
		return read(connection, QUERY + "= ?", pid);
	}

	private static Optional<IndexProgress> read(PostgresConnection connection, String sql, Object argument) {
		List<IndexProgress> found = connection.jdbc()
			.query(sql, (row, number) -> new IndexProgress(row.getString("table"), row.getString("phase"),
					percent(row.getLong("lockers_done"), row.getLong("lockers_total"), row.getLong("blocks_done"),
							row.getLong("blocks_total"), row.getLong("tuples_done"), row.getLong("tuples_total")),
					locker(row.getString("locker"), row.getString("application"), row.getString("state"),
							row.getString("age")),
					null), argument);
		return found.stream().findFirst();
	}

	/**
	 * Choose what this phase counts: pairs of done and total, the first that has a total.
	 */
	static @Nullable Integer percent(long... counts) {
		for (int i = 0; i + 1 < counts.length; i += 2) {
			if (counts[i + 1] > 0) {
				return (int) Math.min(100, counts[i] * 100 / counts[i + 1]);
			}
		}
		return null;
	}

	private static @Nullable String locker(@Nullable String pid, @Nullable String application, @Nullable String state,
			@Nullable String age) {
		if (pid == null) {
			return null;
		}
		String details = ((application != null) ? "application \"" + application + "\"" : "")
				+ ((state != null) ? ", " + state : "")
				+ ((age != null) ? ", in its transaction for " + age + " s" : "");
		return "pid " + pid + (details.isEmpty() ? "" : " (" + details.replaceFirst("^, ", "") + ")");
	}

	IndexProgress with(Duration remaining) {
		return new IndexProgress(this.table, this.phase, this.percent, this.waitsFor, remaining);
	}

	/**
	 * Return the same without the session it waits for, where that is said in another
	 * way.
	 * @return the phase and how much of it is done
	 */
	@Internal
	public IndexProgress withoutBlocker() {
		return new IndexProgress(this.table, this.phase, this.percent, null, this.remaining);
	}

	@Override
	public String toString() {
		return this.phase + ((this.percent != null) ? ", " + this.percent + " %" : "")
				+ ((this.waitsFor != null) ? ", waits for " + this.waitsFor : "");
	}

}
