package dev.samara.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

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
			try (Statement statement = connection.createStatement()) {
				statement.execute("SET LOCAL search_path = ''");
			}
			return new SchemaSnapshot(lines(connection, leftOut));
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Cannot read the catalogue of " + database.url(), ex);
		}
	}

	private static List<String> lines(Connection connection, String... leftOut) throws SQLException {
		List<String> lines = new ArrayList<>();
		try (PreparedStatement statement = connection.prepareStatement(query())) {
			statement.setArray(1, connection.createArrayOf("name", leftOut));
			try (ResultSet row = statement.executeQuery()) {
				while (row.next()) {
					lines.add("%s %s: %s".formatted(row.getString(1), row.getString(2), row.getString(3)).strip());
				}
			}
		}
		lines.sort(null);
		return lines;
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
