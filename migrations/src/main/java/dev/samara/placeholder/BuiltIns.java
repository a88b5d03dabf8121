package dev.samara.placeholder;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;

/**
 * The placeholders that every file has, <code>${samara.environment}</code> for one.
 *
 * @param values the values of those that are known
 * @since 0.1.0
 */
@Internal
public record BuiltIns(Map<Name, String> values) {

	/** Nothing is known yet. */
	public static final BuiltIns NONE = new BuiltIns(Map.of());

	/**
	 * What they are called, with {@code samara.} before it.
	 */
	public enum Name {

		/** The environment of the application. */
		ENVIRONMENT,

		/** The schema that is migrated or filled. */
		SCHEMA,

		/** The database user. */
		USER,

		/** The database. */
		DATABASE,

		/** When the run began, in UTC. */
		TIMESTAMP,

		/** The version of the migration. */
		VERSION,

		/** The path of the file, as its location shows it. */
		FILE;

		String text() {
			return Placeholders.BUILT_IN + name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * Create built-ins.
	 */
	public BuiltIns {
		values = Map.copyOf(values);
	}

	/**
	 * Add a value.
	 * @param name its name
	 * @param value the value, or {@code null} if there is none
	 * @return the built-ins with the value, if there is one
	 */
	public BuiltIns with(Name name, @Nullable String value) {
		if (value == null) {
			return this;
		}
		Map<Name, String> more = new EnumMap<>(Name.class);
		more.putAll(this.values);
		more.put(name, value);
		return new BuiltIns(more);
	}

	/**
	 * Add values.
	 * @param others those that win
	 * @return both
	 */
	public BuiltIns with(BuiltIns others) {
		Map<Name, String> more = new EnumMap<>(Name.class);
		more.putAll(this.values);
		more.putAll(others.values);
		return new BuiltIns(more);
	}

	/**
	 * Return whether a name is kept for built-in placeholders.
	 * @param name the name
	 * @return whether it begins with {@code samara.}
	 */
	public static boolean isOne(String name) {
		return Placeholders.uniform(name).startsWith(Placeholders.BUILT_IN);
	}

	/**
	 * Return the names there are.
	 * @return with {@code samara.} before them
	 */
	public static List<String> names() {
		return Arrays.stream(Name.values()).map(Name::text).toList();
	}

	@Nullable String find(String name) {
		String uniform = Placeholders.uniform(name);
		return this.values.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().text().equals(uniform))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

}
