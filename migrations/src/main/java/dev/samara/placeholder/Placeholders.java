package dev.samara.placeholder;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Which placeholders there are, and how they are written: <code>${name}</code>, or
 * <code>${name:default}</code>. Their values are put into the text as they are: they are
 * text, not parameters, so that a quotation mark in a value ends a literal. They may be
 * secret, and are never logged.
 * <p>
 * Upper and lower case, hyphens and underscores make no difference in names, as in
 * configuration keys, so that each name can be set by an environment variable.
 *
 * @param enabled whether they are replaced in files that do not say otherwise
 * @param prefix what a placeholder begins with
 * @param suffix what it ends with
 * @param values the values by name
 * @since 0.1.0
 */
public record Placeholders(boolean enabled, String prefix, String suffix, Map<String, String> values) {

	private static final Pattern NAME = Pattern.compile("[\\p{L}\\d_][\\p{L}\\d_.-]*");

	/** White space, quotes, the escape, and what begins a comment or ends a statement. */
	private static final Pattern NO_SIGN = Pattern.compile("(?s).*(\\s|['\"\\\\;]|--|/\\*|\\*/).*");

	/** What a placeholder begins with unless configured otherwise. */
	public static final String DEFAULT_PREFIX = "${";

	/** What a placeholder ends with unless configured otherwise. */
	public static final String DEFAULT_SUFFIX = "}";

	/** None, and no file has any unless it says so. */
	public static final Placeholders OFF = new Placeholders(false, DEFAULT_PREFIX, DEFAULT_SUFFIX, Map.of());

	/** What the names of built-in placeholders begin with. */
	public static final String BUILT_IN = "samara.";

	/**
	 * Create placeholders.
	 */
	public Placeholders {
		if (isNoSign(prefix) || isNoSign(suffix) || suffix.contains(":")) {
			throw new IllegalArgumentException("\"" + prefix + "\" and \"" + suffix
					+ "\" cannot stand around the names of placeholders: nothing, quotes, blanks, backslashes, "
					+ "semicolons and comments cannot, nor can a colon end one");
		}
		Map<String, String> byName = new TreeMap<>();
		Map<String, String> written = new TreeMap<>();
		values.forEach((name, value) -> {
			requireName(name);
			String uniform = uniform(name);
			String before = byName.putIfAbsent(uniform, value);
			if (before != null && !before.equals(value)) {
				throw new IllegalArgumentException("The placeholders \"" + written.get(uniform) + "\" and \"" + name
						+ "\" have the same name: case, hyphens and underscores make no difference");
			}
			written.putIfAbsent(uniform, name);
		});
		values = Map.copyOf(values);
	}

	/**
	 * Placeholders that are replaced in all files.
	 * @param values the values by name
	 * @return the placeholders
	 */
	public static Placeholders of(Map<String, String> values) {
		return new Placeholders(true, DEFAULT_PREFIX, DEFAULT_SUFFIX, values);
	}

	/**
	 * Add values.
	 * @param enabled whether placeholders are replaced in files that do not say otherwise
	 * @param more further values by name, which win over those of the same name
	 * @return the placeholders, written in the same way
	 */
	public Placeholders with(boolean enabled, Map<String, String> more) {
		Map<String, String> all = new TreeMap<>(this.values);
		Set<String> names = more.keySet().stream().map(Placeholders::uniform).collect(Collectors.toSet());
		all.keySet().removeIf((name) -> names.contains(uniform(name)));
		all.putAll(more);
		return new Placeholders(enabled, this.prefix, this.suffix, all);
	}

	/**
	 * Find the value of a name.
	 * @param name the name as a file writes it
	 * @return the value, or {@code null} if there is none
	 */
	@Nullable String find(String name) {
		String exact = this.values.get(name);
		if (exact != null) {
			return exact;
		}
		String uniform = uniform(name);
		return this.values.entrySet()
			.stream()
			.filter((entry) -> uniform(entry.getKey()).equals(uniform))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

	Set<String> names() {
		return new TreeSet<>(this.values.keySet());
	}

	static boolean isName(String text) {
		return NAME.matcher(text).matches();
	}

	static String uniform(String name) {
		return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
	}

	private static boolean isNoSign(String text) {
		return text.isEmpty() || NO_SIGN.matcher(text).matches();
	}

	private static void requireName(String name) {
		if (!isName(name)) {
			throw new IllegalArgumentException("\"" + name
					+ "\" is no name for a placeholder: letters, digits, full stops, hyphens and underscores make one");
		}
		if (uniform(name).startsWith(BUILT_IN)) {
			throw new IllegalArgumentException(
					"\"" + name + "\" is no name for a placeholder: those that begin with samara. are built in");
		}
	}

	/** Without the values. */
	@Override
	public String toString() {
		return "Placeholders[enabled=" + this.enabled + ", names=" + names() + "]";
	}

}
