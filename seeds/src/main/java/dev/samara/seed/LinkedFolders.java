package dev.samara.seed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

import dev.samara.script.Finding;
import dev.samara.script.Location;
import dev.samara.script.Place;
import dev.samara.script.ScriptSource;

/**
 * Follows symbolic links of files and folders, which would let a folder of another
 * environment appear below {@code common} or {@code prod}. Files in jars have none.
 */
final class LinkedFolders {

	private LinkedFolders() {
	}

	/**
	 * Return where the location of a file really is.
	 * @return a location with the real path; empty if no link leads to it
	 */
	static Optional<Location> realLocation(ScriptSource source) {
		return Links.of(source)
			.filter((links) -> !links.realRoot().equals(links.root()))
			.map((links) -> new Location(Location.Kind.FILE, links.realRoot().toString().replace('\\', '/'),
					source.location().isOptional(), source.location().encoding()));
	}

	/**
	 * Check a file that production runs.
	 * @return an error if it really is in the folder of another environment
	 */
	static Optional<Finding> check(ScriptSource source) {
		return Links.of(source)
			.filter(Links::isLinked)
			.flatMap((links) -> SeedGuard.foreign(links.realFolders())
				.map((folder) -> Finding.error("foreign-link",
						"The file is in a folder that production runs as well, but a symbolic link leads to "
								+ links.real() + " in \"" + folder + "\", a folder of another environment",
						"Replace the link by a copy of the file, or move the file to common/ and link to it from there.",
						Place.of(source.path()))));
	}

	/**
	 * A file and its location, as they are named and as they really are.
	 *
	 * @param root the folder of the location
	 * @param realRoot the same without links
	 * @param below the path of the file below the location
	 * @param real the file without links
	 */
	private record Links(Path root, Path realRoot, Path below, Path real) {

		static Optional<Links> of(ScriptSource source) {
			return source.file().flatMap((file) -> of(file, Path.of(source.relativePath()).normalize()));
		}

		private static Optional<Links> of(Path file, Path below) {
			Path root = file;
			for (int i = 0; i < below.getNameCount() && root.getParent() != null; i++) {
				root = root.getParent();
			}
			try {
				return Optional.of(new Links(root, root.toRealPath(), below, file.toRealPath()));
			}
			catch (IOException ex) {
				// A file that cannot be read is reported by its reader.
				return Optional.empty();
			}
		}

		boolean isLinked() {
			return !this.real.equals(this.realRoot.resolve(this.below));
		}

		/** The folders that the link has added: those that the location is not in. */
		List<String> realFolders() {
			int common = 0;
			while (common < Math.min(this.realRoot.getNameCount(), this.real.getNameCount() - 1)
					&& this.realRoot.getName(common).equals(this.real.getName(common))) {
				common++;
			}
			return StreamSupport.stream(this.real.spliterator(), false)
				.map(Path::toString)
				.toList()
				.subList(common, this.real.getNameCount() - 1);
		}

	}

}
