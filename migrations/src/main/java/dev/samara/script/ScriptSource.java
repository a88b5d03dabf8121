package dev.samara.script;

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
	 * Return the path below the location's folder.
	 * @return the path, without a leading slash
	 */
	public String relativePath() {
		String root = this.location.rootFolder();
		return root.isEmpty() ? this.path : this.path.substring(root.length() + 1);
	}

}
