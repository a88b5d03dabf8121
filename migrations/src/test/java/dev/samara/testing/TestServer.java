package dev.samara.testing;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The one PostgreSQL server of this JVM, started at first use. Its databases belong to a
 * role that is no superuser, as in production, unless the server was given without the
 * right to create roles.
 */
final class TestServer {

	static final String TIME_ZONE = "Asia/Kathmandu";

	private static final Pattern URL = Pattern.compile("(jdbc:postgresql://[^/?]+)/?([^?]*)(\\?.*)?");

	private static final String ROLE_RIGHTS = """
			SELECT rolsuper AS superuser, rolsuper OR rolcreaterole AS creates_roles
			FROM pg_roles WHERE rolname = current_user
			""";

	private final AtomicInteger created = new AtomicInteger();

	private final Set<String> databases = ConcurrentHashMap.newKeySet();

	private final String id = HexFormat.of().toHexDigits(new SecureRandom().nextInt());

	private final String urlStart;

	private final String urlEnd;

	private final Login admin;

	private final Login owner;

	private final boolean superuser;

	private final JdbcTemplate jdbc;

	private TestServer(ServerAddress address) {
		Matcher url = URL.matcher(address.url());
		if (!url.matches()) {
			throw new IllegalArgumentException(
					"Not of the form jdbc:postgresql://host:port/database: " + address.url());
		}
		this.urlStart = url.group(1) + "/";
		this.urlEnd = (url.group(3) != null) ? url.group(3) : "";
		this.admin = new Login(address.username(), address.password());
		this.jdbc = new JdbcTemplate(dataSource(url(url.group(2)), this.admin));
		this.superuser = right("superuser");
		this.owner = right("creates_roles") ? createOwner() : this.admin;
	}

	static TestServer current() {
		return Holder.SERVER;
	}

	static PGSimpleDataSource dataSource(String url, Login login) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(url);
		dataSource.setUser(login.username());
		dataSource.setPassword(login.password());
		return dataSource;
	}

	/**
	 * Creates an empty database.
	 * @param purpose becomes part of its name, so that it can be told apart in the
	 * server's own views
	 * @return the name of the database
	 */
	String createDatabase(String purpose) {
		String readable = purpose.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
		String name = "%.40s_%s_%d".formatted(readable, this.id, this.created.incrementAndGet());
		// template0: nobody can be connected to it, and it has nothing in it.
		this.jdbc.execute("CREATE DATABASE %s OWNER %s TEMPLATE template0 ENCODING 'UTF8'".formatted(name,
				quoted(this.owner.username())));
		this.jdbc.execute("ALTER DATABASE %s SET timezone = '%s'".formatted(name, TIME_ZONE));
		this.databases.add(name);
		return name;
	}

	void dropDatabase(String name) {
		this.jdbc.execute("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(name));
		this.databases.remove(name);
	}

	String url(String database) {
		return this.urlStart + database + this.urlEnd;
	}

	Login owner() {
		return this.owner;
	}

	/**
	 * The superuser.
	 * @return its login, or {@code null} if the server was given without one
	 */
	@Nullable Login superuser() {
		return this.superuser ? this.admin : null;
	}

	private boolean right(String name) {
		return Boolean.TRUE.equals(this.jdbc.queryForMap(ROLE_RIGHTS).get(name));
	}

	private Login createOwner() {
		byte[] secret = new byte[16];
		new SecureRandom().nextBytes(secret);
		Login login = new Login("owner_" + this.id, HexFormat.of().formatHex(secret));
		this.jdbc.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(login.username(), login.password()));
		if (!this.superuser) {
			this.jdbc.execute("GRANT %s TO CURRENT_USER".formatted(login.username()));
		}
		return login;
	}

	private void clear() {
		List.copyOf(this.databases).forEach(this::dropDatabase);
		if (this.owner != this.admin) {
			this.jdbc.execute("DROP ROLE IF EXISTS " + this.owner.username());
		}
	}

	private static String quoted(String identifier) {
		return '"' + identifier.replace("\"", "\"\"") + '"';
	}

	private static TestServer start() {
		// The driver makes the JVM's time zone the session's, whatever the database says.
		TimeZone.setDefault(TimeZone.getTimeZone(TIME_ZONE));
		ServerAddress address = ServerAddress.start();
		TestServer server = connect(address);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			try {
				server.clear();
			}
			finally {
				address.stop().run();
			}
		}, "test-server-stop"));
		return server;
	}

	private static TestServer connect(ServerAddress address) {
		try {
			return new TestServer(address);
		}
		catch (RuntimeException ex) {
			address.stop().run();
			throw ex;
		}
	}

	/**
	 * A user of the server.
	 *
	 * @param username the name
	 * @param password the password, possibly empty
	 */
	record Login(String username, String password) {

	}

	private static final class Holder {

		private static final TestServer SERVER = start();

	}

}
