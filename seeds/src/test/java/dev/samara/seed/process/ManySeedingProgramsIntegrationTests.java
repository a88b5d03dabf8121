package dev.samara.seed.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several programs that seed at once, with seeds of all kinds: each seed is applied by
 * one of them, once, also while one is killed, or while another one takes seeds back.
 */
@PostgresTest
class ManySeedingProgramsIntegrationTests {

	private static final int PROGRAMS = 5;

	private static final String COUNTS = """
			SELECT (SELECT count(*) FROM species) AS species, (SELECT count(*) FROM plant) AS plants,
				(SELECT count(*) FROM sale) AS sales, (SELECT count(*) FROM statistics) AS statistics
			""";

	private static final Map<String, Object> COMPLETE = Map.of("species", 2000L, "plants", 2L, "sales", 500L,
			"statistics", 9L);

	/** Held until the test lets it go. */
	private static final String HOLD = """
			DO $$ BEGIN
				WHILE (SELECT is_held FROM pace) LOOP PERFORM pg_sleep(0.02); END LOOP;
			END $$;
			INSERT INTO plant VALUES ('a', 'species-00000001');
			""";

	private final TestDatabase server;

	private final List<SeedingProgram> programs = new ArrayList<>();

	private TestDatabase database;

	private Scripts files;

	private Path logs;

	ManySeedingProgramsIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void seedsOfAllKinds(@TempDir Path files, @TempDir Path logs) {
		this.database = this.server.newDatabase();
		this.logs = logs;
		this.database.execute("""
				CREATE TABLE pace (is_held boolean);
				INSERT INTO pace VALUES (true);
				CREATE TABLE species (name text PRIMARY KEY, note text);
				CREATE TABLE plant (tag text PRIMARY KEY, name text REFERENCES species);
				CREATE TABLE sale (id int PRIMARY KEY, tag text REFERENCES plant);
				CREATE TABLE statistics (name text PRIMARY KEY, plants int);
				""");
		StringBuilder species = new StringBuilder("name,note\n");
		for (int i = 1; i <= 2000; i++) {
			species.append("species-%08d,n\n".formatted(i));
		}
		this.files = Scripts.in(files)
			.add("dev/010_species.csv", species.toString())
			.add("dev/020_plant.sql", HOLD)
			.add("dev/020_plant.down.sql", "DELETE FROM plant WHERE tag = 'a'")
			.add("dev/030_plant.json", "[{\"tag\": \"b\", \"name\": \"species-00000002\"}]")
			.add("dev/040_sale.generate.yaml",
					"rows: 500\ncolumns:\n  id: sequence\n  tag: {reference: plant, distribution: in-turn}\n");
	}

	@AfterEach
	void endAll() {
		this.programs.forEach(SeedingProgram::close);
	}

	@Test
	void eachSeedIsAppliedOnceAndAllEndWell() throws Exception {
		startAll("run");
		working();
		letGo();

		for (SeedingProgram program : this.programs) {
			assertThat(program.awaitEnd()).as(program.log()).isZero();
		}

		assertThat(this.database.rows(COUNTS)).containsExactly(COMPLETE);
		assertEachIsAppliedOnce();
		assertThat(this.database.value(Long.class, "SELECT count(DISTINCT run_id) FROM samara_seeds")).isOne();
	}

	/**
	 * In the script, which the server completes on its own, and in the long file, which
	 * it cannot.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anotherOneGoesOnForOneThatIsKilled(boolean isInScript) throws Exception {
		if (!isInScript) {
			this.files.add("dev/020_plant.sql", "INSERT INTO plant VALUES ('a', 'species-00000001')");
			this.database.execute("""
					CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
						WHILE (SELECT is_held FROM pace) LOOP PERFORM pg_sleep(0.02); END LOOP;
						RETURN NEW;
					END $$;
					CREATE TRIGGER hold BEFORE INSERT ON species FOR EACH ROW WHEN (NEW.name = 'species-00001000')
						EXECUTE FUNCTION hold()
					""");
		}
		startAll("run");
		SeedingProgram killed = working().kill();
		letGo();

		for (SeedingProgram program : this.programs) {
			assertThat(program.awaitEnd()).as(program.log()).isEqualTo((program == killed) ? 137 : 0);
		}

		assertThat(this.database.rows(COUNTS)).containsExactly(COMPLETE);
		assertEachIsAppliedOnce();
		assertThat(this.database.value(Long.class,
				"SELECT count(*) FROM samara_seed_rows WHERE seed = 'dev/010_species.csv'"))
			.isEqualTo(2000);
	}

	@ParameterizedTest
	@ValueSource(strings = { "clear", "reset" })
	void takingBackBesideRunsLeavesEachSeedWholeOrOut(String action) throws Exception {
		letGo();
		start("first", "run");
		assertThat(this.programs.get(0).awaitEnd()).as(this.programs.get(0).log()).isZero();
		for (int i = 1; i < PROGRAMS; i++) {
			start("program-" + i, (i % 2 == 0) ? "run" : action);
		}

		for (SeedingProgram program : this.programs) {
			assertThat(program.awaitEnd()).as(program.log()).isZero();
		}

		boolean isOut = this.database.value(Long.class, "SELECT count(*) FROM species") == 0;
		assertThat(this.database.rows(COUNTS))
			.containsExactly(isOut ? Map.of("species", 0L, "plants", 0L, "sales", 0L, "statistics", 0L) : COMPLETE);
		assertThat(this.database.values(String.class, "SELECT DISTINCT state FROM samara_seed_status"))
			.containsExactly((isOut) ? "ROLLED_BACK" : "APPLIED");
		assertThat(isOut && action.equals("reset")).isFalse();
		assertThat(this.database.values(String.class, "SELECT event FROM samara_seeds")).doesNotContain("FAILED",
				"ROLLBACK_FAILED");
		start("last", "run").awaitEnd();
		assertThat(this.database.rows(COUNTS)).containsExactly(COMPLETE);
	}

	private void startAll(String action) {
		for (int i = 1; i <= PROGRAMS; i++) {
			start("program-" + i, action);
		}
	}

	private SeedingProgram start(String name, String action) {
		SeedingProgram program = SeedingProgram.start(this.database, name, this.files.location(), this.logs, action);
		this.programs.add(program);
		return program;
	}

	/** Waits until all programs are there, and returns the one that is at work. */
	private SeedingProgram working() {
		return Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.until(() -> this.programs.stream().allMatch((program) -> program.isWorking("true"))
					? this.programs.stream()
						.filter((program) -> program.isWorking("wait_event = 'PgSleep'"))
						.findFirst()
					: Optional.<SeedingProgram>empty(), Optional::isPresent)
			.orElseThrow();
	}

	private void letGo() {
		this.database.execute("UPDATE pace SET is_held = false");
	}

	private void assertEachIsAppliedOnce() {
		assertThat(this.database.values(String.class, "SELECT event || ' ' || name FROM samara_seeds ORDER BY name"))
			.containsExactly("APPLIED dev/010_species.csv", "APPLIED dev/020_plant.sql", "APPLIED dev/030_plant.json",
					"APPLIED dev/040_sale.generate.yaml", "APPLIED dev/050_statistics");
	}

}
