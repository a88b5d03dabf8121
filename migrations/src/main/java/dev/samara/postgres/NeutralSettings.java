package dev.samara.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes back what a server, a role or a database has set for every session and what would
 * end a run, or make a script mean something else than its text says. Everything else is
 * somebody's wish, and stays. Costs one query; only what is set otherwise is set at all.
 */
final class NeutralSettings {

	/**
	 * A run may take long, and stands idle while it waits for its turn. A script has
	 * timeouts of its own.
	 */
	private static final Set<String> TIMEOUTS = Set.of("statement_timeout", "transaction_timeout",
			"idle_in_transaction_session_timeout", "idle_session_timeout");

	private static final Map<String, String> MEANINGS = Map.of("default_transaction_read_only", "off",
			"default_transaction_isolation", "read committed", "default_transaction_deferrable", "off",
			"standard_conforming_strings", "on");

	private static final String QUERY = """
			SELECT name, setting, source = 'session' FROM pg_catalog.pg_settings WHERE name IN (%s)
			""".formatted(names());

	private NeutralSettings() {
	}

	private static String names() {
		return all().keySet().stream().map(SqlLiteral::text).collect(Collectors.joining(", "));
	}

	private static Map<String, String> all() {
		Map<String, String> all = new LinkedHashMap<>(MEANINGS);
		TIMEOUTS.forEach((name) -> all.put(name, "0"));
		return all;
	}

	/**
	 * Take back what harms. What a connection pool has set on purpose stays, timeouts
	 * excepted.
	 * @param connection the session, outside a transaction
	 * @param settings what is set in it
	 * @return the settings it has now
	 */
	static OwnSession apply(PostgresConnection connection, OwnSession settings) {
		Map<String, String> neutral = all();
		Map<String, String> changes = new LinkedHashMap<>();
		connection.jdbc().query(QUERY, (row) -> {
			String name = row.getString(1);
			String value = String.valueOf(neutral.get(name));
			boolean isOnPurpose = row.getBoolean(3) && !TIMEOUTS.contains(name);
			if (!isOnPurpose && !value.equals(row.getString(2))) {
				changes.put(name, value);
			}
		});
		OwnSession changed = settings;
		for (Map.Entry<String, String> change : changes.entrySet()) {
			changed = changed.with(change.getKey(), change.getValue());
		}
		if (!changes.isEmpty()) {
			apply(connection, changes);
		}
		return changed;
	}

	/**
	 * Find what harms in sessions that are shared with others. Timeouts can be set for a
	 * transaction; what gives a script another meaning has to be known before its text is
	 * sent.
	 * @param connection the connection to the pooler, outside a transaction
	 * @return the timeouts to set for each transaction
	 * @throws DatabaseUnavailableException if a setting gives scripts another meaning
	 */
	static Map<String, String> forTransactions(PostgresConnection connection) {
		Map<String, String> neutral = all();
		Map<String, String> timeouts = new LinkedHashMap<>();
		List<String> meanings = new ArrayList<>();
		connection.jdbc().query(QUERY, (row) -> {
			String name = row.getString(1);
			String value = String.valueOf(neutral.get(name));
			if (!value.equals(row.getString(2)) && TIMEOUTS.contains(name)) {
				timeouts.put(name, value);
			}
			else if (!value.equals(row.getString(2))) {
				meanings.add(name);
			}
		});
		if (!meanings.isEmpty()) {
			throw DatabaseUnavailableException.settingsOfShared(meanings);
		}
		return timeouts;
	}

	private static void apply(PostgresConnection connection, Map<String, String> changes) {
		try {
			connection.send(changes.entrySet()
				.stream()
				.map((change) -> "SET " + change.getKey() + " = " + SqlLiteral.text(change.getValue()))
				.collect(Collectors.joining("; ")));
		}
		catch (SQLException ex) {
			throw DatabaseUnavailableException.queryFailed("The session cannot be made ready", ex);
		}
	}

}
