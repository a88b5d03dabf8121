package dev.samara.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A picture of all that users made in a database, as lines of text that can be compared:
 * {@code kind name: definition}. Two databases have equal pictures exactly if they look
 * the same to an application; the way they were made does not show, nor do rows.
 * Publications and subscriptions are not part of it.
 *
 * @param lines one object each, in alphabetical order
 * @since 0.1.0
 */
public record SchemaSnapshot(List<String> lines) {

	public SchemaSnapshot {
		lines = List.copyOf(lines);
	}

	/**
	 * Takes a picture of a database. Tables and views whose names start with
	 * {@code samara_} are left out, together with what belongs to them.
	 * @param database the database
	 * @param leftOut names, without schema, of further tables to leave out
	 * @return what is there, seen by a transaction of its own
	 */
	public static SchemaSnapshot of(TestDatabase database, String... leftOut) {
		try (Connection connection = database.connection()) {
			connection.setAutoCommit(false);
			return of(connection, leftOut);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Cannot read the catalogue of " + database.url(), ex);
		}
	}

	/**
	 * Takes a picture as the transaction of a connection sees it.
	 * @param connection a connection without autocommit
	 * @param leftOut names, without schema, of further tables to leave out
	 * @return what is there
	 * @throws SQLException if the catalogue cannot be read
	 */
	static SchemaSnapshot of(Connection connection, String... leftOut) throws SQLException {
		JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
		String searchPath = jdbc.queryForObject("SHOW search_path", String.class);
		setSearchPath(jdbc, "");
		List<String> lines = jdbc.query(query(), SchemaSnapshot::line, (Object) leftOut);
		setSearchPath(jdbc, searchPath);
		return new SchemaSnapshot(lines.stream().sorted().toList());
	}

	private static void setSearchPath(JdbcTemplate jdbc, String value) {
		jdbc.queryForObject("SELECT set_config('search_path', ?, true)", String.class, value);
	}

	private static String line(ResultSet row, int number) throws SQLException {
		return "%s %s: %s".formatted(row.getString(1), row.getString(2), row.getString(3)).strip();
	}

	private static String query() {
		try (InputStream in = SchemaSnapshot.class.getResourceAsStream("schema-snapshot.sql")) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String toString() {
		return String.join("\n", this.lines);
	}

}
