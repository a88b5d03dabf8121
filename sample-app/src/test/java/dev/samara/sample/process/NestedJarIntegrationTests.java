package dev.samara.sample.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Migrations of a library, which is a jar inside of the application's jar.
 */
@PostgresTest
class NestedJarIntegrationTests {

	@Test
	void isALocationLikeAnyOther(TestDatabase server, @TempDir Path folder) throws IOException {
		TestDatabase database = server.newDatabase();

		try (SampleProcess application = SampleProcess
			.start(jarWith(library(folder), folder), database, folder, "nested")
			.awaitStarted()) {
			assertThat(application.log()).contains("Applied 15 (ascii email domains)", "Applied 50 (from a library)");
		}
		assertThat(database.values(String.class, "SELECT script FROM samara_migrations WHERE version = '50'"))
			.containsExactly("db/migration/V50__from_a_library.sql");
	}

	private static Path library(Path folder) throws IOException {
		Path library = folder.resolve("library.jar");
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(library))) {
			out.putNextEntry(new JarEntry("db/"));
			out.putNextEntry(new JarEntry("db/migration/"));
			out.putNextEntry(new JarEntry("db/migration/V50__from_a_library.sql"));
			out.write("CREATE TABLE from_a_library ()".getBytes(StandardCharsets.UTF_8));
		}
		return library;
	}

	private static Path jarWith(Path library, Path folder) throws IOException {
		Path jar = Files.copy(Path.of(System.getProperty("samara.test.jar")), folder.resolve("application.jar"));
		// The launcher opens a jar inside of a jar only if it is not compressed.
		try (FileSystem content = FileSystems.newFileSystem(jar, Map.of("compressionMethod", "STORED"))) {
			Files.copy(library, content.getPath("BOOT-INF/lib/library.jar"));
		}
		return jar;
	}

}
