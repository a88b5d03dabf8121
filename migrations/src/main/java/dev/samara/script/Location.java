package dev.samara.script;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A folder that is searched for scripts, with everything below it:
 * {@code classpath:db/migration} or {@code file:/ops/db}. Ant-style wildcards are
 * allowed. Without a prefix it is on the class path. Files in another encoding than UTF-8
 * have it said at the end: {@code classpath:db/legacy[encoding=windows-1252]}.
 *
 * @param kind where the folder is
 * @param path the folder, without prefix and without slashes around it on the class path,
 * without one at the end in the file system
 * @param isOptional whether the folder need not be there: {@code optional:} stands before
 * the rest
 * @param encoding the encoding of its files, unless they say otherwise themselves
 * @since 0.1.0
 */
public record Location(Kind kind, String path, boolean isOptional, Charset encoding) {

	private static final String OPTIONAL = "optional:";

	private static final Pattern ATTRIBUTE = Pattern.compile("(?s)(.*?)\\s*\\[([^=\\[\\]]*)=?([^\\[\\]]*)]");

	/**
	 * Create a location of files in UTF-8.
	 * @param kind where the folder is
	 * @param path the folder
	 * @param isOptional whether the folder need not be there
	 */
	public Location(Kind kind, String path, boolean isOptional) {
		this(kind, path, isOptional, StandardCharsets.UTF_8);
	}

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
	 * @throws ScriptException if the prefix or the encoding is not known, or the folder
	 * is missing
	 */
	public static Location parse(String text) {
		String location = text.strip();
		Charset encoding = StandardCharsets.UTF_8;
		Matcher attribute = ATTRIBUTE.matcher(location);
		if (attribute.matches()) {
			encoding = encoding(text, attribute.group(2).strip(), attribute.group(3).strip());
			location = attribute.group(1);
		}
		else if (location.lastIndexOf('[') > location.lastIndexOf(']')) {
			throw new ScriptException("invalid-location", Place.of(text),
					"Location \"" + text + "\" has a \"[\" and no \"]\" after it",
					"Write the encoding as in classpath:db/legacy[encoding=windows-1252].");
		}
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
		if (path.contains("{")) {
			throw new ScriptException("invalid-location", Place.of(text),
					"Nothing replaces what stands in braces in location \"" + text + "\"",
					"Write the folder's name, or * for any; {vendor} is always PostgreSQL here.");
		}
		return new Location(kind, path, isOptional, encoding);
	}

	private static Charset encoding(String location, String attribute, String value) {
		if (!attribute.equals(Encoding.DIRECTIVE)) {
			String meant = Encoding.meant(value.isEmpty() ? attribute : value).orElse(null);
			throw new ScriptException("invalid-location", Place.of(location),
					"Nothing is known of a location but its encoding, and not \"" + attribute + "\"",
					"Write [encoding=" + ((meant != null) ? meant + "]" : "windows-1252] for example")
							+ ", or nothing for UTF-8.");
		}
		return Encoding.of(value, Place.of(location));
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
			if ("*?".indexOf(this.path.charAt(i)) >= 0) {
				return i;
			}
		}
		return -1;
	}

	@Override
	public String toString() {
		return (this.isOptional ? OPTIONAL : "") + this.kind.prefix + this.path
				+ (this.encoding.equals(StandardCharsets.UTF_8) ? "" : "[encoding=" + this.encoding.name() + "]");
	}

}
