package dev.samara.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an IDE knows of the keys, read from the jar that was built, and the page that
 * lists them.
 */
class ConfigurationMetadataIntegrationTests {

	private static final Set<String> WITHOUT_DEFAULT = Set.of("samara.environment", "samara.environments",
			"samara.claim-database", "samara.migrations.rollback-database", "samara.migrations.schema",
			"samara.migrations.url", "samara.migrations.user", "samara.migrations.password",
			"samara.migrations.placeholders", "samara.seeds.level", "samara.seeds.placeholders",
			"samara.seeds.checks.queries", "samara.seeds.checks.rows", "samara.seeds.application-aliases");

	private static final Pattern ROW = Pattern
		.compile("^\\| `((?:samara|management)\\.[a-z.-]+)(?:\\.<[a-z]+>)?` \\| (.+?) \\| (.+?) \\|$");

	private static JsonNode metadata;

	private static final Map<String, JsonNode> keys = new TreeMap<>();

	@BeforeAll
	static void readTheJar() throws IOException {
		try (JarFile jar = new JarFile(System.getProperty("samara.test.jar"));
				InputStream json = jar.getInputStream(jar.getEntry("META-INF/spring-configuration-metadata.json"))) {
			metadata = JsonMapper.shared().readTree(json);
		}
		metadata.get("properties").forEach((property) -> keys.put(property.get("name").asString(), property));
	}

	@Test
	void everyKeyIsOurs() {
		assertThat(keys).isNotEmpty()
			.allSatisfy((name, property) -> assertThat(name)
				.matches("samara\\..+|management\\.(endpoint\\.(migrations|seeds)|health\\.migrations)\\..+"));
	}

	@Test
	void everyKeyHasTypeAndDescription() {
		assertThat(keys).allSatisfy((name, property) -> {
			assertThat(property.path("type").asString("")).isNotEmpty();
			assertThat(property.path("description").asString("")).endsWith(".")
				.doesNotStartWith("The ")
				.doesNotStartWith("A ");
		});
	}

	@Test
	void everySwitchSaysWhether() {
		assertThat(keys.values()).filteredOn((property) -> property.get("type").asString().equals("java.lang.Boolean"))
			.isNotEmpty()
			.allSatisfy((property) -> assertThat(property.get("description").asString()).startsWith("Whether "));
	}

	@Test
	void everyKeyHasADefaultUnlessItHasNone() {
		assertThat(keys).allSatisfy((name, property) -> assertThat(property.has("defaultValue")).as(name)
			.isNotEqualTo(WITHOUT_DEFAULT.contains(name)));
		assertThat(keys).containsKeys(WITHOUT_DEFAULT.toArray(String[]::new));
	}

	@Test
	void everyChoiceIsExplained() throws ClassNotFoundException {
		Map<String, JsonNode> hints = StreamSupport.stream(metadata.get("hints").spliterator(), false)
			.collect(Collectors.toMap((hint) -> hint.get("name").asString(), (hint) -> hint));
		int choices = 0;
		for (Map.Entry<String, JsonNode> key : keys.entrySet()) {
			String type = key.getValue().get("type").asString();
			if (type.startsWith("dev.samara.")) {
				choices++;
				assertThat(hints).containsKey(key.getKey());
				assertThat(StreamSupport.stream(hints.get(key.getKey()).get("values").spliterator(), false)
					.peek((value) -> assertThat(value.get("description").asString()).isNotEmpty())
					.map((value) -> value.get("value").asString().toUpperCase(Locale.ROOT)))
					.containsExactlyInAnyOrderElementsOf(
							List.of(Class.forName(type).getEnumConstants()).stream().map(Object::toString).toList());
			}
		}
		assertThat(choices).isEqualTo(7);
	}

	@Test
	void everyHintBelongsToAKey() {
		assertThat(metadata.get("hints")).allSatisfy((hint) -> assertThat(keys)
			.containsKey(hint.get("name").asString().replaceAll("\\.(keys|values)$", "")));
	}

	@Test
	void thePageListsEveryKeyAsItIs() throws IOException {
		Path page = page();
		Map<String, String> rows = new TreeMap<>();
		for (String line : Files.readAllLines(page)) {
			Matcher row = ROW.matcher(line);
			if (row.matches()) {
				assertThat(rows.put(row.group(1), row.group(2) + " | " + row.group(3))).as(line).isNull();
			}
		}

		assertThat(rows.keySet()).isEqualTo(new TreeSet<>(keys.keySet()));
		keys.forEach((name, property) -> assertThat(rows.get(name)).isEqualTo(property.get("description").asString()
				+ " | " + (property.has("defaultValue") ? "`" + property.get("defaultValue").asString() + "`" : "–")));
	}

	private static Path page() {
		Path folder = Path.of("").toAbsolutePath();
		while (folder != null && !Files.exists(folder.resolve("docs/configuration.md"))) {
			folder = folder.getParent();
		}
		Assumptions.assumeTrue(folder != null, "docs/configuration.md is not here: the module is built on its own");
		return folder.resolve("docs/configuration.md");
	}

}
