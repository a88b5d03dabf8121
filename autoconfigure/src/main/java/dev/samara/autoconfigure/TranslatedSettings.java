package dev.samara.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Settings of Flyway or Liquibase as those of Samara, in YAML. Pure. Values that may be
 * secret are replaced by the key that has them, unless they are a variable.
 */
final class TranslatedSettings {

	private static final Pattern PLACEHOLDER = Pattern
		.compile("(?:flyway\\.placeholders|liquibase\\.parameters)(?:\\.(.+)|\\[(.+)])");

	/** A variable without a default, which might be the secret itself. */
	private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^:{}]+}");

	/** Locations that are neither folders nor on the class path. */
	private static final Pattern REMOTE = Pattern.compile("(?:s3|gcs):.*");

	/** Samara's key by the other tool's key. */
	private static final Map<String, String> KEYS = Map.ofEntries(Map.entry("flyway.locations", "locations"),
			Map.entry("flyway.default-schema", "schema"), Map.entry("flyway.schemas", "schema"),
			Map.entry("flyway.target", "target"), Map.entry("flyway.out-of-order", "out-of-order"),
			Map.entry("flyway.placeholder-replacement", "replace-placeholders"),
			Map.entry("flyway.placeholder-prefix", "placeholder-prefix"),
			Map.entry("flyway.placeholder-suffix", "placeholder-suffix"), Map.entry("flyway.url", "url"),
			Map.entry("flyway.user", "user"), Map.entry("flyway.password", "password"),
			Map.entry("liquibase.default-schema", "schema"), Map.entry("liquibase.url", "url"),
			Map.entry("liquibase.user", "user"), Map.entry("liquibase.password", "password"));

	private static final String ENVIRONMENTS = "write -- samara: environments=… into the files that are not for all";

	private static final String FILE_NAMES = "file names are V1__name.sql and R__name.sql";

	private static final String NON_EMPTY = "Samara refuses a schema that is not empty; see samara.migrations.on-non-empty";

	private static final String TRANSACTION = "write -- samara: transaction=none into the files that need it";

	private static final Map<String, String> EXPLANATIONS = Map.ofEntries(
			Map.entry("flyway.enabled", "samara.enabled switches Samara on or off"),
			Map.entry("flyway.baseline-on-migrate", NON_EMPTY), Map.entry("flyway.baseline-version", NON_EMPTY),
			Map.entry("flyway.baseline-description", NON_EMPTY),
			Map.entry("flyway.encoding", "write it behind the location: classpath:db/migration[encoding=…]"),
			Map.entry("flyway.table", "Samara has a table of its own, samara.migrations.table"),
			Map.entry("flyway.lock-retry-count", "see samara.migrations.lock-wait"),
			Map.entry("flyway.create-schemas", "Samara creates the schema if it is missing"),
			Map.entry("flyway.fail-on-missing-locations",
					"a location must exist unless it begins with optional:, as in optional:file:/ops/db"),
			Map.entry("flyway.execute-in-transaction", TRANSACTION), Map.entry("flyway.mixed", TRANSACTION),
			Map.entry("flyway.sql-migration-prefix", FILE_NAMES),
			Map.entry("flyway.sql-migration-separator", FILE_NAMES),
			Map.entry("flyway.sql-migration-suffixes", FILE_NAMES),
			Map.entry("flyway.repeatable-sql-migration-prefix", FILE_NAMES),
			Map.entry("flyway.validate-migration-naming", "Samara always validates file names"),
			Map.entry("flyway.validate-on-migrate", "Samara always validates"),
			Map.entry("flyway.clean-disabled", "Samara has no clean"),
			Map.entry("liquibase.enabled", "samara.enabled switches Samara on or off"),
			Map.entry("liquibase.change-log", "Samara runs the SQL files in samara.migrations.locations"),
			Map.entry("liquibase.contexts", ENVIRONMENTS), Map.entry("liquibase.label-filter", ENVIRONMENTS),
			Map.entry("liquibase.labels", ENVIRONMENTS),
			Map.entry("liquibase.database-change-log-table", "Samara has a table of its own, samara.migrations.table"),
			Map.entry("liquibase.drop-first", "Samara does not drop schemas"));

	private static final Map<String, String> CANONICAL = Stream
		.concat(KEYS.keySet().stream(), EXPLANATIONS.keySet().stream())
		.collect(Collectors.toMap(TranslatedSettings::uniform, Function.identity()));

	private final Map<String, String> lines = new LinkedHashMap<>();

	private final Map<String, String> placeholders = new TreeMap<>();

	private final List<String> comments = new ArrayList<>();

	private TranslatedSettings() {
	}

	/**
	 * Translate settings.
	 * @param settings values by key, such as {@code flyway.default-schema}, in any
	 * spelling
	 * @return YAML, with a comment for each key that has no counterpart
	 */
	static String of(Map<String, String> settings) {
		TranslatedSettings translated = new TranslatedSettings();
		settings.forEach(translated::add);
		return translated.yaml();
	}

	/**
	 * Return the same text for all spellings of a key: {@code SPRING_FLYWAY_OUT_OF_ORDER}
	 * is {@code flyway.out.of.order} and means {@code flyway.out-of-order}. Names of
	 * placeholders stay as they are.
	 */
	static String uniform(String key) {
		int tool = key.indexOf('.') + 1;
		return PLACEHOLDER.matcher(key).matches() ? key
				: key.substring(0, tool) + key.substring(tool).replaceAll("[.-]", "").toLowerCase(Locale.ROOT);
	}

	private void add(String key, String value) {
		Matcher placeholder = PLACEHOLDER.matcher(key);
		if (placeholder.matches()) {
			String name = (placeholder.group(1) != null) ? placeholder.group(1) : placeholder.group(2);
			this.placeholders.put(name, reference(key, value));
			return;
		}
		String known = CANONICAL.getOrDefault(uniform(key), key);
		String own = KEYS.get(known);
		String line = (own != null) ? value(known, own, value) : null;
		if (own != null && line != null) {
			// The default schema comes before the list of schemas, and wins.
			this.lines.putIfAbsent(own, line);
		}
		else {
			comment(known, EXPLANATIONS.getOrDefault(known, "no counterpart"));
		}
	}

	private @Nullable String value(String key, String own, String value) {
		return switch (own) {
			case "locations" -> locations(key, value);
			case "schema" -> schema(key, value);
			case "target" -> target(value.strip());
			case "out-of-order" -> isTrue(value) ? "allow" : "fail";
			case "url", "user", "password" -> reference(key, value);
			case "placeholder-prefix", "placeholder-suffix" -> quoted(value);
			default -> value;
		};
	}

	private @Nullable String locations(String key, String value) {
		List<String> local = new ArrayList<>();
		split(value).forEach((location) -> {
			if (REMOTE.matcher(location).matches()) {
				comment(key, "Samara does not read " + location);
			}
			else {
				local.add(location.replaceFirst("^filesystem:", "file:").replace("{vendor}", "postgresql"));
			}
		});
		return local.isEmpty() ? null : String.join(", ", local);
	}

	private String schema(String key, String value) {
		List<String> schemas = split(value).toList();
		if (schemas.size() > 1) {
			comment(key, "Samara migrates one schema; name the others in the files");
		}
		return schemas.isEmpty() ? value : schemas.get(0);
	}

	/** A question mark after a version makes Flyway accept that it is missing. */
	private static @Nullable String target(String value) {
		return value.equalsIgnoreCase("current") ? null : quoted(value.replaceFirst("\\?$", ""));
	}

	private void comment(String key, String text) {
		this.comments.add("# spring." + key + ": " + text);
	}

	private String yaml() {
		List<String> yaml = new ArrayList<>();
		if (!this.placeholders.isEmpty() || this.lines.containsKey("placeholder-prefix")
				|| this.lines.containsKey("placeholder-suffix")) {
			// Flyway and Liquibase replace them unless told otherwise.
			this.lines.putIfAbsent("replace-placeholders", "true");
		}
		if (!this.lines.isEmpty()) {
			yaml.add("samara:");
			yaml.add("  migrations:");
			this.lines.forEach((key, value) -> yaml.add("    " + key + ": " + value));
			if (!this.placeholders.isEmpty()) {
				yaml.add("    placeholders:");
				this.placeholders.forEach((name, value) -> yaml.add("      " + name(name) + ": " + value));
			}
		}
		yaml.addAll(this.comments);
		return String.join("\n", yaml);
	}

	private static String name(String name) {
		return name.matches("[a-z0-9-]+") ? name : quoted("[" + name + "]");
	}

	private static String reference(String key, String value) {
		return VARIABLE.matcher(value).matches() ? value : "<value of spring." + key + ">";
	}

	private static String quoted(String value) {
		return "\"" + value + "\"";
	}

	private static Stream<String> split(String value) {
		return Arrays.stream(value.split(",")).map(String::strip).filter((part) -> !part.isEmpty());
	}

	private static boolean isTrue(String value) {
		return value.strip().equalsIgnoreCase("true");
	}

}
