package dev.samara.seed;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.samara.environment.Environment;
import dev.samara.seed.data.DataMode;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Running seeds twice changes nothing, not even the version of a row, in whatever form
 * and mode; and a file that has changed in one row touches that one.
 */
@PostgresTest
class RepeatedSeedIntegrationTests {

	private static final String CSV = "tag,species_id -> species.name,price\na,Acer,1.50\nb,Tilia,2.5\nc,Acer,\n";

	private static final String YAML = """
			- {tag: a, species_id: {ref: species, name: Acer}, price: 1.50}
			- {tag: b, species_id: {ref: species, name: Tilia}, price: 2.5}
			- {tag: c, species_id: {ref: species, name: Acer}, price: null}
			""";

	private static final String ROWS = """
			[{"tag": "a", "species_id": {"ref": "species", "name": "Acer"}, "price": 1.50},
			{"tag": "b", "species_id": {"ref": "species", "name": "Tilia"}, "price": 2.5},
			{"tag": "c", "species_id": {"ref": "species", "name": "Acer"}, "price": null}]
			""";

	private static final String MADE = """
			rows: 3
			columns:
			  tag: {text: "made{row}"}
			  species_id: {reference: species}
			  price: {range: [1.00, 9.99]}
			""";

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts files;

	RepeatedSeedIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.database.execute("""
				CREATE TABLE species (id int PRIMARY KEY, name text NOT NULL UNIQUE);
				CREATE TABLE plant (tag text PRIMARY KEY, species_id int REFERENCES species, price numeric, seen int);
				INSERT INTO species VALUES (1, 'Acer'), (2, 'Tilia');
				INSERT INTO plant VALUES ('mine', 1, 1);
				""");
		this.files = Scripts.in(folder);
	}

	static Stream<Arguments> formsAndModes() {
		return Stream.of(DataMode.values())
			.flatMap((mode) -> Stream.of(".csv", ".yaml", ".json", ".generate.yaml")
				.map((extension) -> Arguments.of(extension, mode)));
	}

	@ParameterizedTest
	@MethodSource("formsAndModes")
	void changesNothingAndThenOnlyWhatDiffers(String extension, DataMode mode) {
		write(extension, mode, "", "");
		assertThat(runner().run().rows().inserted()).isEqualTo(3);
		Map<String, String> versions = versions();

		runner().run();
		runner().run(SeedSelection.EVERYTHING_AGAIN);
		if (mode != DataMode.ONCE) {
			runner().run(SeedSelection.of("dev/010_plant" + extension).again());
		}

		assertThat(versions()).isEqualTo(versions);
		boolean isMade = extension.startsWith(".generate");
		write(extension, mode, isMade ? "rows: 3" : "2.5", isMade ? "rows: 4" : "2.75");
		runner().run();
		Map<String, String> after = versions();

		boolean updates = mode == DataMode.UPSERT || mode == DataMode.REPLACE;
		assertThat(changed(versions, after)).isEqualTo((updates && !isMade) ? List.of("b") : List.of());
		assertThat(after).hasSize((isMade && mode != DataMode.ONCE) ? 5 : 4);
		assertThat(runner().run().applied()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("formsAndModes")
	void aRowThatSomebodyHasChangedIsTheOnlyOneToChangeBack(String extension, DataMode mode) {
		write(extension, mode, "", "");
		runner().run();
		String tag = extension.startsWith(".generate") ? "made2" : "b";
		this.database.execute("UPDATE plant SET price = 100 WHERE tag = '" + tag + "'",
				"UPDATE plant SET seen = 1 WHERE tag <> 'mine' AND tag <> '" + tag + "'");
		Map<String, String> versions = versions();

		runner().run(SeedSelection.EVERYTHING_AGAIN);

		boolean updates = mode == DataMode.UPSERT || mode == DataMode.REPLACE;
		assertThat(changed(versions, versions())).isEqualTo(updates ? List.of(tag) : List.of());
	}

	private void write(String extension, DataMode mode, String old, String changed) {
		String word = mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
		String text = switch (extension) {
			case ".csv" -> "# samara: mode=" + word + "\n" + CSV;
			case ".yaml" -> "# samara: mode=" + word + "\n" + YAML;
			case ".json" -> "[{\"samara\": {\"mode\": \"" + word + "\"}, \"rows\": " + ROWS + "}]";
			default -> "mode: " + word + "\n" + MADE;
		};
		if (extension.equals(".json")) {
			text = text.substring(1, text.length() - 1);
		}
		this.files.add("dev/010_plant" + extension, text.replace(old, changed));
	}

	private Map<String, String> versions() {
		Map<String, String> versions = new LinkedHashMap<>();
		this.database.jdbc().query("SELECT tag, xmin::text || ctid::text FROM plant ORDER BY tag", (row) -> {
			versions.put(row.getString(1), row.getString(2));
		});
		return versions;
	}

	private static List<String> changed(Map<String, String> before, Map<String, String> after) {
		return before.keySet().stream().filter((tag) -> !before.get(tag).equals(after.get(tag))).toList();
	}

	private SeedRunner runner() {
		return SeedRunner.builder(this.database.dataSource())
			.settings(SeedSettings.builder()
				.locations(this.files.location())
				.environment(Environment.DEV)
				.claimDatabase(this.database.name())
				.build())
			.build();
	}

}
