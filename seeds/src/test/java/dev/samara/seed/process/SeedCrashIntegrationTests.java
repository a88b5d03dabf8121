package dev.samara.seed.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program is killed with {@code kill -9} while it seeds or takes seeds back. Nothing of
 * the seed is left, in its table, in the history or in what is remembered, and the next
 * one does all of it, whether the server was told to end the session or finds out itself.
 */
@PostgresTest
class SeedCrashIntegrationTests {

	private static final int ROWS = 20_000;

	private static final String SLEEPING = "wait_event = 'PgSleep'";

	private static final String COUNTS = """
			SELECT (SELECT count(*) FROM species) AS species, (SELECT count(*) FROM plant) AS plants,
				(SELECT count(*) FROM statistics) AS statistics
			""";

	private static final Map<String, Object> COMPLETE = Map.of("species", (long) ROWS, "plants", 3L, "statistics", 9L);

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts files;

	private Path logs;

	SeedCrashIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void tablesOfWhichOneRowTakesItsTime(@TempDir Path files, @TempDir Path logs) {
		this.database = this.server.newDatabase();
		this.logs = logs;
		this.database.execute(
				"""
						CREATE TABLE pace (what text, seconds float);
						INSERT INTO pace VALUES ('INSERT', 0), ('DELETE', 0);
						CREATE TABLE species (name text PRIMARY KEY, note text);
						CREATE TABLE plant (tag text PRIMARY KEY, name text REFERENCES species);
						CREATE TABLE statistics (name text PRIMARY KEY, plants int);
						CREATE FUNCTION take_time() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
							PERFORM pg_sleep(seconds) FROM pace WHERE what = TG_OP;
							RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
						END $$;
						CREATE TRIGGER slow BEFORE INSERT ON species FOR EACH ROW WHEN (NEW.name = 'species-00010000')
							EXECUTE FUNCTION take_time();
						CREATE TRIGGER slow_delete BEFORE DELETE ON species FOR EACH ROW WHEN (OLD.name = 'species-00010000')
							EXECUTE FUNCTION take_time();
						CREATE TRIGGER slow BEFORE INSERT ON plant FOR EACH ROW WHEN (NEW.tag = 'b') EXECUTE FUNCTION take_time();
						""");
		this.files = Scripts.in(files)
			.add("common/010_species.csv", csv("n"))
			.add("common/020_plant.sql", "INSERT INTO plant VALUES ('a'), ('b'), ('c') ON CONFLICT DO NOTHING;")
			.add("common/020_plant.down.sql", "DELETE FROM plant;");
	}

	/**
	 * A file of less than eight megabytes is remembered and therefore merged, a longer
	 * one goes into the empty table directly.
	 */
	@ParameterizedTest
	@CsvSource({ "1, true", "1, false", "500, true", "500, false" })
	void inTheMiddleOfALongFile(int noteLength, boolean isBackendEnded) throws Exception {
		this.files.add("common/010_species.csv", csv("n".repeat(noteLength)));
		pace("INSERT", isBackendEnded ? 300 : 3);
		try (SeedingProgram killed = start("killed", "run").await(SLEEPING)) {
			killed.kill().awaitBackendGone(isBackendEnded);
		}

		assertThat(this.database.rows(COUNTS)).containsExactly(Map.of("species", 0L, "plants", 0L, "statistics", 0L));
		assertThat(events()).isEmpty();
		assertThat(remembered()).isZero();
		completes();
		assertThat(remembered()).isEqualTo((noteLength == 1) ? ROWS : 0);
	}

	@Test
	void whileItCopies() throws Exception {
		this.files.add("common/010_species.csv", csv("n".repeat(2000)));
		try (SeedingProgram killed = start("killed", "run").await("query LIKE 'COPY %' AND state = 'active'")) {
			killed.kill().awaitBackendGone(false);
		}

		assertThat(this.database.value(Long.class, "SELECT count(*) FROM species")).isZero();
		assertThat(events()).isEmpty();
		completes();
	}

