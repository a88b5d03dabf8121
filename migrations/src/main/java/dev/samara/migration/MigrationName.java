package dev.samara.migration;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a file's name says. Two grammars hold side by side, and a name has one reading:
 * <ul>
 * <li>{@code V1__name.sql}, {@code V1.2__name.sql}, {@code V1_2__name.sql};
 * {@code U1__name.sql} takes it back; {@code R__name.sql} is repeatable</li>
 * <li>{@code 001_name.sql}, {@code 1.2_name.sql}, {@code 20260115103000_name.sql},
 * {@code 001.sql}</li>
 * <li>both: {@code ….up.sql} is the same as {@code ….sql}, {@code ….down.sql} takes it
 * back, and so does what stands in a folder {@code rollback/} under the same version</li>
 * </ul>
 *
 * @param role what the file is for
 * @param version the version, or {@code null} for a repeatable migration
 * @param description the rest of the name, with blanks for underscores
 */
record MigrationName(Role role, @Nullable MigrationVersion version, String description) {

	/** How the files that fit none of the grammars should be named. */
	private static final String ADVICE = "Name it V<version>__<name>.sql or <version>_<name>.sql, R__<name>.sql if it is to run "
			+ "whenever it changes, or move it out of the migrations' location.";

	private static final String VERSION = "(?<version>\\d+(?:[._]\\d+)*)";

	private static final Pattern PREFIXED = Pattern.compile("(?<prefix>[VU])" + VERSION + "(?:__(?<name>.+))?");

	private static final Pattern REPEATABLE = Pattern.compile("R__(?<name>.+)");

	private static final Pattern PLAIN = Pattern.compile("(?<version>\\d+(?:\\.\\d+)*)(?:[_-](?<name>.+))?");

	private static final Pattern NEARLY_VERSIONED = Pattern
		.compile("(?<prefix>[VvUu])[_-]*" + VERSION + "(?:[_.\\- ]+(?<name>[^_.\\- ].*))?");

	private static final Pattern NEARLY_REPEATABLE = Pattern.compile("[Rr][_-]+(?<name>[^_-].*)");

	private static final Pattern WAY = Pattern.compile("(?i)(\\.(?:up|down))?\\.sql$");

	enum Role {

		UP, DOWN

	}

	/**
	 * Read a name.
	 * @param path the path below the location, with forward slashes
	 * @return what it says; empty if it fits no grammar
	 */
	static Optional<MigrationName> parse(String path) {
		String name = path.substring(path.lastIndexOf('/') + 1);
		if (!name.toLowerCase(Locale.ROOT).endsWith(".sql")) {
			return Optional.empty();
		}
		String base = name.substring(0, name.length() - ".sql".length());
		Role role = isInRollbackFolder(path) ? Role.DOWN : Role.UP;
		String lowerCase = base.toLowerCase(Locale.ROOT);
		if (lowerCase.endsWith(".down")) {
			role = Role.DOWN;
			base = base.substring(0, base.length() - ".down".length());
		}
		else if (lowerCase.endsWith(".up")) {
			base = base.substring(0, base.length() - ".up".length());
		}
		return parse(base, role);
	}

	/**
	 * Return how a file should be named that fits none of the grammars.
	 * @param path the path below the location, with forward slashes
	 * @return the name, if it is clear which one is meant
	 */
	static String advice(String path) {
		String file = path.substring(path.lastIndexOf('/') + 1);
		Matcher way = WAY.matcher(file);
		return (way.find() ? meant(file.substring(0, way.start())) : Optional.<String>empty())
			.map((meant) -> "Name it " + meant + way.group() + ", or move it out of the migrations' location.")
			.orElse(ADVICE);
	}

	private static Optional<String> meant(String base) {
		Matcher versioned = NEARLY_VERSIONED.matcher(base);
		if (versioned.matches()) {
			String name = versioned.group("name");
			return Optional.of(versioned.group("prefix").toUpperCase(Locale.ROOT) + versioned.group("version")
					+ ((name != null) ? "__" + name : ""));
		}
		Matcher repeatable = NEARLY_REPEATABLE.matcher(base);
		return repeatable.matches() ? Optional.of("R__" + repeatable.group("name")) : Optional.empty();
	}

	/**
	 * Read a name that has no ending.
	 */
	static Optional<MigrationName> parseBase(String base) {
		return parse(base, Role.UP);
	}

	private static Optional<MigrationName> parse(String base, Role role) {
		Matcher prefixed = PREFIXED.matcher(base);
		if (prefixed.matches()) {
			boolean isDown = role == Role.DOWN || prefixed.group("prefix").equals("U");
			return Optional.of(versioned(isDown ? Role.DOWN : Role.UP, prefixed));
		}
		Matcher repeatable = REPEATABLE.matcher(base);
		if (repeatable.matches()) {
			return Optional.of(new MigrationName(role, null, readable(repeatable.group("name"))));
		}
		Matcher plain = PLAIN.matcher(base);
		return plain.matches() ? Optional.of(versioned(role, plain)) : Optional.empty();
	}

	private static MigrationName versioned(Role role, Matcher matcher) {
		return new MigrationName(role, MigrationVersion.of(matcher.group("version")), readable(matcher.group("name")));
	}

	private static boolean isInRollbackFolder(String path) {
		return path.startsWith("rollback/") || path.contains("/rollback/");
	}

	private static String readable(@Nullable String name) {
		return (name != null) ? name.replace('_', ' ').strip() : "";
	}

	MigrationName down() {
		return new MigrationName(Role.DOWN, this.version, this.description);
	}

	MigrationKey key() {
		return MigrationKey.of(this.version, this.description);
	}

}
