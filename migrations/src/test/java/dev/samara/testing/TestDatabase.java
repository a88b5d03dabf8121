package dev.samara.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Assumptions;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A database of its own on the server of the tests. Every session in it has a time zone
 * that is not UTC. Closing it closes what it gave and drops it, sessions or not.
 *
 * @since 0.1.0
 */
public final class TestDatabase implements AutoCloseable {

	private final String name;

	private final TestServer.Login login;

	private final JdbcTemplate jdbc;

	private final Deque<AutoCloseable> closedWithThis;

	private TestDatabase(String name, TestServer.Login login, Deque<AutoCloseable> closedWithThis) {
		this.name = name;
		this.login = login;
		this.closedWithThis = closedWithThis;
		this.jdbc = new JdbcTemplate(dataSource());
	}

	/**
	 * Creates a database outside the life cycle of a test class.
	 * @param purpose becomes part of its name
	 * @return an empty database; the caller closes it
	 */
	public static TestDatabase create(String purpose) {
		TestServer server = TestServer.current();
		return new TestDatabase(server.createDatabase(purpose), server.owner(), new ArrayDeque<>());
	}

	/**
	 * Creates a further database.
	 * @return an empty database that is dropped with this one at the latest
	 */
	public TestDatabase newDatabase() {
		return closeWithThis(create("further"));
	}

	/**
	 * The same database as the superuser sees it; the test is skipped if the server was
	 * given without one.
	 * @return this database with another login; closing either closes both
	 */
	public TestDatabase asSuperuser() {
		TestServer.Login superuser = TestServer.current().superuser();
		Assumptions.assumeTrue(superuser != null, "The server of the tests was given without a superuser");
		return new TestDatabase(this.name, superuser, this.closedWithThis);
	}

	public String name() {
		return this.name;
	}

	public String url() {
		return TestServer.current().url(this.name);
	}

	public String username() {
		return this.login.username();
	}

	public String password() {
		return this.login.password();
	}

	/**
	 * A data source without a pool.
	 * @return a data source that opens a connection each time
	 */
	public PGSimpleDataSource dataSource() {
		return TestServer.dataSource(url(), this.login);
	}

	/**
	 * A data source with a pool.
	 * @param size the number of connections at most
	 * @return a pool that is closed with this database at the latest
	 */
	public HikariDataSource hikari(int size) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url());
		config.setUsername(username());
		config.setPassword(password());
		config.setMaximumPoolSize(size);
		return closeWithThis(new HikariDataSource(config));
	}

	/**
	 * Opens a connection.
	 * @return a connection of its own; the caller closes it
	 * @throws SQLException if the server refuses
	 */
	public Connection connection() throws SQLException {
		return dataSource().getConnection();
	}

	public JdbcTemplate jdbc() {
		return this.jdbc;
	}

	/**
	 * Runs SQL, each text in a session of its own.
	 * @param sql one or more statements, separated by semicolons
	 */
	public void execute(String... sql) {
		for (String text : sql) {
			this.jdbc.execute(text);
		}
	}

	public List<Map<String, Object>> rows(String sql, Object... arguments) {
		return this.jdbc.queryForList(sql, arguments);
	}

	public <T> List<T> values(Class<T> type, String sql, Object... arguments) {
		return this.jdbc.queryForList(sql, type, arguments);
	}

	public <T> T value(Class<T> type, String sql, Object... arguments) {
		return this.jdbc.queryForObject(sql, type, arguments);
	}

	/**
	 * The version of the server as a number.
	 * @return the major version, 13 or later
	 */
	public int serverVersion() {
		return value(Integer.class, "SELECT current_setting('server_version_num')::int / 10000");
	}

	/**
	 * Skips the test on a server that is too old for it.
	 * @param version the oldest major version it can run on
	 */
	public void assumeServer(int version) {
		Assumptions.assumeTrue(serverVersion() >= version, "Needs PostgreSQL " + version);
	}

	@Override
	public void close() throws Exception {
		while (!this.closedWithThis.isEmpty()) {
			this.closedWithThis.pop().close();
		}
		TestServer.current().dropDatabase(this.name);
	}

	private <T extends AutoCloseable> T closeWithThis(T resource) {
		this.closedWithThis.push(resource);
		return resource;
	}

}
