package dev.samara.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * The yardstick: migrations as one would run them by hand for speed. Reads and hashes
 * each file once, locks once, reads its history once, and sends script and history row in
 * one message. It checks nothing else, restores nothing, and cannot resume.
 */
final class PlainJdbc {

	private static final String CREATE = """
			CREATE TABLE yardstick (
				id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
				version integer NOT NULL,
				script text NOT NULL,
				checksum text NOT NULL,
				started_at timestamptz NOT NULL,
				duration_ms bigint NOT NULL
			)
			""";

	private PlainJdbc() {
	}

	/**
	 * Make connections send texts as they are, in one message, as a script needs.
	 * @param dataSource the data source to change
	 * @return the data source
	 */
	static PGSimpleDataSource inSimpleMode(PGSimpleDataSource dataSource) {
		dataSource.setPreferQueryMode(PreferQueryMode.SIMPLE);
		return dataSource;
	}

	static void firstRun(DataSource dataSource, Path folder) {
		List<File> files = read(folder);
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute("SELECT pg_try_advisory_lock(4711)");
			statement.execute(CREATE);
			Map<Integer, String> applied = history(statement);
			for (File file : files) {
				if (!applied.containsKey(file.version())) {
					statement.execute(message(file));
				}
			}
			statement.execute("SELECT pg_advisory_unlock(4711)");
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String message(File file) {
		return "BEGIN;\n" + file.text()
				+ ";\nINSERT INTO yardstick (version, script, checksum, started_at, duration_ms) VALUES ("
				+ file.version() + ", '" + file.name() + "', '" + file.checksum()
				+ "', now(), extract(epoch FROM clock_timestamp() - now()) * 1000);\nCOMMIT";
	}

	/**
	 * Find out that nothing is pending.
	 */
	static void noOp(DataSource dataSource, Path folder) {
		List<File> files = read(folder);
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			Map<Integer, String> applied = history(statement);
			for (File file : files) {
				if (!file.checksum().equals(applied.get(file.version()))) {
					throw new IllegalStateException(file.name() + " is pending or changed");
				}
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<Integer, String> history(Statement statement) throws SQLException {
		Map<Integer, String> applied = new HashMap<>();
		try (ResultSet row = statement.executeQuery("SELECT version, checksum FROM yardstick ORDER BY id")) {
			while (row.next()) {
				applied.put(row.getInt(1), row.getString(2));
			}
		}
		return applied;
	}

	private static List<File> read(Path folder) {
		try (Stream<Path> paths = Files.list(folder)) {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			List<File> files = new ArrayList<>();
			for (Path path : (Iterable<Path>) paths::iterator) {
				byte[] content = Files.readAllBytes(path);
				String name = path.getFileName().toString();
				files.add(new File(Integer.parseInt(name.substring(1, name.indexOf("__"))), name,
						new String(content, StandardCharsets.UTF_8), HexFormat.of().formatHex(digest.digest(content))));
			}
			files.sort(Comparator.comparingInt(File::version));
			return files;
		}
		catch (IOException | NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private record File(int version, String name, String text, String checksum) {

	}

}
