package dev.samara.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings of Flyway or Liquibase as those of Samara, in YAML. Pure. Values that may be
 * secret are replaced by the key that has them.
 */
final class TranslatedSettings {

	/** By the other tool's key, in lower case and without dashes. */
	private static final Map<String, Translation> TRANSLATIONS = Map.ofEntries(
			Map.entry("flyway.locations", (key, value) -> "locations: " + locations(value)),
			Map.entry("flyway.schemas", (key, value) -> "schema: " + value.split(",")[0].strip()),
			Map.entry("flyway.defaultschema", (key, value) -> "schema: " + value),
			Map.entry("flyway.target", (key, value) -> "target: \"" + value + "\""),
			Map.entry("flyway.outoforder", (key, value) -> "out-of-order: " + (isTrue(value) ? "allow" : "fail")),
			Map.entry("flyway.placeholderreplacement", (key, value) -> "replace-placeholders: " + value),
			Map.entry("flyway.placeholderprefix", (key, value) -> "placeholder-prefix: \"" + value + "\""),
			Map.entry("flyway.placeholdersuffix", (key, value) -> "placeholder-suffix: \"" + value + "\""),
			Map.entry("flyway.url", (key, value) -> "url: " + valueOf(key)),
			Map.entry("flyway.user", (key, value) -> "user: " + valueOf(key)),
			Map.entry("flyway.password", (key, value) -> "password: " + valueOf(key)),
			Map.entry("liquibase.defaultschema", (key, value) -> "schema: " + value),
			Map.entry("liquibase.url", (key, value) -> "url: " + valueOf(key)),
			Map.entry("liquibase.user", (key, value) -> "user: " + valueOf(key)),
			Map.entry("liquibase.password", (key, value) -> "password: " + valueOf(key)));

	private static final Map<String, String> EXPLANATIONS = Map.ofEntries(
			Map.entry("flyway.enabled", "samara.enabled switches Samara on or off"),
			Map.entry("flyway.baselineonmigrate",
					"Samara refuses a schema that is not empty; see samara.migrations.on-non-empty"),
			Map.entry("flyway.encoding", "write it behind the location: classpath:db/migration[encoding=…]"),
			Map.entry("flyway.table", "Samara has a table of its own, samara.migrations.table"),
			Map.entry("flyway.lockretrycount", "see samara.migrations.lock-wait"),
			Map.entry("flyway.validateonmigrate", "Samara always validates"),
			Map.entry("flyway.cleandisabled", "Samara has no clean"),
			Map.entry("liquibase.enabled", "samara.enabled switches Samara on or off"),
			Map.entry("liquibase.changelog", "Samara runs the SQL files in samara.migrations.locations"),
			Map.entry("liquibase.contexts", "write -- samara: environments=… into the files that are not for all"),
			Map.entry("liquibase.labelfilter", "write -- samara: environments=… into the files that are not for all"));

	private final List<String> lines = new ArrayList<>();

	private final Map<String, String> placeholders = new TreeMap<>();

	private final List<String> comments = new ArrayList<>();

	private TranslatedSettings() {
	}

	/**
	 * Translate settings.
	 * @param settings values by key, such as {@code flyway.default-schema}
	 * @return YAML, with a comment for each key that has no counterpart
	 */
	static String of(Map<String, String> settings) {
		TranslatedSettings translated = new TranslatedSettings();
		settings.forEach(translated::add);
		return translated.yaml();
	}

	private void add(String key, String value) {
		String uniform = key.replace("-", "").toLowerCase(Locale.ROOT);
		Translation translation = TRANSLATIONS.get(uniform);
		if (translation != null) {
			this.lines.add(translation.line(key, value));
		}
		else if (uniform.startsWith("flyway.placeholders.") || uniform.startsWith("liquibase.parameters.")) {
			this.placeholders.put(key.substring(key.indexOf('.', key.indexOf('.') + 1) + 1), valueOf(key));
		}
		else {
			this.comments.add("# spring." + key + ": "
					+ EXPLANATIONS.getOrDefault(uniform.replaceAll("\\[\\d+]", ""), "no counterpart"));
		}
	}

	private String yaml() {
		List<String> yaml = new ArrayList<>();
		if (!this.placeholders.isEmpty() && this.lines.stream().noneMatch((line) -> line.startsWith("replace-"))) {
			// Flyway and Liquibase replace them unless told otherwise.
			this.lines.add("replace-placeholders: true");
		}
		if (!this.lines.isEmpty() || !this.placeholders.isEmpty()) {
			yaml.add("samara:");
			yaml.add("  migrations:");
			this.lines.forEach((line) -> yaml.add("    " + line));
			if (!this.placeholders.isEmpty()) {
				yaml.add("    placeholders:");
				this.placeholders.forEach((name, value) -> yaml.add("      " + name + ": " + value));
			}
		}
		yaml.addAll(this.comments);
		return String.join("\n", yaml);
	}

	private static String valueOf(String key) {
		return "<value of spring." + key + ">";
	}

	private static String locations(String value) {
		return value.replace("filesystem:", "file:");
	}

	private static boolean isTrue(String value) {
		return value.strip().equalsIgnoreCase("true");
	}

	/**
	 * What becomes of one setting.
	 */
	@FunctionalInterface
	private interface Translation {

		String line(String key, String value);

	}

}
