package dev.samara.script;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import org.springframework.core.io.Resource;

import dev.samara.Internal;

/**
 * A file that was found and not yet read.
 *
 * @param location the location it was found in
 * @param path the file as its location shows it: the location's folder and the path below
 * it, with forward slashes
 * @param resource the file itself
 * @since 0.1.0
 */
@Internal
public record ScriptSource(Location location, String path, Resource resource) {

	/**
	 * Return the file in the file system.
	 * @return the path as the location leads to it, absolute; empty if the file is in a
	 * jar
	 */
	public Optional<Path> file() {
		try {
			return this.resource.isFile() ? Optional.of(this.resource.getFile().toPath().toAbsolutePath().normalize())
					: Optional.empty();
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Return the path below the location's folder.
	 * @return the path, without a leading slash
	 */
	public String relativePath() {
		String root = this.location.rootFolder();
		return root.isEmpty() ? this.path : this.path.substring(root.length() + 1);
	}

}
