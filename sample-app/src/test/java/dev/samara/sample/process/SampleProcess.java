package dev.samara.sample.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;

import dev.samara.testing.TestDatabase;

/**
 * The application's jar, started as an operator starts it.
 */
final class SampleProcess implements AutoCloseable {

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private final Process process;

	private final Path log;

	private SampleProcess(Process process, Path log) {
		this.process = process;
		this.log = log;
	}

	/**
	 * Starts the application in profile dev.
	 * @param database its database
	 * @param folder where its log goes
	 * @param name name of the log
	 * @param arguments further arguments of the application
	 */
	static SampleProcess start(TestDatabase database, Path folder, String name, String... arguments) {
		return start(Path.of(System.getProperty("samara.test.jar")), database, folder, name, arguments);
	}

	static SampleProcess start(Path jar, TestDatabase database, Path folder, String name, String... arguments) {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", "-jar", jar.toString(), "--server.port=0", "--spring.profiles.active=dev",
				"--samara.claim-database=" + database.name(), "--samara.migrations.on-non-empty=migrate",
				"--spring.datasource.url=" + database.url(), "--spring.datasource.username=" + database.username(),
				"--spring.datasource.hikari.maximum-pool-size=2"));
		command.addAll(List.of(arguments));
		Path log = folder.resolve(name + ".log");
		try {
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
			builder.environment().put("SPRING_DATASOURCE_PASSWORD", database.password());
			return new SampleProcess(builder.start(), log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	SampleProcess awaitStarted() {
		Awaitility.await(this.log.getFileName().toString())
			.atMost(Duration.ofMinutes(2))
			.failFast("The application has ended", () -> !this.process.isAlive() && !log().contains("Started Nursery"))
			.until(() -> log().contains("Started NurseryApplication"));
		return this;
	}

	/**
	 * Ends the process as {@code kill -9} does.
	 */
	void kill() {
		this.process.destroyForcibly();
		Awaitility.await().until(() -> !this.process.isAlive());
	}

	int awaitEnd() throws InterruptedException {
		return this.process.waitFor();
	}

	int port() {
		Matcher matcher = PORT.matcher(log());
		if (!matcher.find()) {
			throw new IllegalStateException("No port in the log: " + log());
		}
		return Integer.parseInt(matcher.group(1));
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
	public void close() {
		kill();
	}

}
