package dev.samara.seed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

import dev.samara.environment.Environment;
import dev.samara.script.Finding;
import dev.samara.seed.check.CheckReport;
import dev.samara.seed.check.CheckResult;
import dev.samara.seed.check.CheckSettings.OnFailure;
import dev.samara.seed.check.CheckSettings;
import dev.samara.seed.check.ChecksFailedException;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;
import dev.samara.testing.WireTap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Checks follow the seeds, name rows by their keys, and are repeated until they pass.
 */
@PostgresTest
class SeedCheckIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts seeds;

	SeedCheckIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.database.execute("""
				CREATE TABLE species (id int PRIMARY KEY, name text NOT NULL);
				CREATE TABLE plant (tag text PRIMARY KEY, species_id int, note text);
				""");
		this.seeds = Scripts.in(folder)
			.add("common/010_species.csv", "id,name\n1,acer\n2,s3cret\n")
			.add("common/010_species.check.sql",
					"-- too short names\nSELECT id, name FROM species WHERE length(name) < 4;\nSELECT 1 WHERE false;\n");
	}

	@Test
	void passAfterSeedingAndCostNothingWhenNothingIsToDo() {
		SeedReport report = runner(CheckSettings.DEFAULT).run();

		assertThat(report.checks().passed()).isTrue();
		assertThat(report.checks().results()).hasSize(2);
		assertThat(this.database.value(String.class, "SELECT state FROM samara_seed_status WHERE name = 'checks'"))
			.isEqualTo("CHECKS_PASSED");
		try (WireTap tap = WireTap.on(this.database)) {
			SeedRunner again = SeedRunner.builder(tap.dataSource(this.database))
				.settings(settings(CheckSettings.DEFAULT))
				.build();
			assertThat(again.run().checks()).isNull();
			assertThat(tap.roundTrips()).isOne();
		}
		assertThat(runner(CheckSettings.DEFAULT).status().checks().event()).isEqualTo(SeedEvent.CHECKS_PASSED);
		assertThat(runner(CheckSettings.DEFAULT).status().seeds()).hasSize(1);
	}

	@Test
	void failTheRunAndEveryNextOneUntilTheyPass() {
		this.seeds.add("common/010_species.check.sql", "SELECT id, name FROM species WHERE length(name) > 4");

		ChecksFailedException ex = catchThrowableOfType(ChecksFailedException.class,
				() -> runner(CheckSettings.DEFAULT).run());

		assertThat(ex).hasMessageContaining("What was seeded stays. Checks: 1 of 1 failed:")
			.hasMessageContaining("common/010_species.check.sql:1:1: expected no rows, found 1 row: id 2")
			.hasMessageNotContaining("s3cret");
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM species")).isEqualTo(2);
		assertThat(this.database.value(String.class, "SELECT error FROM samara_seed_status WHERE name = 'checks'"))
			.contains("found 1 row: id 2");
		assertThat(catchThrowableOfType(ChecksFailedException.class, () -> runner(CheckSettings.DEFAULT).run()))
			.isNotNull();
		this.database.execute("UPDATE species SET name = 'oak' WHERE id = 2");

		assertThat(runner(CheckSettings.DEFAULT).run().checks().passed()).isTrue();
		assertThat(runner(CheckSettings.DEFAULT).run().checks()).isNull();
	}

	@Test
	void onlyWarnWhereThatIsConfigured() {
		this.seeds.add("common/010_species.check.sql", "SELECT id FROM species");

		SeedReport report = runner(new CheckSettings(OnFailure.WARN, Duration.ZERO, Map.of(), List.of(), false)).run();

		assertThat(report.checks().failed()).singleElement()
			.extracting(CheckResult::message)
			.isEqualTo("expected no rows, found 2 rows: id 1; id 2");
	}

	@Test
	void onDemandSayWhatIsConfigured() {
		runner(CheckSettings.DEFAULT).run();
		this.database.execute("INSERT INTO plant SELECT 'p' || n, n FROM generate_series(1, 15) n", """
				ALTER TABLE plant ADD CONSTRAINT plant_species FOREIGN KEY (species_id) REFERENCES species NOT VALID
				""");
		CheckReport report = runner(new CheckSettings(OnFailure.FAIL, Duration.ofSeconds(3),
				Map.of("untagged", "SELECT note FROM plant WHERE tag = 'p1'", "slow", "SELECT pg_sleep(60)", "broken",
						"SELECT nix FROM plant", "writes",
						"WITH gone AS (DELETE FROM plant RETURNING 1) SELECT * FROM gone"),
				List.of("species = 2", "public.plant >= 16", "plant <= 15", "plnat = 1", "plant"), true))
			.check();

		assertThat(report.failed()).extracting(CheckResult::toString)
			.containsExactly(
					"samara.seeds.checks.queries.broken: The check cannot run: column \"nix\" does not exist [42703]",
					"samara.seeds.checks.queries.slow: The check cannot run: canceling statement due to statement timeout [57014]",
					"samara.seeds.checks.queries.untagged: expected no rows, found 1 row; select the primary key, too, and they are named here",
					"samara.seeds.checks.queries.writes: The check cannot run: cannot execute SELECT in a read-only transaction [25006]",
					"samara.seeds.checks.rows (public.plant >= 16): expected at least 16 rows, found 15",
					"samara.seeds.checks.rows (plnat = 1): The check cannot run: relation \"plnat\" does not exist [42P01]",
					"samara.seeds.checks.rows (plant): This is not a table and its number of rows; write species = 12, or shop.customer >= 12",
					"foreign key plant_species of plant: expected no rows, found more than 10 rows: tag p3; tag p4; tag p5; tag p6; "
							+ "tag p7; tag p8; tag p9; tag p10; tag p11; tag p12");
		assertThat(report.results()).hasSize(report.failed().size() + 5);
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM plant")).isEqualTo(15);
		assertThat(this.database.values(String.class, "SELECT event FROM samara_seeds WHERE name = 'checks'"))
			.hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SELECT 1; COMMIT; DELETE FROM plant", "COMMIT; DELETE FROM plant", "DELETE FROM plant",
			"SET TRANSACTION READ WRITE; DELETE FROM plant", "SELECT 1 WHERE false; SET TRANSACTION READ WRITE",
			"DO 'BEGIN DELETE FROM plant; END'", "CALL writing_procedure()", "EXPLAIN ANALYZE DELETE FROM plant",
			"WITH gone AS (DELETE FROM plant RETURNING 1) SELECT * FROM gone", "SELECT writing_function()",
			"SELECT set_config('transaction_read_only', 'off', true) FROM writing_function()",
			"SELECT set_config('transaction_read_only', 'off', true), writing_function()",
			"SELECT 'a\\'; COMMIT; DELETE FROM plant; SELECT '", "SELECT 1) x; COMMIT; DELETE FROM plant; SELECT (1",
			"SELECT * INTO other FROM plant", "SELECT tag FROM plant FOR UPDATE", "SELECT nextval('numbers')",
			"PREPARE gone AS DELETE FROM plant; EXECUTE gone", "COPY plant FROM PROGRAM 'echo x'", "VACUUM plant",
			"/* SELECT */ DELETE FROM plant", "SELECT 'open", "" })
	void neverWriteWhateverTheyTry(String sql) {
		this.database.execute("INSERT INTO plant VALUES ('a')", "CREATE SEQUENCE numbers",
				"CREATE FUNCTION writing_function() RETURNS int LANGUAGE plpgsql AS "
						+ "'BEGIN SET TRANSACTION READ WRITE; DELETE FROM plant; RETURN 1; END'",
				"CREATE PROCEDURE writing_procedure() LANGUAGE plpgsql AS "
						+ "'BEGIN COMMIT; SET TRANSACTION READ WRITE; DELETE FROM plant; COMMIT; END'");
		PGSimpleDataSource lenient = this.database.dataSource();
		lenient.setOptions("-c standard_conforming_strings=off");
		CheckSettings checks = new CheckSettings(OnFailure.FAIL, Duration.ofSeconds(3), Map.of("q", sql), List.of(),
				false);

		for (PGSimpleDataSource dataSource : List.of(this.database.dataSource(), lenient)) {
			CheckReport report = SeedRunner.builder(dataSource).settings(settings(checks)).build().check();

			assertThat(report.failed()).singleElement()
				.satisfies((result) -> assertThat(result.message()).containsAnyOf("This is not a single query",
						"read-only transaction", "must be set before any query"));
			assertThat(this.database.values(String.class, "SELECT tag FROM plant")).containsExactly("a");
			assertThat(this.database.value(Boolean.class, "SELECT to_regclass('other') IS NULL")).isTrue();
		}
		this.seeds.add("common/900_plant.check.sql", sql);
		Throwable refused = catchThrowable(() -> runner(CheckSettings.DEFAULT).check());
		assertThat((refused != null) ? refused.getClass().getSimpleName() : "").isIn("", "SeedValidationException");
		assertThat(this.database.values(String.class, "SELECT tag FROM plant")).containsExactly("a");
	}

	@Test
	void countRowsWhereTheFileSaysHowMany() {
		this.seeds.add("common/010_species.check.sql", "-- samara: expect=>=3\nSELECT id FROM species -- all");

		assertThat(catchThrowableOfType(ChecksFailedException.class, () -> runner(CheckSettings.DEFAULT).run()))
			.hasMessageContaining("010_species.check.sql:2:1: expected at least 3 rows, found 2");
		this.seeds.add("common/010_species.check.sql", "-- samara: expect=2\nSELECT id FROM species -- all");
		assertThat(runner(CheckSettings.DEFAULT).run().checks().passed()).isTrue();
	}

	@Test
	void countForTheirEnvironmentAndTheirSeedOnly() {
		this.seeds.add("dev/010_plant.sql", "SELECT 1")
			.add("dev/010_plant.check.sql", "SELECT 1")
			.add("prod/900_plants.check.sql", "SELECT 1 WHERE false")
			.add("common/020_later.sql", "-- samara: level=essential\nSELECT 1")
			.add("common/020_later.check.sql", "SELECT 1");

		assertThat(runner(CheckSettings.DEFAULT).run().checks().results()).hasSize(3);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			DELETE FROM species                         | not-a-query        | :1:1: A check only reads
			SELECT 1;\\n DROP TABLE species;            | not-a-query        | :2:2: A check only reads
			-- samara: expect=many\\nSELECT 1           | invalid-directive  | :1:4: "many" is not a number of rows
			-- samara: expct=1\\nSELECT 1               | unknown-directive  | :1:4: Unknown directive "expct"
			SELECT 'a                                   | syntax             | :1:
			""")
	void areReadBeforeAnythingRuns(String text, String code, String message) {
		this.seeds.add("common/010_species.check.sql", text.replace("\\n", "\n"));

		SeedValidationException ex = catchThrowableOfType(SeedValidationException.class,
				() -> runner(CheckSettings.DEFAULT).run());

		assertThat(ex.getFindings()).extracting(Finding::code).containsExactly(code);
		assertThat(ex).hasMessageContaining(message);
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM species")).isZero();
	}

	private SeedRunner runner(CheckSettings checks) {
		return SeedRunner.builder(this.database.dataSource()).settings(settings(checks)).build();
	}

	private SeedSettings settings(CheckSettings checks) {
		return SeedSettings.builder()
			.locations(this.seeds.location())
			.environment(Environment.PROD)
			.checks(checks)
			.build();
	}

}
