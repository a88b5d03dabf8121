package dev.samara.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.samara.testing.Scripts;

/**
 * Migrations in a temporary folder, laid out as on a class path.
 *
 * @param root the folder that would be on the class path
 * @param count number of migrations
 */
record MigrationFiles(Path root, int count) implements AutoCloseable {

	static final String FOLDER = "db/migration";

	/**
	 * What the migrations do.
	 */
	enum Content {

		/** A table, a column, a row: what early migrations look like. */
		TABLES("""
				CREATE TABLE thing_%1$d (id bigint PRIMARY KEY, name text NOT NULL);
				ALTER TABLE thing_%1$d ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
				INSERT INTO thing_%1$d (id, name) VALUES (1, 'first');
				"""),

		/** Next to no work for the server, so that our own shows. */
		ROWS("""
				INSERT INTO thing (id, name) VALUES (%1$d, 'first');
				UPDATE thing SET name = 'second' WHERE id = %1$d;
				INSERT INTO thing (id, name) VALUES (-%1$d, 'third');
				"""),

		/** What the figures of other tools are about. */
		INDEXES("""
				CREATE TABLE thing_%1$d (id bigint PRIMARY KEY, name text NOT NULL);
				CREATE INDEX thing_%1$d_name ON thing_%1$d (name);
				""");

		private final String text;

		Content(String text) {
			this.text = text;
		}

		private String text(int number) {
			String table = (this == ROWS && number == 1)
					? "CREATE TABLE thing (id bigint PRIMARY KEY, name text NOT NULL);\n" : "";
			return "-- Author: Benchmark\n" + table + this.text.formatted(number);
		}

	}

	static MigrationFiles write(Content content, int count) {
		try {
			Path root = Files.createTempDirectory("samara-benchmark");
			Scripts scripts = Scripts.in(root.resolve(FOLDER));
			IntStream.rangeClosed(1, count)
				.forEach((number) -> scripts.add("V%d__thing_%1$d.sql".formatted(number), content.text(number)));
			return new MigrationFiles(root, count);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Path folder() {
		return this.root.resolve(FOLDER);
	}

	String fileLocation() {
		return "file:" + folder().toAbsolutePath();
	}

	/**
	 * Pack the files.
	 * @return a jar beside them
	 */
	Path jar() {
		Path jar = this.root.resolve("migrations.jar");
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
			for (String folder : List.of("db/", FOLDER + "/")) {
				out.putNextEntry(new JarEntry(folder));
			}
			for (Path file : list()) {
				out.putNextEntry(new JarEntry(FOLDER + "/" + file.getFileName()));
				Files.copy(file, out);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return jar;
	}

	private List<Path> list() throws IOException {
		try (Stream<Path> files = Files.list(folder())) {
			return files.sorted().toList();
		}
	}

	@Override
	public void close() {
		try (Stream<Path> paths = Files.walk(this.root)) {
			paths.sorted(Comparator.reverseOrder()).forEach((path) -> path.toFile().delete());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
