package dev.samara.seed.data;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.TableName;
import dev.samara.script.Location;
import dev.samara.script.ScriptException;
import dev.samara.script.ScriptFilling;
import dev.samara.script.ScriptScanner;
import dev.samara.script.ScriptSource;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

/**
 * Loads files into a database, each in a transaction of its own.
 */
@PostgresTest
abstract class AbstractDataLoad {

	private final TestDatabase server;

	TestDatabase database;

	Scripts files;

	AbstractDataLoad(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.files = Scripts.in(folder);
	}

	RowCounts load(String name, String content) {
		return load(name, content, false);
	}

	RowCounts load(String name, String content, boolean remember) {
		this.files.add("common/" + name, content);
		return load(name, remember);
	}

	RowCounts load(String name, boolean remember) {
		List<ScriptException> problems = new ArrayList<>();
		Optional<DataFile> file = read(name, problems);
		if (!problems.isEmpty()) {
			throw problems.get(0);
		}
		try (PostgresConnection connection = PostgresConnection.open(this.database.dataSource())) {
			try {
				connection.send("BEGIN");
				RowCounts counts = new DataLoader(connection, new TableName(null, "samara_seed_rows"), Duration.ZERO,
						(finding) -> {
						})
					.load(file.orElseThrow(), "common/" + name, remember);
				connection.send("COMMIT");
				return counts;
			}
			finally {
				connection.rollbackIfOpen();
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	Optional<DataFile> read(String name, List<ScriptException> problems) {
		Location location = Location.parse(this.files.location());
		String extension = name.substring(name.lastIndexOf('.'));
		ScriptSource source = new ScriptScanner(getClass().getClassLoader()).scan(location, extension)
			.stream()
			.filter((found) -> found.path().endsWith("/" + name))
			.findFirst()
			.orElseThrow();
		return DataFileReader.read(source, ScriptFilling.NONE, problems);
	}

	List<String> texts(String sql) {
		return this.database.values(String.class, sql);
	}

}
