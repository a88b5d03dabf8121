package dev.samara.lock;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a session of the server is doing.
 *
 * @param state its state as the server calls it, such as {@code active} or {@code idle}
 * @param since time for which it has been in that state; for an active one the age of its
 * query
 * @param command the words its query begins with, such as {@code CREATE INDEX}, or
 * {@code null} if there is none or it is not one of those Samara knows; never names or
 * values
 * @param waitsFor what it waits for, such as {@code Lock relation}, or {@code null}
 * @since 0.1.0
 */
public record SessionActivity(String state, Duration since, @Nullable String command, @Nullable String waitsFor) {

	/** Columns of {@code pg_stat_activity a} that {@link #of} reads. */
	static final String COLUMNS = """
			a.state, a.wait_event_type, a.wait_event, a.query, extract(epoch FROM clock_timestamp()
				- CASE a.state WHEN 'active' THEN a.query_start ELSE a.state_change END)::bigint AS in_state""";

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Pattern OWN_STATEMENT = Pattern
		.compile("\\s*(BEGIN|START TRANSACTION|SET LOCAL|SELECT pg_catalog\\.set_config)\\b[^;]*;");

	private static final Pattern WORD = Pattern.compile("\\s*([A-Za-z]+)\\b");

	private static final int MOST_WORDS = 4;

	private static final Set<String> KNOWN_WORDS = Set.of("ALTER", "ANALYZE", "CALL", "CLUSTER", "COMMENT", "COMMIT",
			"CONCURRENTLY", "COPY", "CREATE", "DATABASE", "DELETE", "DO", "DROP", "EXTENSION", "FROM", "FULL",
			"FUNCTION", "GRANT", "INDEX", "INSERT", "INTO", "LOCK", "MATERIALIZED", "MERGE", "OR", "POLICY",
			"PROCEDURE", "REFRESH", "REINDEX", "REPLACE", "REVOKE", "ROLLBACK", "SCHEMA", "SELECT", "SEQUENCE", "SET",
			"TABLE", "TRIGGER", "TRUNCATE", "TYPE", "UNIQUE", "UPDATE", "VACUUM", "VIEW", "WITH");

	/**
	 * Read a row.
	 * @return the activity, or {@code null} if this user is not to see it
	 */
	static @Nullable SessionActivity of(ResultSet row) throws SQLException {
		String state = row.getString("state");
		if (state == null) {
			return null;
		}
		String waitType = row.getString("wait_event_type");
		// Every idle session waits for its client; to say so says nothing.
		boolean waits = waitType != null && state.equals("active");
		return new SessionActivity(state, Duration.ofSeconds(row.getLong("in_state")), command(row.getString("query")),
				waits ? waitType + " " + row.getString("wait_event") : null);
	}

	/**
	 * Return the words a query begins with.
	 * @param query the text, possibly cut off
	 */
	static @Nullable String command(@Nullable String query) {
		if (query == null) {
			return null;
		}
		int start = 0;
		Matcher own = OWN_STATEMENT.matcher(query);
		while (own.region(start, query.length()).lookingAt()) {
			start = own.end();
		}
		List<String> words = new ArrayList<>();
		Matcher word = WORD.matcher(query);
		while (words.size() < MOST_WORDS && word.region(start, query.length()).lookingAt()
				&& KNOWN_WORDS.contains(word.group(1).toUpperCase(Locale.ROOT))) {
			words.add(word.group(1).toUpperCase(Locale.ROOT));
			start = word.end();
		}
		return words.isEmpty() ? null : String.join(" ", words);
	}

	boolean waitsForLock() {
		return this.waitsFor != null && this.waitsFor.startsWith("Lock ");
	}

	boolean isIdle() {
		return this.state.startsWith("idle");
	}

	/**
	 * Return what is known of whether anybody is left to wait for.
	 * @return half a sentence, or {@code null} if there is nothing to say
	 */
	@Nullable String doubt() {
		if (this.since.compareTo(LONG) < 0) {
			return null;
		}
		return this.state.equals("active")
				? "the server finishes a statement even if the application that sent it is gone"
				: "perhaps its application is gone";
	}

	@Override
	public String toString() {
		String doubt = doubt();
		return this.state + " for " + this.since.toSeconds() + " s"
				+ ((this.command != null) ? ((this.state.equals("active") ? ": " : ", last: ") + this.command) : "")
				+ ((this.waitsFor != null) ? ", waiting for " + this.waitsFor : "")
				+ ((doubt != null) ? " (" + doubt + ")" : "");
	}

}
