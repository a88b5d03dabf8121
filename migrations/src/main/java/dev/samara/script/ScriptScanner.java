package dev.samara.script;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;

import dev.samara.Internal;

/**
 * Finds the files of a kind in locations, in exploded folders as in jars, nested ones
 * included.
 *
 * @since 0.1.0
 */
@Internal
public final class ScriptScanner {

	private final ResourcePatternResolver resources;

	/**
	 * Create a scanner.
	 * @param classLoader the class loader of {@code classpath:} locations
	 */
	public ScriptScanner(ClassLoader classLoader) {
		this.resources = new PathMatchingResourcePatternResolver(classLoader);
	}

	/**
	 * Find the files of a location, ordered by path. A file that another location has
	 * found already is not found again.
	 * @param location the location
	 * @param extension the extension with its dot, such as {@code .sql}, in lower case;
	 * files may write it in any; empty for all files
	 * @param seen files found so far, to be handed on as it is; found ones are added
	 * @return the files, possibly none
	 * @throws ScriptException if the location does not exist and is not optional, or
	 * cannot be listed
	 */
	public List<ScriptSource> scan(Location location, String extension, Set<String> seen) {
		try {
			return find(location, extension).stream()
				.filter((found) -> seen.add(found.key()))
				.map(Found::source)
				.sorted(Comparator.comparing(ScriptSource::path))
				.toList();
		}
		catch (FileNotFoundException ex) {
			if (location.isOptional()) {
				return List.of();
			}
			throw missing(location);
		}
		catch (IOException | UncheckedIOException ex) {
			throw new ScriptException("unreadable", Place.of(location.toString()),
					"The location cannot be listed (" + ex.getMessage() + ")",
					"Check that the application may read the folder.");
		}
	}

	/**
	 * Find the files of a location.
	 * @param location the location
	 * @param extension the extension with its dot, in lower case
	 * @return the files, ordered by path
	 */
	public List<ScriptSource> scan(Location location, String extension) {
		return scan(location, extension, new HashSet<>());
	}

	private static boolean hasExtension(String name, String extension) {
		return name.regionMatches(true, name.length() - extension.length(), extension, 0, extension.length());
	}

	/**
	 * A folder of the file system is walked here: what Spring makes of a thousand files
	 * costs more than to read them. Wildcards and jars are Spring's.
	 */
	private List<Found> find(Location location, String extension) throws IOException {
		if (location.hasWildcard()) {
			return match(location, extension);
		}
		if (location.kind() == Location.Kind.FILE) {
			return walk(location, absolute(location.path()), extension);
		}
		Resource[] folders = this.resources.getResources(pattern(location, "/"));
		if (folders.length == 0) {
			throw new FileNotFoundException(location.toString());
		}
		if (!Arrays.stream(folders).allMatch(Resource::isFile)) {
			return match(location, extension);
		}
		List<Found> found = new ArrayList<>();
		for (Resource folder : folders) {
			found.addAll(walk(location, absolute(folder.getFile().getPath()), extension));
		}
		return found;
	}

	private static List<Found> walk(Location location, Path folder, String extension) throws IOException {
		if (!Files.isDirectory(folder)) {
			throw new FileNotFoundException(folder.toString());
		}
		try (Stream<Path> files = Files.find(folder, Integer.MAX_VALUE,
				(file, attributes) -> attributes.isRegularFile() && hasExtension(file.toString(), extension),
				FileVisitOption.FOLLOW_LINKS)) {
			return files.filter((file) -> !isHidden(folder.relativize(file))).map((file) -> {
				String below = folder.relativize(file).toString().replace('\\', '/');
				return new Found(file.toString(),
						new ScriptSource(location, joined(location.path(), below), new FileSystemResource(file)));
			}).toList();
		}
	}

	/**
	 * Kubernetes keeps the versions of a mounted ConfigMap in folders like
	 * {@code ..data}.
	 */
	private static boolean isHidden(Path below) {
		for (Path part : below) {
			if (part.toString().startsWith("..")) {
				return true;
			}
		}
		return false;
	}

	private List<Found> match(Location location, String extension) throws IOException {
		List<Found> found = new ArrayList<>();
		Resource[] matching = this.resources.getResources(pattern(location, "/**/*"));
		if (matching.length == 0 && location.hasWildcard()) {
			throw new FileNotFoundException(location.toString());
		}
		for (Resource resource : matching) {
			if (!hasExtension(String.valueOf(resource.getFilename()), extension)) {
				continue;
			}
			String key = resource.isFile() ? absolute(resource.getFile().getPath()).toString()
					: resource.getURL().toString();
			found.add(new Found(key, new ScriptSource(location, path(location, resource), resource)));
		}
		return found;
	}

	private static String pattern(Location location, String suffix) {
		return switch (location.kind()) {
			case CLASSPATH -> ResourcePatternResolver.CLASSPATH_ALL_URL_PREFIX + location.path() + suffix;
			case FILE -> "file:" + absolute(location.path()).toString().replace('\\', '/') + suffix;
		};
	}

	private String path(Location location, Resource resource) throws IOException {
		String root = location.rootFolder();
		if (location.kind() == Location.Kind.FILE) {
			Path below = absolute(root).relativize(resource.getFile().toPath().toAbsolutePath().normalize());
			return joined(root, below.toString().replace('\\', '/'));
		}
		String path = decodedPath(resource);
		String folder = "/" + root + "/";
		int start = path.lastIndexOf(folder);
		if (start != path.indexOf(folder)) {
			start = startOf(root, folder, path);
		}
		return joined(root, path.substring(start + folder.length()));
	}

	/**
	 * Find the root in a path that holds a folder of its name more than once.
	 */
	private int startOf(String root, String folder, String path) throws IOException {
		int start = -1;
		for (Resource candidate : this.resources
			.getResources(ResourcePatternResolver.CLASSPATH_ALL_URL_PREFIX + root + "/")) {
			String rootPath = decodedPath(candidate);
			int length = rootPath.length() - folder.length();
			if (path.startsWith(rootPath) && (start < 0 || length < start)) {
				start = length;
			}
		}
		return (start >= 0) ? start : path.indexOf(folder, path.lastIndexOf("!/"));
	}

	private static String decodedPath(Resource resource) throws IOException {
		return URLDecoder.decode(resource.getURL().getPath().replace("+", "%2B"), StandardCharsets.UTF_8);
	}

	private static String joined(String root, String below) {
		return root.isEmpty() ? below : root + "/" + below;
	}

	private static Path absolute(String folder) {
		return Path.of(folder).toAbsolutePath().normalize();
	}

	private static ScriptException missing(Location location) {
		if (location.hasWildcard()) {
			return new ScriptException("missing-location", Place.of(location.toString()),
					"No folder is like this location",
					"Name folders, and not files: those below are found by themselves. Write optional:" + location
							+ " in the configuration if there need not be any.");
		}
		return new ScriptException("missing-location", Place.of(location.toString()), "The location does not exist",
				"Create the folder, or write optional:" + location + " in the configuration if it need not be there.");
	}

	/**
	 * A file that was found.
	 *
	 * @param key the same for each way to the file
	 * @param source the file
	 */
	private record Found(String key, ScriptSource source) {

	}

}
