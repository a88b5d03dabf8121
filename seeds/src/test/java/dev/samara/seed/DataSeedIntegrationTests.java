package dev.samara.seed;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.environment.Environment;
import dev.samara.script.Finding;
import dev.samara.seed.data.RowCounts;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Data files are seeds like any other: in order with scripts, once, again when they
 * change, with an entry in the history in their own transaction.
 */
@PostgresTest
class DataSeedIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts seeds;

	DataSeedIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.database.execute("""
				CREATE TABLE species (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
				CREATE TABLE plant (tag text PRIMARY KEY, species_id int NOT NULL REFERENCES species);
				""");
		this.seeds = Scripts.in(folder)
			.add("common/010_species.csv", "name\nAcer\nTilia\n")
			.add("common/015_more.sql", "INSERT INTO species (name) VALUES ('Picea') ON CONFLICT DO NOTHING")
			.add("dev/020_plant.yaml", "- tag: a\n  species_id: {ref: species, name: Picea}\n")
			.add("dev/030_plant.json", "[{\"tag\": \"b\", \"species_id\": {\"ref\": \"species\", \"name\": \"Acer\"}}]")
			.add("prod/010_species.csv", "name\nGinkgo\n");
	}

	@Test
	void runsThemInOrderAndOnce() {
		SeedReport report = runner().run();

		assertThat(report.applied()).extracting((result) -> result.seed().name())
			.containsExactly("common/010_species.csv", "common/015_more.sql", "dev/020_plant.yaml",
					"dev/030_plant.json");
		assertThat(report.applied().get(0).counts()).isEqualTo(new RowCounts(2, 0, 0, 0));
		assertThat(report.applied().get(1).counts()).isNull();
		assertThat(plants()).containsExactly("a Picea", "b Acer");
		List<String> rows = rowVersions();

		assertThat(runner().run().applied()).isEmpty();
		assertThat(runner().status().in(SeedState.APPLIED)).hasSize(4);
		assertThat(rowVersions()).isEqualTo(rows);
	}

	@Test
	void runsAgainWhatChangedAndTouchesOnlyWhatDiffers() {
		runner().run();
		List<String> rows = rowVersions();
		this.seeds.add("common/010_species.csv", "name\nTilia\nAcer\nUlmus\n");

		assertThat(runner().run().applied()).singleElement().satisfies((result) -> {
			assertThat(result.counts()).isEqualTo(new RowCounts(1, 0, 2, 0));
			assertThat(result.version()).isEqualTo(2);
			assertThat(result.rows()).isOne();
		});
		assertThat(rowVersions()).containsAll(rows);
	}

	@Test
	void keepsTheNumbersInTheHistory() {
		assertThat(runner().run().rows()).isEqualTo(new RowCounts(4, 0, 0, 0));
		this.seeds.add("common/010_species.csv", "name\nTilia\nUlmus\n");
		runner().run();

		assertThat(this.database.value(String.class, """
				SELECT concat_ws(' ', version, rows_inserted, rows_updated, rows_unchanged, rows_deleted)
				FROM samara_seed_status WHERE name = 'common/010_species.csv'
				""")).isEqualTo("2 1 0 1 0");
		assertThat(runner().status().seeds())
			.filteredOn((seed) -> seed.name().endsWith(".csv") && seed.applied() != null)
			.singleElement()
			.satisfies((seed) -> assertThat(seed.applied().rows()).isEqualTo(new RowCounts(1, 0, 1, 0)));
		assertThat(runner().status().seeds()).filteredOn((seed) -> seed.name().endsWith(".sql"))
			.allSatisfy((seed) -> assertThat(seed.applied().rows()).isNull());
	}

	@Test
	void bringsAHistoryOfTheFirstLayoutUpToDate() {
		runner().run();
		this.database.execute("DROP VIEW samara_seed_status",
				"""
						ALTER TABLE samara_seeds DROP COLUMN rows_inserted, DROP COLUMN rows_updated, DROP COLUMN rows_unchanged,
							DROP COLUMN rows_deleted
						""");
		assertThat(runner().status().in(SeedState.APPLIED)).hasSize(4);

		assertThat(runner().run().applied()).isEmpty();

		assertThat(this.database.values(Long.class, "SELECT rows_inserted FROM samara_seed_status")).hasSize(4)
			.containsOnlyNulls();
		this.seeds.add("common/010_species.csv", "name\nUlmus\n");
		assertThat(runner().run().rows()).isEqualTo(new RowCounts(1, 0, 0, 0));
	}

	@Test
	void bringsAHistoryOfTheFirstLayoutUpToDateWhenItTakesSeedsBack() {
		this.seeds.add("dev/040_more.sql", "INSERT INTO species (name) VALUES ('Ulmus');")
			.add("dev/040_more.down.sql", "DELETE FROM species WHERE name = 'Ulmus'");
		runner().run();
		this.database.execute("DROP VIEW samara_seed_status; DROP TABLE samara_seed_rows",
				"""
						ALTER TABLE samara_seeds DROP COLUMN rows_inserted, DROP COLUMN rows_updated, DROP COLUMN rows_unchanged,
							DROP COLUMN rows_deleted
						""");

		assertThat(catchThrowableOfType(SeedValidationException.class, () -> runner().clear(this.database.name()))
			.getFindings()).extracting(Finding::code).containsExactly("not-remembered", "not-remembered");
		assertThat(runner().rollback(SeedRollback.of("dev/040_more")).rolledBack()).hasSize(1);

		assertThat(
				this.database.values(String.class, "SELECT name FROM samara_seed_status WHERE state = 'ROLLED_BACK'"))
			.containsExactly("dev/040_more.sql");
		assertThat(runner().run().applied()).hasSize(1);
	}

	@Test
	void loadsASingleTimeWhatSaysSo() {
		this.seeds.add("common/010_species.csv", "# samara: mode=once\nname\nAcer\n");
		runner().run();
		this.seeds.add("common/010_species.csv", "# samara: mode=once\nname\nTilia\n");

		assertThat(runner().run().applied()).isEmpty();
		assertThat(runner().status().in(SeedState.CHANGED)).isEmpty();
	}

	@Test
	void leavesNothingOfAFileThatFails() {
		this.seeds.add("dev/020_plant.yaml",
				"- tag: a\n  species_id: {ref: species, name: Picea}\n- tag: z\n  species_id: {ref: species, name: Nix}\n");

		SeedFailedException ex = catchThrowableOfType(SeedFailedException.class, () -> runner().run());

		assertThat(ex).hasMessageContaining("Seed dev/020_plant.yaml failed at ")
			.hasMessageContaining(
					"dev/020_plant.yaml:3: row 2, column species_id: no row of public.species found by name. Nothing of it was applied.")
			.hasMessageContaining("staying: common/010_species.csv, common/015_more.sql.");
		assertThat(plants()).isEmpty();
		assertThat(this.database.value(String.class, "SELECT error FROM samara_seeds WHERE event = 'FAILED'"))
			.contains("no row of public.species found by name");
		this.seeds.add("dev/020_plant.yaml", "- {tag: a, species_id: 1}\n");
		assertThat(runner().run().applied()).hasSize(2);
	}

	@Test
	void checksFilesBeforeAnythingRuns() {
		this.seeds.add("common/011_species.csv", "# samara: levl=minimal\n# samara: level=minimum\nname\n")
			.add("common/012.yml", "[]");

		SeedPlan plan = runner().plan();

		assertThat(plan.findings()).extracting(Finding::code)
			.containsExactlyInAnyOrder("unknown-directive", "no-table");
		assertThat(catchThrowableOfType(SeedValidationException.class, () -> runner().run())).isNotNull();
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM species")).isZero();
	}

	@Test
	void warnsOfFilesInAnOrderThatForeignKeysDoNotLike() {
		this.database.execute("CREATE TABLE label (tag text PRIMARY KEY REFERENCES plant DEFERRABLE)",
				"ALTER TABLE plant ALTER species_id DROP NOT NULL", "ALTER TABLE species ADD UNIQUE (id, name)");
		this.seeds.add("common/001_plant.csv", "tag\n").add("common/002_label.csv", "tag\n");

		assertThat(runner().run().warnings()).singleElement().satisfies((finding) -> {
			assertThat(finding.code()).isEqualTo("late-reference");
			assertThat(finding.message()).startsWith("Table plant refers to species, which is filled only later, by ")
				.endsWith("common/010_species.csv");
		});
	}

	@Test
	void remembersWhichRowsAreItsOwn() {
		this.database.execute("INSERT INTO species (name) VALUES ('Acer')");

		runner().run();

		assertThat(this.database.values(String.class,
				"SELECT seed || ' ' || target || ' ' || key FROM samara_seed_rows ORDER BY 1"))
			.containsExactly("common/010_species.csv public.species {\"name\": \"Tilia\"}",
					"dev/020_plant.yaml public.plant {\"tag\": \"a\"}",
					"dev/030_plant.json public.plant {\"tag\": \"b\"}");
	}

	@Test
	void triesAgainWhileSomebodyHoldsTheTable() throws Exception {
		try (Connection other = this.database.connection()) {
			other.setAutoCommit(false);
			other.createStatement().execute("LOCK TABLE species");
			Thread release = new Thread(() -> {
				try {
					await().pollInterval(Duration.ofMillis(20)).until(this::isSomebodyWaiting);
					await().pollInterval(Duration.ofMillis(20)).until(() -> !isSomebodyWaiting());
					other.rollback();
				}
				catch (SQLException ex) {
					throw new IllegalStateException(ex);
				}
			});
			release.start();

			SeedReport report = runner().run();

			release.join();
			assertThat(report.applied().get(0).attempts()).isGreaterThan(1);
			assertThat(report.applied().get(0).counts()).isEqualTo(new RowCounts(2, 0, 0, 0));
		}
	}

	private boolean isSomebodyWaiting() {
		return this.database.value(Boolean.class, "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)");
	}

	private SeedRunner runner() {
		return SeedRunner.builder(this.database.dataSource())
			.settings(SeedSettings.builder()
				.locations(List.of(this.seeds.location()))
				.environment(Environment.DEV)
				.claimDatabase(this.database.name())
				.lockWait(Duration.ofSeconds(10))
				.build())
			.build();
	}

	private List<String> plants() {
		return this.database.values(String.class,
				"SELECT tag || ' ' || name FROM plant JOIN species s ON s.id = species_id ORDER BY tag");
	}

	private List<String> rowVersions() {
		return this.database.values(String.class,
				"SELECT name || xmin FROM species UNION ALL SELECT tag || xmin FROM plant ORDER BY 1");
	}

}
