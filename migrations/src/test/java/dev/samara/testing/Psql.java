package dev.samara.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Runs files with PostgreSQL's own client, to compare with.
 *
 * @since 0.1.0
 */
public final class Psql {

	private Psql() {
	}

	/**
	 * Skips the test if the client is not on the path.
	 */
	public static void assumePresent() {
		boolean found = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.flatMap((folder) -> Stream.of(Path.of(folder, "psql"), Path.of(folder, "psql.exe")))
			.anyMatch(Files::isExecutable);
		Assumptions.assumeTrue(found, "No psql on the PATH");
	}

	/**
	 * Runs a file, each statement on its own, up to the first error.
	 * @param database where to run it
	 * @param file what to run
	 * @return how it ended
	 */
	public static Result run(TestDatabase database, Path file) {
		return run(database, List.of(), file);
	}

	/**
	 * Runs a file in one transaction.
	 * @param database where to run it
	 * @param file what to run
	 * @return how it ended
	 */
	public static Result runInOneTransaction(TestDatabase database, Path file) {
		return run(database, List.of("--single-transaction"), file);
	}

	private static Result run(TestDatabase database, List<String> options, Path file) {
		assumePresent();
		PGSimpleDataSource address = database.dataSource();
		List<String> command = new ArrayList<>(List.of("psql", "-X", "-q", "-w", "-v", "ON_ERROR_STOP=1"));
		command.addAll(List.of("-h", address.getServerNames()[0]));
		command.addAll(List.of("-p", String.valueOf(address.getPortNumbers()[0])));
		command.addAll(List.of("-U", database.username(), "-d", database.name()));
		command.addAll(options);
		command.addAll(List.of("-f", file.toString()));
		ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(Redirect.DISCARD);
		builder.environment().put("PGPASSWORD", database.password());
		builder.environment().put("PGCLIENTENCODING", "UTF8");
		try {
			Process process = builder.start();
			process.getOutputStream().close();
			String stderr = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
			return new Result(process.waitFor(), stderr);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while psql ran " + file, ex);
		}
	}

	/**
	 * How a run ended.
	 *
	 * @param exitCode 0 if all went well, 3 after an error in the file
	 * @param stderr notices and errors
	 */
	public record Result(int exitCode, String stderr) {

	}

}
