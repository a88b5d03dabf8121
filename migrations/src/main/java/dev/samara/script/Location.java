package dev.samara.script;

import org.jspecify.annotations.Nullable;

/**
 * A folder that is searched for scripts, with everything below it:
 * {@code classpath:db/migration} or {@code file:/ops/db}. Ant-style wildcards are
 * allowed. Without a prefix it is on the class path.
 *
 * @param kind where the folder is
 * @param path the folder, without prefix and without slashes around it on the class path,
 * without one at the end in the file system
 * @param isOptional whether the folder need not be there: {@code optional:} stands before
 * the rest
 * @since 0.1.0
 */
public record Location(Kind kind, String path, boolean isOptional) {

	private static final String OPTIONAL = "optional:";

	/**
	 * Where a folder is.
	 */
	public enum Kind {

		/** On the class path, in every jar and folder of it. */
		CLASSPATH("classpath:"),

		/** In the file system. */
		FILE("file:");

		private final String prefix;

		Kind(String prefix) {
			this.prefix = prefix;
		}

	}

	/**
	 * Parse a location.
	 * @param text for example {@code classpath:db/migration}
	 * @return the location
	 * @throws ScriptException if the prefix is not known or the folder is missing
	 */
	public static Location parse(String text) {
		String location = text.strip();
		boolean isOptional = location.startsWith(OPTIONAL);
		if (isOptional) {
			location = location.substring(OPTIONAL.length());
		}
		if (location.startsWith("classpath*:")) {
			location = "classpath:" + location.substring("classpath*:".length());
		}
		int colon = location.indexOf(':');
		if (colon < 0) {
			location = Kind.CLASSPATH.prefix + location;
		}
		Kind kind = kindOf(location);
		if (kind == null) {
			throw new ScriptException("invalid-location", Place.of(text),
					"Unknown kind of location \"" + location.substring(0, colon + 1) + "\"",
					"Write classpath:<folder> or file:<folder>, with optional: before it if it need not be there.");
		}
		String path = stripSlashes(location.substring(kind.prefix.length()), kind);
		if (path.isEmpty()) {
			throw new ScriptException("invalid-location", Place.of(text), "Location \"" + text + "\" names no folder",
					"Name a folder, such as " + kind.prefix + "db/migration.");
		}
		return new Location(kind, path, isOptional);
	}

	private static @Nullable Kind kindOf(String location) {
		for (Kind kind : Kind.values()) {
			if (location.startsWith(kind.prefix)) {
				return kind;
			}
		}
		return null;
	}

	private static String stripSlashes(String path, Kind kind) {
		int start = 0;
		int end = path.length();
		while (kind == Kind.CLASSPATH && start < end && path.charAt(start) == '/') {
			start++;
		}
		while (end > start && path.charAt(end - 1) == '/') {
			end--;
		}
		return path.substring(start, end);
	}

	/**
	 * Return whether the path is a pattern of folders.
	 */
	boolean hasWildcard() {
		return wildcard() >= 0;
	}

	/**
	 * Return the part of the path that holds no wildcard.
	 * @return a folder, possibly empty
	 */
	String rootFolder() {
		int wildcard = wildcard();
		if (wildcard < 0) {
			return this.path;
		}
		int slash = this.path.lastIndexOf('/', wildcard);
		return (slash < 0) ? "" : this.path.substring(0, slash);
	}

	private int wildcard() {
		for (int i = 0; i < this.path.length(); i++) {
			if ("*?{".indexOf(this.path.charAt(i)) >= 0) {
				return i;
			}
		}
		return -1;
	}

	@Override
	public String toString() {
		return (this.isOptional ? OPTIONAL : "") + this.kind.prefix + this.path;
	}

}
