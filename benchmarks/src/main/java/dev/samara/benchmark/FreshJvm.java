package dev.samara.benchmark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.postgresql.ds.PGSimpleDataSource;

import dev.samara.testing.TestDatabase;

/**
 * A program that finds nothing to do and prints the nanoseconds it took.
 */
final class FreshJvm {

	static final String YARDSTICK = "yardstick";

	static final String SAMARA = "samara";

	private FreshJvm() {
	}

	/**
	 * Run the program.
	 * @param arguments which side; then URL, user and password of the database, and the
	 * folder of the migrations
	 */
	public static void main(String[] arguments) {
		long start = System.nanoTime();
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setUrl(arguments[1]);
		dataSource.setUser(arguments[2]);
		dataSource.setPassword(arguments[3]);
		if (arguments[0].equals(YARDSTICK)) {
			PlainJdbc.noOp(dataSource, Path.of(arguments[4]));
		}
		else {
			NoOpRuns.requireNothing(
					NoOpRuns.migrator(dataSource, "file:" + arguments[4], FreshJvm.class.getClassLoader()).migrate());
		}
		System.out.println(System.nanoTime() - start);
	}

	/**
	 * Start the program in a JVM of its own.
	 * @return what it printed
	 */
	static long run(String side, TestDatabase database, MigrationFiles files) {
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-cp", classPath(), FreshJvm.class.getName(), side, database.url(), database.username(),
				database.password(), files.folder().toString());
		try {
			Process process = builder.redirectError(Redirect.DISCARD).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (process.waitFor() != 0) {
				throw new IllegalStateException("The program failed: " + builder.command().get(4));
			}
			return Long.parseLong(output.strip());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/** An application has its logging ready before it migrates, whatever that costs. */
	private static String classPath() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("logback") && !entry.contains("slf4j"))
			.collect(Collectors.joining(File.pathSeparator));
	}

}
