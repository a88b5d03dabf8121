package dev.samara.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;

/**
 * Finds the migrations of real projects. They are data beside the repository, in
 * {@code shared/corpora} of a folder around the working directory or where system
 * property {@value #PROPERTY} says; tests that need them are skipped without.
 *
 * @since 0.1.0
 */
public final class Corpora {

	static final String PROPERTY = "samara.corpora";

	private Corpora() {
	}

	/**
	 * Skips the test if there are no corpora.
	 */
	public static void assumePresent() {
		Assumptions.assumeTrue(find().isPresent(), "No corpora: there is no shared/corpora in any folder around "
				+ Path.of("").toAbsolutePath() + ", and system property " + PROPERTY + " names none");
	}

	/**
	 * The folder of the corpora; the test is skipped if there is none.
	 * @return an existing folder
	 */
	public static Path root() {
		assumePresent();
		return find().orElseThrow();
	}

	/**
	 * The names of all sets; the test is skipped if there are no corpora.
	 * @return the names in alphabetical order
	 */
	public static List<String> sets() {
		try (Stream<Path> folders = Files.list(root().resolve("sets"))) {
			return folders.map((folder) -> folder.getFileName().toString()).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The plan of a set; the test is skipped if there are no corpora.
	 * @param set the name of the set
	 * @return how its files apply
	 */
	public static CorpusPlan plan(String set) {
		return CorpusPlan.read(root(), set);
	}

	private static Optional<Path> find() {
		String configured = System.getProperty(PROPERTY, "");
		if (!configured.isBlank()) {
			return Optional.of(Path.of(configured)).filter(Files::isDirectory);
		}
		return Stream.iterate(Path.of("").toAbsolutePath(), (folder) -> folder != null, Path::getParent)
			.map((folder) -> folder.resolve("shared/corpora"))
			.filter(Files::isDirectory)
			.findFirst();
	}

}
