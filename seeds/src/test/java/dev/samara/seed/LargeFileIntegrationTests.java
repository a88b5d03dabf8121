package dev.samara.seed;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

import dev.samara.environment.Environment;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program with little memory loads files that are several times as large.
 */
@PostgresTest
class LargeFileIntegrationTests {

	private static final int HEAP_IN_MEGABYTES = 64;

	private static final int ROWS = 100_000;

	/** Makes the file three times as large as the heap. */
	private static final String FILLER = "x".repeat(3 * (HEAP_IN_MEGABYTES << 20) / ROWS);

	private final TestDatabase server;

	@TempDir
	private Path folder;

	LargeFileIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	/**
	 * Seeds. The environment variable PGPASSWORD holds the password.
	 * @param arguments the folder, URL and user of the database
	 */
	public static void main(String[] arguments) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(arguments[1]);
		dataSource.setUser(arguments[2]);
		dataSource.setPassword(System.getenv("PGPASSWORD"));
		SeedRunner.builder(dataSource)
			.settings(SeedSettings.builder().locations("file:" + arguments[0]).environment(Environment.DEV).build())
			.build()
			.run();
	}

	@Test
	void loadsRowsThatDoNotFitIntoMemory() throws Exception {
		write("csv", "id,text\n", (row) -> row + "," + FILLER + "\n", "");

		load(false);
	}

	@ParameterizedTest
	@ValueSource(strings = { "csv", "json", "yaml" })
	void mergesRowsThatDoNotFitIntoMemory(String format) throws Exception {
		Assumptions.assumeTrue(Boolean.getBoolean("samara.test.long"),
				"Takes more than a minute; -Dsamara.test.long=true runs it");
		switch (format) {
			case "csv" -> write("csv", "id,text\n", (row) -> row + "," + FILLER + "\n", "");
			case "json" -> write("json", "[",
					(row) -> ((row > 1) ? ",\n" : "") + "{\"id\": " + row + ", \"text\": \"" + FILLER + "\"}", "]");
			default -> write("yaml", "", (row) -> "- id: " + row + "\n  text: " + FILLER + "\n", "");
		}

		load(true);
	}

	private void load(boolean isFilled) throws Exception {
		TestDatabase database = this.server.newDatabase();
		database.execute("CREATE UNLOGGED TABLE plant (id int PRIMARY KEY, text text)");
		if (isFilled) {
			database.execute("INSERT INTO plant VALUES (1, 'another')");
		}
		Path log = this.folder.resolve("program.log");
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx" + HEAP_IN_MEGABYTES + "m", "-XX:+UseSerialGC", "-cp", classPath,
				LargeFileIntegrationTests.class.getName(), this.folder.resolve("seeds").toString(), database.url(),
				database.username());
		builder.environment().put("PGPASSWORD", database.password());
		Process program = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
		try {
			assertThat(program.waitFor(10, TimeUnit.MINUTES)).isTrue();
		}
		finally {
			program.destroyForcibly();
		}

		assertThat(program.exitValue()).as(() -> text(log)).isZero();
		assertThat(database.value(Long.class, "SELECT count(*) FROM plant WHERE length(text) = " + FILLER.length()))
			.isEqualTo(ROWS);
	}

	private void write(String extension, String head, LongFunction<String> row, String end) throws IOException {
		Path file = this.folder.resolve("seeds/dev/010_plant." + extension);
		Files.createDirectories(file.getParent());
		try (BufferedWriter writer = Files.newBufferedWriter(file)) {
			writer.write(head);
			for (long number = 1; number <= ROWS; number++) {
				writer.write(row.apply(number));
			}
			writer.write(end);
		}
	}

	private static String text(Path log) {
		try {
			return Files.readString(log);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

}
