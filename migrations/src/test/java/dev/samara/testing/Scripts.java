package dev.samara.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes migration files for a test:
 * {@code Scripts.in(dir).add("V1__a.sql", "SELECT 1")}.
 *
 * @since 0.1.0
 */
public final class Scripts {

	private final Path folder;

	private Scripts(Path folder) {
		this.folder = folder;
	}

	/**
	 * Scripts in a folder of the test.
	 * @param folder usually a {@code @TempDir}
	 * @return scripts that are written there
	 */
	public static Scripts in(Path folder) {
		return new Scripts(folder);
	}

	/**
	 * Writes a file, or writes it anew.
	 * @param name the file's name, with folders if it has any
	 * ({@code rollback/001_a.sql})
	 * @param content the text of the file, written as it is in UTF-8
	 * @return these scripts
	 */
	public Scripts add(String name, String content) {
		try {
			Path file = path(name);
			Files.createDirectories(file.getParent());
			Files.writeString(file, content);
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Deletes a file.
	 * @param name the name of a file that is there
	 * @return these scripts
	 */
	public Scripts remove(String name) {
		try {
			Files.delete(path(name));
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public Path path(String name) {
		return this.folder.resolve(name);
	}

	/**
	 * The folder as a location.
	 * @return {@code file:} and the absolute path, without a slash at the end
	 */
	public String location() {
		return "file:" + this.folder.toAbsolutePath();
	}

}
