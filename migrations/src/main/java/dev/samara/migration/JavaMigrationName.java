package dev.samara.migration;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.samara.migration.MigrationName.Role;

/**
 * What a migration that is code is called, and where it stands. Its name is what it says
 * itself, or else that of its class, or else that of its bean, if these fit the grammar
 * of files. Pure.
 *
 * @param name what the name says
 * @param path the class, with {@code #} and the name of the bean if that is what says it
 */
record JavaMigrationName(MigrationName name, String path) {

	/** How code that fits no grammar should be named. */
	static final String ADVICE = "Name its bean as in v16__mergeRows, or r__mergeRows if it is to run whenever it changes; "
			+ "or its class as in V16__MergeRows; or let name() return such a name.";

	private static final String WORDS = "(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])";

	/**
	 * Find the name.
	 * @param own what the migration calls itself, or {@code null}
	 * @param type its class
	 * @param bean the name it has among others, or {@code null}
	 * @return the name; empty if none fits
	 */
	static Optional<JavaMigrationName> of(@Nullable String own, Class<?> type, @Nullable String bean) {
		String path = path(type);
		if (own != null) {
			return parse(own).map((name) -> new JavaMigrationName(name, path));
		}
		return parse(writtenType(type).getSimpleName()).map((name) -> new JavaMigrationName(name, path))
			.or(() -> Optional.ofNullable(bean)
				.flatMap((name) -> parse(capitalized(name)))
				.map((name) -> new JavaMigrationName(name, path + "#" + bean)));
	}

	private static Optional<MigrationName> parse(String text) {
		return MigrationName.parseBase(text)
			.filter((name) -> name.role() == Role.UP)
			.map((name) -> new MigrationName(name.role(), name.version(), readable(name.description())));
	}

	/** Methods and beans begin with a small letter. */
	private static String capitalized(String name) {
		return name.startsWith("v") || name.startsWith("r")
				? name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) : name;
	}

	/** {@code LoadISOCodes} is read as "load ISO codes". */
	private static String readable(String description) {
		if (description.indexOf(' ') >= 0) {
			return description;
		}
		return Arrays.stream(description.split(WORDS))
			.map((word) -> word.matches("[A-Z][a-z0-9]*") ? word.toLowerCase(Locale.ROOT) : word)
			.collect(Collectors.joining(" "));
	}

	/**
	 * Return the class as it was written, where one was generated from it.
	 */
	static Class<?> writtenType(Class<?> type) {
		Class<?> parent = type.getSuperclass();
		return (type.getName().contains("$$") && parent != null && parent != Object.class) ? writtenType(parent) : type;
	}

	static String path(Class<?> type) {
		String name = writtenType(type).getName();
		int generated = name.indexOf("$$");
		return (generated > 0) ? name.substring(0, generated) : name;
	}

}
