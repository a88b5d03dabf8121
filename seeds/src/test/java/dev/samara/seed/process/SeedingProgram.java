package dev.samara.seed.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.postgresql.ds.PGSimpleDataSource;

import dev.samara.environment.Application;
import dev.samara.environment.Environment;
import dev.samara.seed.ReversibleSeeder;
import dev.samara.seed.SeedContext;
import dev.samara.seed.SeedRollback;
import dev.samara.seed.SeedRunner;
import dev.samara.seed.SeedSettings;
import dev.samara.testing.TestDatabase;

/**
 * A program that seeds, or takes seeds back, and ends.
 */
final class SeedingProgram implements AutoCloseable {

	private final String name;

	private final TestDatabase database;

	private final Process process;

	private final Path log;

	private SeedingProgram(String name, TestDatabase database, Process process, Path log) {
		this.name = name;
		this.database = database;
		this.process = process;
		this.log = log;
	}

	/** The instances are one application, whatever their sessions are called. */
	private static final List<String> NAMES = Stream
		.concat(Stream.of("complete", "first", "last"),
				IntStream.rangeClosed(0, 50).mapToObj((number) -> "program-" + number))
		.toList();

	/**
	 * Seeds in environment dev. The environment variable PGPASSWORD holds the password.
	 * @param arguments the name of the instance; URL and user of the database; the
	 * location of the seeds; what to do, and with what
	 */
	public static void main(String[] arguments) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(arguments[1]);
		dataSource.setUser(arguments[2]);
		dataSource.setPassword(System.getenv("PGPASSWORD"));
		SeedRunner runner = SeedRunner.builder(dataSource)
			.settings(SeedSettings.builder()
				.locations(arguments[3])
				.environment(Environment.DEV)
				.claimDatabase(dataSource.getDatabaseName())
				.applicationAliases(NAMES)
				.lockWait(Duration.ofMinutes(5))
				.application(new Application(arguments[0], null))
				.build())
			.seeders(List.of(new Statistics()))
			.build();
		switch (arguments[4]) {
			case "run" -> runner.run();
			case "rollback" -> runner.rollback(SeedRollback.of(arguments[5]));
			case "clear" -> runner.clear(arguments[5]);
			case "reset" -> runner.reset(arguments[5]);
			default -> throw new IllegalArgumentException(arguments[4]);
		}
	}

	static SeedingProgram start(TestDatabase database, String name, String location, Path logs, String action) {
		return start(database, name, location, logs, action, database.name());
	}

	static SeedingProgram start(TestDatabase database, String name, String location, Path logs, String action,
			String what) {
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath,
				SeedingProgram.class.getName(), name, database.url(), database.username(), location, action, what);
		builder.environment().put("PGPASSWORD", database.password());
		Path log = logs.resolve(name + ".log");
		try {
			Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
			return new SeedingProgram(name, database, process, log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Waits until the server does for this program what the condition says.
	 * @param condition on a row of {@code pg_stat_activity}
	 */
	SeedingProgram await(String condition) {
		Awaitility.await(this.name + ": " + condition)
			.pollInterval(Duration.ofMillis(5))
			.atMost(Duration.ofMinutes(1))
			.failFast("The program has ended", () -> !this.process.isAlive())
			.until(() -> backends(condition) > 0);
		return this;
	}

	/**
	 * Ends the process as {@code kill -9} does. The server may not notice.
	 */
	SeedingProgram kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
		return this;
	}

	/**
	 * Ends the backend the program has left, as an administrator may, and waits until it
	 * is gone, with or without that.
	 */
	void awaitBackendGone(boolean terminate) {
		if (terminate) {
			this.database.values(Boolean.class, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
					+ "datname = current_database() AND application_name = ?", "samara " + this.name);
		}
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> backends("true") == 0);
	}

	private long backends(String condition) {
		return this.database.value(Long.class,
				"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = ? AND ("
						+ condition + ")",
				"samara " + this.name);
	}

	boolean isWorking(String condition) {
		return backends(condition) > 0;
	}

	int awaitEnd() throws InterruptedException {
		return this.process.waitFor();
	}

	String log() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String toString() {
		return this.name;
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	/** Code among the files: a row for each species, if there are any. */
	private static final class Statistics implements ReversibleSeeder {

		@Override
		public String name() {
			return "050_statistics";
		}

		@Override
		public List<String> environments() {
			return List.of("staging", "dev");
		}

		@Override
		public void seed(SeedContext context) {
			context.addRows(context.jdbc()
				.update("INSERT INTO statistics SELECT name, 1 FROM species WHERE name < 'species-00000010'"));
		}

		@Override
		public void rollback(SeedContext context) {
			context.addRows(context.jdbc().update("DELETE FROM statistics"));
		}

	}

}
