package dev.samara.seed;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.environment.Environment;
import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Data files without a number are loaded in the order of foreign keys, and taken back in
 * the reverse of it.
 */
@PostgresTest
class ForeignKeyOrderIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts files;

	ForeignKeyOrderIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.database.execute(
				"""
						CREATE TABLE zone (name text PRIMARY KEY);
						CREATE TABLE species (name text PRIMARY KEY, zone text REFERENCES zone);
						CREATE TABLE plant (tag text PRIMARY KEY, species text REFERENCES species DEFERRABLE INITIALLY DEFERRED);
						CREATE TABLE sale (id int PRIMARY KEY, tag text REFERENCES plant, species text REFERENCES species);
						""");
		this.files = Scripts.in(folder)
			.add("common/plant.csv", "tag,species\na,Acer\n")
			.add("common/species.yaml", "- {name: Acer, zone: north}\n")
			.add("common/zone.json", "[{\"name\": \"north\"}]")
			.add("common/sale.csv", "id,tag,species\n1,a,Acer\n")
			.add("common/sale.check.sql", "SELECT id FROM sale WHERE tag IS NULL")
			.add("common/900_last.sql", "SELECT 1")
			.add("dev/plant.csv", "tag,species\nd,Acer\n");
	}

	@Test
	void loadsThemInThatOrderBehindTheNumberedOnes() {
		assertThat(runner().plan().steps()).extracting((step) -> step.seed().name())
			.containsExactlyElementsOf(order(runner().run()))
			.containsExactly("common/900_last.sql", "common/zone.json", "common/species.yaml", "common/plant.csv",
					"common/sale.csv", "dev/plant.csv");
		assertThat(runner().run().applied()).isEmpty();
		assertThat(runner().run(SeedSelection.EVERYTHING_AGAIN).warnings()).isEmpty();
	}

	@Test
	void takesThemBackInTheReverseOfIt() {
		runner().run();
		this.files.add("common/zone.json", "[{\"name\": \"north\"}, {\"name\": \"south\"}]");
		runner().run();

		assertThat(runner()
			.rollback(SeedRollback.of("common/zone", "common/plant", "common/species", "common/sale", "dev/plant"))
			.rolledBack()).extracting(SeedRollbackResult::name)
			.containsExactly("dev/plant.csv", "common/sale.csv", "common/plant.csv", "common/species.yaml",
					"common/zone.json");
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM zone")).isZero();
	}

	@Test
	void whatASeedDependsOnStaysBeforeIt() {
		this.files
			.add("common/zone.json", "{\"samara\": {\"depends-on\": \"910_first\"}, \"rows\": [{\"name\": \"north\"}]}")
			.add("common/910_first.sql", "-- samara: depends-on=zone2\nSELECT 1")
			.add("common/zone2.csv", "# samara: table=zone\nname\neast\n");

		assertThat(order(runner().run())).containsSubsequence("common/zone2.csv", "common/910_first.sql",
				"common/zone.json", "common/species.yaml");
	}

	@Test
	void aCircleIsLoadedByNameAndTold() {
		this.database.execute("ALTER TABLE zone ADD best text REFERENCES species");
		this.files.add("common/species.yaml", "- {name: Acer, zone: null}\n");

		SeedReport report = runner().run();

		assertThat(order(report)).containsExactly("common/900_last.sql", "common/species.yaml", "common/plant.csv",
				"common/sale.csv", "common/zone.json", "dev/plant.csv");
		assertThat(report.warnings()).extracting(Finding::code).containsExactly("late-reference");
	}

	@Test
	void saysNothingWhereAScriptMayHaveFilledTheTable() {
		this.files.add("common/005_acer.sql", "INSERT INTO Species (name) VALUES ('Acer') ON CONFLICT DO NOTHING")
			.add("common/010_plant.csv", "tag,species\nb,Acer\n");

		assertThat(runner().run().warnings()).isEmpty();
	}

	@Test
	void aNumberKeepsItsPlaceAndIsTold() {
		this.files.add("common/010_plant.csv", "tag,species\nb,\n");

		SeedReport report = runner().run();

		assertThat(order(report)).startsWith("common/010_plant.csv", "common/900_last.sql");
		assertThat(report.warnings()).extracting(Finding::code).containsExactly("late-reference");
	}

	private static List<String> order(SeedReport report) {
		return report.applied().stream().map((result) -> result.seed().name()).toList();
	}

	private SeedRunner runner() {
		return SeedRunner.builder(this.database.dataSource())
			.settings(SeedSettings.builder().locations(this.files.location()).environment(Environment.DEV).build())
			.build();
	}

}
