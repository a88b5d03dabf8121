package dev.samara.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;

/**
 * Settings behind a pooler in transaction mode. Each transaction may run in another
 * session of the server, which others use before and after it. So a transaction notes
 * what its session has set, sets its own for itself only, and brings back what it found
 * before it commits.
 *
 * @param schema the schema to work in, or {@code null}
 * @param applicationName what a transaction calls itself
 * @param found what a session had set when the run began: the best guess after a script
 * that resets everything, and with it the note
 * @param neutral what a transaction has to set for itself against what the role or the
 * database has set
 * @since 0.1.0
 */
@Internal
public record SharedSession(@Nullable String schema, String applicationName, Map<String, String> found,
		Map<String, String> neutral) implements SessionSettings {

	private static final String NOTE = "samara.found";

	private static final String TAKE_NOTE = """
			SELECT pg_catalog.set_config('%s', pg_catalog.json_object_agg(s.name, s.setting)::text, true)
			FROM (
				SELECT name, setting FROM pg_catalog.pg_settings
				WHERE source = 'session' AND context IN ('user', 'superuser')
				UNION ALL
				SELECT 'session_authorization', session_user
				UNION ALL
				SELECT 'role', pg_catalog.current_setting('role')
			) s""".formatted(NOTE);

	/**
	 * The role comes last, as it is changed by the authorization, and must be the one
	 * that may change everything before it.
	 */
	private static final String BRING_BACK = """
			DO $samara$
			DECLARE
				noted json := coalesce(nullif(pg_catalog.current_setting('%s', true), ''), %s)::json;
			BEGIN
				RESET ALL;
				PERFORM pg_catalog.set_config(s.key, s.value, false)
				FROM (SELECT key, value FROM pg_catalog.json_each_text(noted)
					ORDER BY key = 'role', key = 'session_authorization') s;
			END
			$samara$""";

	/**
	 * Create settings.
	 */
	public SharedSession {
		found = Map.copyOf(found);
		neutral = Map.copyOf(neutral);
	}

	@Override
	public List<String> beginStatements() {
		List<String> statements = new ArrayList<>();
		statements.add(TAKE_NOTE);
		statements.add("SET LOCAL application_name = " + SqlLiteral.text(this.applicationName));
		this.neutral.forEach((name, value) -> statements.add("SET LOCAL " + name + " = " + SqlLiteral.text(value)));
		if (this.schema != null) {
			statements
				.add("SELECT pg_catalog.set_config('search_path', " + SqlLiteral.text(SqlLiteral.name(this.schema))
						+ " || coalesce(', ' || nullif(pg_catalog.current_setting('search_path'), ''), ''), true)");
		}
		return statements;
	}

	@Override
	public List<String> restoreStatements() {
		return List.of("SET SESSION SESSION AUTHORIZATION DEFAULT", "RESET ROLE", "DISCARD TEMP", "UNLISTEN *",
				BRING_BACK.formatted(NOTE, SqlLiteral.text(json(this.found))));
	}

	@Override
	public List<String> ownRoleStatements() {
		return List.of("SET LOCAL SESSION AUTHORIZATION DEFAULT", "SET LOCAL role TO DEFAULT");
	}

	/** Does nothing: what a failed transaction has set went with it. */
	@Override
	public void restore(PostgresConnection connection) {
		// Nothing outlives the transaction.
	}

	private static String json(Map<String, String> values) {
		return values.entrySet()
			.stream()
			.map((entry) -> json(entry.getKey()) + ":" + json(entry.getValue()))
			.collect(Collectors.joining(",", "{", "}"));
	}

	private static String json(String text) {
		StringBuilder json = new StringBuilder("\"");
		for (char c : text.toCharArray()) {
			if (c == '"' || c == '\\' || c == '$' || c < ' ') {
				json.append("\\u%04x".formatted((int) c));
			}
			else {
				json.append(c);
			}
		}
		return json.append('"').toString();
	}

}
