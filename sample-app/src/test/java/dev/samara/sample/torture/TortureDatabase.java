package dev.samara.sample.torture;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A database of the server as its administrator sees it, past the network that may fail.
 */
final class TortureDatabase {

	static final int OLD_INDEXES = 40;

	static final String OWNER = "nursery";

	private static final String SETUP = """
			CREATE TABLE ledger (
				entry bigint GENERATED ALWAYS AS IDENTITY,
				script text NOT NULL,
				statement integer NOT NULL,
				pid integer NOT NULL DEFAULT pg_backend_pid()
			);
			CREATE TABLE plant (id integer PRIMARY KEY, name text, kind integer);
			INSERT INTO plant SELECT i, 'plant ' || i, i %% 7 FROM generate_series(1, 3000) i;
			CREATE TABLE slow_plant (id integer);
			INSERT INTO slow_plant SELECT generate_series(1, 500);
			CREATE FUNCTION slowly(id integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS
				'BEGIN PERFORM pg_catalog.pg_sleep(0.0005); RETURN id; END';
			DO $$ BEGIN
				FOR i IN 1..%d LOOP EXECUTE format('CREATE INDEX old_%%s ON plant (kind)', i); END LOOP;
			END $$;
			""";

	private static final String RELATIONS = """
			SELECT c.relname, coalesce(i.indisvalid, true)
			FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
			WHERE c.relnamespace = 'public'::regnamespace AND c.relname ~ '^(table|index|old)_'
			""";

	private static final String SESSIONS = """
			FROM pg_stat_activity WHERE usename = '%s' AND datname = current_database()
			""".formatted(OWNER);

	private final MortalServer server;

	private final String name;

	private final JdbcTemplate jdbc;

	private TortureDatabase(MortalServer server, String name) {
		this.server = server;
		this.name = name;
		this.jdbc = new JdbcTemplate(server.dataSource(name, MortalServer.SUPERUSER));
	}

	static TortureDatabase create(MortalServer server, String name) {
		JdbcTemplate admin = new JdbcTemplate(server.dataSource("postgres", MortalServer.SUPERUSER));
		if (admin.queryForList("SELECT FROM pg_roles WHERE rolname = ?", OWNER).isEmpty()) {
			admin.execute("CREATE ROLE " + OWNER + " LOGIN");
		}
		admin.execute("CREATE DATABASE " + name + " OWNER " + OWNER + " TEMPLATE template0");
		TortureDatabase database = new TortureDatabase(server, name);
		new JdbcTemplate(database.dataSource()).execute("CREATE SCHEMA IF NOT EXISTS public");
		database.jdbc.execute("ALTER SCHEMA public OWNER TO " + OWNER);
		new JdbcTemplate(database.dataSource()).execute(SETUP.formatted(OLD_INDEXES));
		return database;
	}

	void drop() {
		new JdbcTemplate(this.server.dataSource("postgres", MortalServer.SUPERUSER))
			.execute("DROP DATABASE " + this.name + " WITH (FORCE)");
	}

	String name() {
		return this.name;
	}

	DataSource dataSource() {
		return this.server.dataSource(this.name, OWNER);
	}

	JdbcTemplate jdbc() {
		return this.jdbc;
	}

	int sessions() {
		return this.jdbc.queryForObject("SELECT count(*) " + SESSIONS, Integer.class);
	}

	void terminate(Set<Integer> clientPorts) {
		this.jdbc.queryForList("SELECT pg_terminate_backend(pid) " + SESSIONS + " AND client_port = ANY (?)",
				(Object) clientPorts.toArray(Integer[]::new));
	}

	/**
	 * Lets the time pass after which a lease ends by itself.
	 * @param process whose lease it is
	 * @param isAnybodys whether it ends whosever it is
	 */
	void endLease(long process, boolean isAnybodys) {
		if (exists("samara_lock")) {
			this.jdbc.update("UPDATE samara_lock SET expires_at = clock_timestamp() - interval '1 second' "
					+ "WHERE released_at IS NULL AND (? OR application_process = ?)", isAnybodys, process);
		}
	}

	/**
	 * What a killed {@code REINDEX CONCURRENTLY} leaves, people have to drop.
	 */
	void dropLeftoversOfReindex() {
		this.jdbc.queryForList("SELECT relname FROM pg_class WHERE relname ~ '_cc(new|old)[0-9]*$'", String.class)
			.forEach((index) -> this.jdbc.execute("DROP INDEX CONCURRENTLY IF EXISTS " + index));
	}

	State state() {
		List<HistoryRow> history = exists("samara_migrations") ? this.jdbc.query(HistoryRow.QUERY, HistoryRow::read)
				: List.of();
		Map<String, Map<Integer, Integer>> ledger = new TreeMap<>();
		this.jdbc.query("SELECT script, statement, count(*) FROM ledger GROUP BY script, statement", (row) -> {
			ledger.computeIfAbsent(row.getString(1), (script) -> new TreeMap<>()).put(row.getInt(2), row.getInt(3));
		});
		Map<String, Boolean> relations = new TreeMap<>();
		this.jdbc.query(RELATIONS, (row) -> {
			relations.put(row.getString(1), row.getBoolean(2));
		});
		List<String> order = this.jdbc.queryForList("SELECT script FROM ledger ORDER BY entry", String.class);
		return new State(history, ledger, relations, order);
	}

	private boolean exists(String table) {
		return Boolean.TRUE.equals(this.jdbc.queryForObject("SELECT to_regclass(?) IS NOT NULL", Boolean.class, table));
	}

	/**
	 * What is there while nobody works.
	 *
	 * @param history all rows by their id
	 * @param ledger number of rows by script and statement
	 * @param relations whether it is valid, by the name of the table or index
	 * @param order scripts in the order they added rows
	 */
	record State(List<HistoryRow> history, Map<String, Map<Integer, Integer>> ledger, Map<String, Boolean> relations,
			List<String> order) {

		List<HistoryRow> historyOf(String key) {
			return this.history.stream().filter((row) -> row.key().equals(key)).toList();
		}

		int rows(String script, int statement) {
			return this.ledger.getOrDefault(script, Map.of()).getOrDefault(statement, 0);
		}

		@Override
		public String toString() {
			return this.history.stream().map(HistoryRow::toString).collect(Collectors.joining("\n")) + "\nledger "
					+ this.ledger + "\nrelations " + this.relations;
		}

	}

}