	@Test
	void whileItBringsRowsUpToDate() throws Exception {
		completes();
		this.database.execute(
				"CREATE TRIGGER slow_update BEFORE UPDATE ON species FOR EACH ROW "
						+ "WHEN (NEW.name = 'species-00010000') EXECUTE FUNCTION take_time()",
				"INSERT INTO pace VALUES ('UPDATE', 300)");
		this.files.add("common/010_species.csv", csv("changed"));
		try (SeedingProgram killed = start("changing", "run").await(SLEEPING)) {
			killed.kill().awaitBackendGone(true);
		}

		assertThat(this.database.values(String.class, "SELECT DISTINCT note FROM species")).containsExactly("n");
		assertThat(events()).hasSize(3);
		pace("UPDATE", 0);
		assertThat(end("next", "run")).isZero();
		assertThat(this.database.values(String.class, "SELECT DISTINCT note FROM species")).containsExactly("changed");
		assertThat(this.database.value(Long.class, "SELECT rows_updated FROM samara_seed_status WHERE version = 2"))
			.isEqualTo(ROWS);
	}

	/** What stands in one message the server finishes on its own, with its entry. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void inTheSecondOfSeveralSeeds(boolean isBackendEnded) throws Exception {
		this.files.add("common/010_species.csv", csv("n").lines().limit(1000).collect(Collectors.joining("\n")));
		pace("INSERT", isBackendEnded ? 300 : 3);
		try (SeedingProgram killed = start("killed", "run").await(SLEEPING)) {
			killed.kill().awaitBackendGone(isBackendEnded);
		}

		String first = "APPLIED common/010_species.csv";
		assertThat(events())
			.isEqualTo(isBackendEnded ? List.of(first) : List.of(first, "APPLIED common/020_plant.sql"));
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM plant")).isEqualTo(isBackendEnded ? 0 : 3);
		pace("INSERT", 0);
		assertThat(end("next", "run")).isZero();
		assertThat(this.database.rows(COUNTS)).containsExactly(Map.of("species", 999L, "plants", 3L, "statistics", 9L));
		assertThat(events()).hasSize(3).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whileItTakesBack(boolean isBackendEnded) throws Exception {
		completes();
		pace("DELETE", isBackendEnded ? 300 : 3);
		try (SeedingProgram killed = SeedingProgram
			.start(this.database, "killed", this.files.location(), this.logs, "rollback", "common/010_species")
			.await(SLEEPING)) {
			killed.kill().awaitBackendGone(isBackendEnded);
		}

		assertThat(this.database.rows(COUNTS)).containsExactly(COMPLETE);
		assertThat(events()).hasSize(3);
		assertThat(remembered()).isEqualTo(ROWS);
		pace("DELETE", 0);
		try (SeedingProgram next = SeedingProgram.start(this.database, "next", this.files.location(), this.logs,
				"rollback", "common/010_species")) {
			assertThat(next.awaitEnd()).as(next.log()).isZero();
		}
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM species")).isZero();
		assertThat(remembered()).isZero();
		assertThat(events()).last().isEqualTo("ROLLED_BACK common/010_species.csv");
	}

	private void completes() throws Exception {
		pace("INSERT", 0);
		assertThat(end("complete", "run")).isZero();
		assertThat(this.database.rows(COUNTS)).containsExactly(COMPLETE);
		assertThat(events()).containsExactly("APPLIED common/010_species.csv", "APPLIED common/020_plant.sql",
				"APPLIED dev/050_statistics");
	}

	private int end(String name, String action) throws Exception {
		try (SeedingProgram program = start(name, action)) {
			return program.awaitEnd();
		}
	}

	private SeedingProgram start(String name, String action) {
		return SeedingProgram.start(this.database, name, this.files.location(), this.logs, action);
	}

	private void pace(String what, int seconds) {
		this.database.jdbc().update("UPDATE pace SET seconds = ? WHERE what = ?", seconds, what);
	}

	private List<String> events() {
		return this.database.values(String.class, "SELECT event || ' ' || name FROM samara_seeds ORDER BY id");
	}

	private long remembered() {
		return this.database.value(Boolean.class, "SELECT to_regclass('samara_seed_rows') IS NOT NULL")
				? this.database.value(Long.class, "SELECT count(*) FROM samara_seed_rows") : 0;
	}

	private static String csv(String note) {
		return IntStream.rangeClosed(1, ROWS)
			.mapToObj((i) -> "species-%08d,%s".formatted(i, note))
			.collect(Collectors.joining("\n", "name,note\n", "\n"));
	}

}
