package dev.samara.script;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ScriptScannerTests {

	@TempDir
	private Path folder;

	@Test
	void findsFilesOfAFolderAndBelow() throws IOException {
		write("my db/V1__a.sql", "SELECT 1");
		write("my db/2026/V2__b+c.sql", "SELECT 2");
		write("my db/README.md", "no script");

		List<ScriptSource> found = scan("file:" + this.folder + "/my db/");

		assertThat(found).extracting(ScriptSource::relativePath).containsExactly("2026/V2__b+c.sql", "V1__a.sql");
		assertThat(found).extracting(ScriptSource::path)
			.allSatisfy((path) -> assertThat(path).startsWith(this.folder + "/my db/"));
	}

	@Test
	void findsTheFilesOfAMountedConfigMapOnce() throws IOException {
		write("mount/..2026_01/V1__a.sql", "SELECT 1");
		Path mount = this.folder.resolve("mount");
		Files.createSymbolicLink(mount.resolve("..data"), Path.of("..2026_01"));
		Files.createSymbolicLink(mount.resolve("V1__a.sql"), Path.of("..data/V1__a.sql"));

		assertThat(scan("file:" + mount)).extracting(ScriptSource::relativePath).containsExactly("V1__a.sql");
	}

	@Test
	void findsFilesOfARelativeFolder() {
		assertThat(scan("file:src/../src/test/resources/sql")).extracting(ScriptSource::path)
			.isNotEmpty()
			.allSatisfy((path) -> assertThat(path).startsWith("src/../src/test/resources/sql/"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/*.sql", "/shop-*", "/*/V1__a.sql" })
	void missesFoldersLikeALocation(String pattern) throws IOException {
		write("V1__a.sql", "SELECT 1");

		assertThatExceptionOfType(ScriptException.class)
			.isThrownBy(() -> new ScriptScanner(getClass().getClassLoader())
				.scan(Location.parse("file:" + this.folder + pattern), ".sql"))
			.withMessageContaining("No folder is like this location")
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("missing-location"));
	}

	@Test
	void refusesBraces() {
		assertThatExceptionOfType(ScriptException.class).isThrownBy(() -> Location.parse("classpath:db/{vendor}"))
			.withMessageContaining("classpath:db/{vendor}")
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("invalid-location"));
	}

	/** Spring asks the class loader for the folder, and such a jar has none. */
	@Test
	void doesNotSeeAJarWithoutEntriesForItsFolders() throws IOException {
		Path jar = this.folder.resolve("lib.jar");
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
			out.putNextEntry(new JarEntry("db/migration/V2__b.sql"));
			out.write("SELECT 2".getBytes(StandardCharsets.UTF_8));
		}
		try (URLClassLoader classLoader = new URLClassLoader(new URL[] { jar.toUri().toURL() }, null)) {
			ScriptScanner scanner = new ScriptScanner(classLoader);

			assertThatExceptionOfType(ScriptException.class)
				.isThrownBy(() -> scanner.scan(Location.parse("db/migration"), ".sql"))
				.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("missing-location"));
			assertThatExceptionOfType(ScriptException.class)
				.isThrownBy(() -> scanner.scan(Location.parse("classpath:db/*"), ".sql"))
				.withMessageContaining("No folder is like this location");
			assertThat(scanner.scan(Location.parse("optional:classpath:db/*"), ".sql")).isEmpty();
		}
	}

	@Test
	void findsFilesOfFoldersAndJarsOnTheClassPath() throws IOException {
		write("classes/db/migration/V1__a.sql", "SELECT 1");
		Path jar = this.folder.resolve("lib.jar");
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
			out.putNextEntry(new JarEntry("db/"));
			out.putNextEntry(new JarEntry("db/migration/"));
			out.putNextEntry(new JarEntry("db/migration/sub/V2__b.sql"));
			out.write("SELECT 2".getBytes(StandardCharsets.UTF_8));
		}
		URL[] urls = { this.folder.resolve("classes/").toUri().toURL(), jar.toUri().toURL() };
		try (URLClassLoader classLoader = new URLClassLoader(urls, null)) {
			ScriptScanner scanner = new ScriptScanner(classLoader);

			List<ScriptSource> found = scanner.scan(Location.parse("db/migration"), ".sql");

			assertThat(found).extracting(ScriptSource::path)
				.containsExactly("db/migration/V1__a.sql", "db/migration/sub/V2__b.sql");
			assertThat(found).extracting((source) -> ScriptReader.read(source).text())
				.containsExactly("SELECT 1", "SELECT 2");
			assertThat(scanner.scan(Location.parse("classpath:db/*/sub"), ".sql")).extracting(ScriptSource::path)
				.containsExactly("db/migration/sub/V2__b.sql");
		}
	}

	@Test
	void refusesAFolderThatDoesNotExist() {
		assertThatExceptionOfType(ScriptException.class).isThrownBy(() -> scan("file:" + this.folder + "/none"))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("missing-location"));
		assertThatExceptionOfType(ScriptException.class).isThrownBy(() -> scan("classpath:no/such/folder"))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("missing-location"));
	}

	@Test
	void refusesBytesThatAreNotUtf8AndSaysWhere() throws IOException {
		Files.write(this.folder.resolve("V1__a.sql"),
				"SELECT 'é';\nSELECT 'caf\u00e9'".getBytes(StandardCharsets.ISO_8859_1));

		assertThatExceptionOfType(ScriptException.class)
			.isThrownBy(() -> scan("file:" + this.folder).forEach(ScriptReader::read))
			.withMessageContaining("V1__a.sql:1:9: Byte 0xE9 at offset 8 is not UTF-8");
	}

	@ParameterizedTest
	@CsvSource({ "db/migration, classpath:db/migration", "classpath:/db/migration/, classpath:db/migration",
			"classpath*:db, classpath:db", "file:/ops/db/, file:/ops/db", "' file:db ', file:db" })
	void readsLocations(String text, String location) {
		assertThat(Location.parse(text)).hasToString(location);
	}

	@ParameterizedTest
	@ValueSource(strings = { "filesystem:/db", "http://example.org/db", "classpath:", "" })
	void refusesLocationsThatItDoesNotKnow(String text) {
		assertThatExceptionOfType(ScriptException.class).isThrownBy(() -> Location.parse(text))
			.satisfies((ex) -> assertThat(ex.getRemedy()).isNotBlank());
	}

	private List<ScriptSource> scan(String location) {
		return new ScriptScanner(getClass().getClassLoader()).scan(Location.parse(location), ".sql");
	}

	private void write(String path, String content) throws IOException {
		Path file = this.folder.resolve(path);
		Files.createDirectories(file.getParent());
		Files.writeString(file, content);
	}

}
