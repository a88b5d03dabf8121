package dev.samara.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;

/**
 * What has been {@code SET} in a session that stays ours, and the SQL that brings it back
 * after a script has changed it, temporary tables and subscriptions gone. A plain
 * {@code RESET ALL} would also forget what a connection pool has set on purpose. Custom
 * settings ({@code app.tenant}) are not listed in the catalogue: those that the pool's
 * own SQL sets are kept, others are lost.
 *
 * @param backendPid process id of the session's backend
 * @param user the role of the session, if it is not the one that logged in; otherwise
 * {@code null}
 * @param values names and values of what is set, the role first
 * @param held the SQL that would remove what the session holds, as of
 * {@link SessionResidue}
 * @since 0.1.0
 */
@Internal
public record OwnSession(int backendPid, @Nullable String user, Map<String, String> values,
		Set<String> held) implements SessionSettings {

	private static final String QUERY = """
			SELECT 'session_user', session_user
			UNION ALL
			SELECT 'backend_pid', pg_catalog.pg_backend_pid()::text
			UNION ALL
			SELECT 'role', pg_catalog.current_setting('role') WHERE pg_catalog.current_setting('role') <> 'none'
			UNION ALL
			SELECT name, setting FROM pg_catalog.pg_settings
			WHERE source = 'session' AND context IN ('user', 'superuser')
			UNION ALL
			SELECT 'held', s.removal FROM (%s) s
			""".formatted(SessionResidue.QUERY);

	private static final String CUSTOM = """
			SELECT name, value FROM (SELECT name, pg_catalog.current_setting(name, true) AS value FROM unnest(?) AS name) s
			WHERE value IS NOT NULL
			""";

	/**
	 * Lists of names, of which {@code SET} would take a text as a single name. Extensions
	 * cannot have any.
	 */
	private static final Set<String> QUOTED_LISTS = Set.of("search_path", "temp_tablespaces", "local_preload_libraries",
			"session_preload_libraries");

	/**
	 * Create settings.
	 */
	public OwnSession {
		values = new LinkedHashMap<>(values);
		held = Set.copyOf(held);
	}

	/**
	 * Read what is set in a session.
	 * @param connection the session
	 * @return the settings
	 */
	public static OwnSession of(PostgresConnection connection) {
		Map<String, String> values = new LinkedHashMap<>();
		Set<String> held = new HashSet<>();
		connection.jdbc().query(QUERY, (row) -> {
			if (row.getString(1).equals("held")) {
				held.add(row.getString(2));
			}
			else {
				values.put(row.getString(1), row.getString(2));
			}
		});
		List<String> custom = PoolInitSql.customSettings(connection.dataSource());
		if (!custom.isEmpty()) {
			connection.jdbc().query(CUSTOM, (row) -> {
				values.put(row.getString(1), row.getString(2));
			}, (Object) custom.toArray(String[]::new));
		}
		String user = values.remove("session_user");
		int backendPid = Integer.parseInt(String.valueOf(values.remove("backend_pid")));
		return new OwnSession(backendPid, connection.loginRole().equals(user) ? null : user, values, held);
	}

	/**
	 * Return these settings with one more.
	 * @param name the name
	 * @param value the value
	 * @return the settings
	 */
	public OwnSession with(String name, String value) {
		Map<String, String> more = new LinkedHashMap<>(this.values);
		more.put(name, value);
		return new OwnSession(this.backendPid, this.user, more, this.held);
	}

	@Override
	public List<String> beginStatements() {
		return List.of();
	}

	@Override
	public List<String> restoreStatements() {
		List<String> statements = new ArrayList<>(
				List.of(authorization("SESSION"), "RESET ROLE", "RESET ALL", "DISCARD TEMP", "UNLISTEN *"));
		this.values.forEach((name, value) -> statements.add(set(name, value)));
		return statements;
	}

	@Override
	public List<String> ownRoleStatements() {
		String role = this.values.get("role");
		return List.of(authorization("LOCAL"),
				(role != null) ? "SELECT pg_catalog.set_config('role', " + SqlLiteral.text(role) + ", true)"
						: "SET LOCAL role TO DEFAULT");
	}

	private String authorization(String scope) {
		return "SET " + scope + " SESSION AUTHORIZATION "
				+ ((this.user != null) ? SqlLiteral.text(this.user) : "DEFAULT");
	}

	/**
	 * Write a {@code SET} where that is possible. It runs after each script, and a query
	 * costs the server several times as much.
	 */
	private static String set(String name, String value) {
		return QUOTED_LISTS.contains(name)
				? "SELECT pg_catalog.set_config(" + SqlLiteral.text(name) + ", " + SqlLiteral.text(value) + ", false)"
				: "SET SESSION " + SqlLiteral.name(name) + " = " + SqlLiteral.text(value);
	}

	@Override
	public void restore(PostgresConnection connection) {
		try {
			connection.send(String.join("; ", restoreStatements()));
		}
		catch (SQLException ex) {
			throw DatabaseUnavailableException.queryFailed("The session cannot be restored", ex);
		}
	}

}
