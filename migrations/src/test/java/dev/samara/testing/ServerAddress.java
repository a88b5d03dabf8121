package dev.samara.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * Where the server of the tests is. System property {@value #KIND}, or environment
 * variable {@code SAMARA_TEST_POSTGRES}, says which one that is:
 * <ul>
 * <li>{@code embedded} (the default): binaries from Maven Central, started here;</li>
 * <li>{@code testcontainers}: a container from the image that {@value #IMAGE} names,
 * postgres:18-alpine if it names none;</li>
 * <li>{@code jdbc:postgresql://host:port/database}: a server that runs already, its user
 * in the URL or in {@value #USERNAME} and {@value #PASSWORD}; needs CREATEDB.</li>
 * </ul>
 *
 * @param url JDBC URL of a database that can be connected to
 * @param username a superuser, if there is one
 * @param password its password, possibly empty
 * @param stop what ends the server, if it was started here
 */
record ServerAddress(String url, String username, String password, Runnable stop) {

	static final String KIND = "samara.test.postgres";

	static final String IMAGE = "samara.test.image";

	static final String USERNAME = "samara.test.username";

	static final String PASSWORD = "samara.test.password";

	/** No durability: nobody needs these databases after a crash. */
	private static final Map<String, String> SETTINGS = Map.of("fsync", "off", "full_page_writes", "off",
			"max_connections", "200", "shared_buffers", "32MB");

	static ServerAddress start() {
		String kind = setting(KIND, System.getenv().getOrDefault("SAMARA_TEST_POSTGRES", "embedded"));
		if (kind.startsWith("jdbc:postgresql:")) {
			return given(kind);
		}
		return switch (kind) {
			case "embedded" -> embedded();
			case "testcontainers" -> container();
			default -> throw new IllegalArgumentException(
					KIND + " must be embedded, testcontainers or a jdbc:postgresql:// URL, not '" + kind + "'");
		};
	}

	private static ServerAddress embedded() {
		try {
			EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setRegisterShutdownHook(false);
			SETTINGS.forEach(builder::setServerConfig);
			EmbeddedPostgres server = builder.start();
			return new ServerAddress("jdbc:postgresql://localhost:" + server.getPort() + "/postgres", "postgres", "",
					() -> close(server));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The embedded PostgreSQL does not start", ex);
		}
	}

	private static void close(EmbeddedPostgres server) {
		try {
			server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@SuppressWarnings("resource")
	private static ServerAddress container() {
		StringBuilder command = new StringBuilder("postgres");
		SETTINGS.forEach((name, value) -> command.append(" -c ").append(name).append('=').append(value));
		PostgreSQLContainer container = new PostgreSQLContainer(setting(IMAGE, "postgres:18-alpine"))
			.withCommand(command.toString());
		container.start();
		return new ServerAddress(container.getJdbcUrl(), container.getUsername(), container.getPassword(),
				container::stop);
	}

	private static ServerAddress given(String url) {
		PGSimpleDataSource parsed = new PGSimpleDataSource();
		parsed.setUrl(url);
		String username = (parsed.getUser() != null) ? parsed.getUser() : System.getProperty("user.name");
		String password = (parsed.getPassword() != null) ? parsed.getPassword() : "";
		return new ServerAddress(withoutLogin(url), setting(USERNAME, username), setting(PASSWORD, password), () -> {
		});
	}

	/** An empty property counts as none: Maven hands on the ones that nobody set. */
	private static String setting(String property, String fallback) {
		String value = System.getProperty(property, "");
		return value.isBlank() ? fallback : value;
	}

	private static String withoutLogin(String url) {
		return url.replaceAll("([?&])(user|password)=[^&]*", "$1")
			.replaceAll("&&+", "&")
			.replace("?&", "?")
			.replaceAll("[?&]$", "");
	}

}
