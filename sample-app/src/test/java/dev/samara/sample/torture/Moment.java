package dev.samara.sample.torture;

import java.util.List;
import java.util.Map;

/**
 * What the applications' sessions were at when a fault hit.
 *
 * @param work what the session that holds the lock or a lease was at
 * @param isWaiting whether another one waited for the lock
 */
record Moment(Work work, boolean isWaiting) {

	/** What is asked for the session's lock, and for a lease. */
	private static final String WAITING = "pg_try_advisory_lock|released_at IS NULL AND expires_at";

	/** Who has a lease names its run, and who waits for one does so, too. */
	private static final String SESSIONS = """
			SELECT a.state, a.query, a.query ~ '%1$s' AS waits, EXISTS (SELECT FROM pg_locks l
				WHERE l.pid = a.pid AND l.locktype = 'advisory' AND l.granted) OR a.application_name ~ '^samara.* [0-9a-f]{8}$'
				AND a.query !~ '%1$s' AS holds
			FROM pg_stat_activity a WHERE a.usename = '%2$s' AND a.datname = current_database()
			"""
		.formatted(WAITING, TortureDatabase.OWNER);

	static Moment of(TortureDatabase database) {
		List<Map<String, Object>> sessions = database.jdbc().queryForList(SESSIONS);
		Work work = sessions.stream()
			.filter((session) -> Boolean.TRUE.equals(session.get("holds")))
			.map((session) -> work(String.valueOf(session.get("state")), String.valueOf(session.get("query"))))
			.findFirst()
			.orElse(sessions.isEmpty() ? Work.NOBODY_THERE : Work.NOBODY_AT_WORK);
		boolean isWaiting = sessions.stream()
			.anyMatch((session) -> Boolean.FALSE.equals(session.get("holds"))
					&& Boolean.TRUE.equals(session.get("waits")));
		return new Moment(work, isWaiting);
	}

	private static Work work(String state, String query) {
		if (state.startsWith("idle in transaction")) {
			return Work.IN_TRANSACTION;
		}
		if (!state.equals("active")) {
			return Work.BETWEEN;
		}
		String statement = query.stripLeading();
		if (statement.startsWith("BEGIN")) {
			return Work.IN_TRANSACTION;
		}
		return statement.matches("(?s)((CREATE|DROP).* CONCURRENTLY|VACUUM|REINDEX).*") ? Work.IN_NON_TRANSACTIONAL
				: Work.IN_OTHER_MESSAGE;
	}

	@Override
	public String toString() {
		return this.work + (this.isWaiting ? ", another one waiting for the lock" : "");
	}

	enum Work {

		IN_TRANSACTION, IN_NON_TRANSACTIONAL, IN_OTHER_MESSAGE, BETWEEN, NOBODY_AT_WORK, NOBODY_THERE

	}

}
