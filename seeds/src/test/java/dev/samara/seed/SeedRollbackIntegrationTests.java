package dev.samara.seed;

import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

import dev.samara.environment.Environment;
import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What seeds have put in goes out again: by script, by code, by key; and nothing else.
 */
@PostgresTest
class SeedRollbackIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts files;

	SeedRollbackIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.database.execute(
				"""
						CREATE TABLE species (id serial PRIMARY KEY, name text NOT NULL UNIQUE, parent text REFERENCES species (name));
						CREATE TABLE plant (tag text PRIMARY KEY, species text NOT NULL CONSTRAINT plant_species_fkey
							REFERENCES species (name));
						CREATE TABLE sale (id serial PRIMARY KEY, tag text REFERENCES plant ON DELETE CASCADE);
						CREATE TABLE note (id serial PRIMARY KEY, tag text REFERENCES plant ON DELETE SET NULL);
						INSERT INTO species (name) VALUES ('Acer');
						""");
		this.files = Scripts.in(folder)
			.add("common/001_setting.sql", "CREATE TABLE setting AS SELECT 1 AS n")
			.add("common/001_setting.down.sql", "DROP TABLE setting")
			.add("dev/010_species.csv", "name,parent\nAcer,\nTilia,\nTilia cordata,Tilia\n")
			.add("dev/020_plant.yaml", "- {tag: a, species: Tilia}\n- {tag: b, species: Acer}\n");
		runner().run();
	}

	@Test
	void takesBackByTheScriptBesideTheSeedAndAppliesAgain() {
		SeedRollbackReport report = runner().rollback(SeedRollback.of("common/001_setting"));

		assertThat(report.rolledBack()).extracting(SeedRollbackResult::name).containsExactly("common/001_setting.sql");
		assertThat(this.database.value(Boolean.class, "SELECT to_regclass('setting') IS NULL")).isTrue();
		assertThat(events()).endsWith("ROLLED_BACK common/001_setting.sql 1");
		assertThat(runner().status().in(SeedState.ROLLED_BACK)).extracting(SeedStatus::name)
			.containsExactly("common/001_setting.sql");
		assertThat(runner().run().applied()).extracting(SeedResult::version).containsExactly(1);
		assertThat(runner().status().in(SeedState.APPLIED)).hasSize(3);
	}

	@Test
	void takesBackByASectionOfTheFile() {
		this.files.add("dev/030_more.sql", "CREATE TABLE more ();\n-- samara: down\nDROP TABLE more;");
		runner().run();

		runner().rollback(SeedRollback.of("dev/030_more.sql"));

		assertThat(this.database.value(Boolean.class, "SELECT to_regclass('more') IS NULL")).isTrue();
	}

	@Test
	void deletesTheRowsOfDataFilesThatItHasInsertedAndNoOthers() {
		SeedRollbackReport report = runner().rollback(SeedRollback.of("dev/010_species.csv", "dev/020_plant"));

		assertThat(report.rolledBack())
			.extracting((result) -> result.name() + " " + result.rows() + " " + result.others())
			.containsExactly("dev/020_plant.yaml 2 0", "dev/010_species.csv 2 0");
		assertThat(this.database.values(String.class, "SELECT name FROM species")).containsExactly("Acer");
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM samara_seed_rows")).isZero();
		assertThat(runner().run().applied()).hasSize(2);
	}

	@Test
	void refusesWhatOthersReferToAndNamesTablesAndConstraints() {
		this.database.execute("INSERT INTO plant VALUES ('mine', 'Tilia')");

		SeedRollbackFailedException ex = catchThrowableOfType(SeedRollbackFailedException.class,
				() -> runner().rollback(SeedRollback.of("dev/010_species.csv")));

		assertThat(ex)
			.hasMessage("Seed dev/010_species.csv was not rolled back: Other rows refer to its rows: 2 rows of "
					+ "plant (plant_species_fkey). Nothing of it was taken back. No other seed was rolled back in this run.");
		assertThat(ex.getRemedy()).contains("cascade");
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM species")).isEqualTo(3);
		assertThat(events()).endsWith("ROLLBACK_FAILED dev/010_species.csv 1");
		assertThat(runner().status().in(SeedState.APPLIED)).hasSize(3);
	}

	@Test
	void refusesAlsoWhereTheServerWouldDeleteOrEmptySilently() {
		this.database.execute("INSERT INTO sale (tag) VALUES ('a')");
		assertThat(catchThrowableOfType(SeedRollbackFailedException.class,
				() -> runner().rollback(SeedRollback.of("dev/020_plant"))))
			.hasMessageContaining("1 row of sale (sale_tag_fkey)");
		this.database.execute("DELETE FROM sale", "INSERT INTO note (tag) VALUES ('a')");
		assertThat(catchThrowableOfType(SeedRollbackFailedException.class,
				() -> runner().rollback(SeedRollback.of("dev/020_plant"))))
			.hasMessageContaining("1 row of note (note_tag_fkey)");

		assertThat(this.database.value(Long.class, "SELECT count(*) FROM plant JOIN note USING (tag)")).isOne();
	}

	@Test
	void deletesWhatRefersToItWhenAsked() {
		this.database.execute("INSERT INTO plant VALUES ('mine', 'Tilia cordata'), ('other', 'Acer')",
				"INSERT INTO sale (tag) VALUES ('mine'), ('other')", "INSERT INTO note (tag) VALUES ('a'), ('mine')");

		SeedRollbackReport report = runner().rollback(SeedRollback.of("dev/010_species.csv").cascade());

		assertThat(report.rolledBack()).singleElement().satisfies((result) -> {
			assertThat(result.others()).isEqualTo(3);
			assertThat(result.rows()).isEqualTo(5);
		});
		assertThat(this.database.values(String.class, "SELECT tag FROM plant ORDER BY 1")).containsExactly("b",
				"other");
		assertThat(this.database.values(String.class, "SELECT tag FROM sale")).containsExactly("other");
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM note WHERE tag IS NULL")).isEqualTo(2);
	}

	@Test
	void takesBackAFileThatIsGone() {
		this.files.remove("dev/020_plant.yaml");

		assertThat(runner().rollback(SeedRollback.of("dev/020_plant.yaml")).rolledBack()).hasSize(1);
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM plant")).isZero();
		assertThat(runner().status().in(SeedState.ORPHANED)).isEmpty();
	}

	@Test
	void takesBackWhatCodeHasDone() {
		SampleSeeder seeder = new SampleSeeder.Reversible("040_sales", "dev",
				(context) -> context.jdbc().update("INSERT INTO sale (tag) SELECT tag FROM plant"),
				(context) -> context.addRows(context.jdbc().update("DELETE FROM sale")));
		runner(seeder).run();

		assertThat(runner(seeder).rollback(SeedRollback.of("dev/040_sales")).rolledBack())
			.extracting(SeedRollbackResult::rows)
			.containsExactly(2L);
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM sale")).isZero();
	}

	@Test
	void saysWhatMayStayWhenCodeHasEndedTheTransactionItself() {
		for (SampleSeeder.Work back : List.<SampleSeeder.Work>of(
				(context) -> context.jdbc().execute("DELETE FROM sale; COMMIT"), (context) -> {
					context.jdbc().execute("DELETE FROM sale; COMMIT");
					throw new IllegalStateException("1");
				})) {
			SampleSeeder seeder = new SampleSeeder.Reversible("040_sales", "dev",
					(context) -> context.jdbc().update("INSERT INTO sale (tag) SELECT tag FROM plant"), back);
			runner(seeder).run(SeedSelection.of("dev/040_sales").again());

			assertThat(catchThrowableOfType(SeedRollbackFailedException.class,
					() -> runner(seeder).rollback(SeedRollback.of("dev/040_sales"))))
				.hasMessageContaining("It has ended the transaction")
				.hasMessageContaining("What it had done before it ended the transaction may stay.")
				.hasMessageNotContaining("Nothing of it");
			assertThat(this.database.value(Long.class, "SELECT count(*) FROM sale")).isZero();
		}
	}

	@Test
	void takesBackADataFileThatHasInsertedNothing() {
		this.files.add("dev/050_species.csv", "name,parent\nAcer,Tilia\n");
		runner().run();

		assertThat(runner().rollback(SeedRollback.of("dev/050_species")).rolledBack()).singleElement()
			.satisfies((result) -> assertThat(result.rows()).isZero());
		assertThat(this.database.value(String.class, "SELECT parent FROM species WHERE name = 'Acer'"))
			.isEqualTo("Tilia");
		this.database.execute("DELETE FROM samara_seed_rows");
		assertThat(catchThrowableOfType(SeedRollbackFailedException.class,
				() -> runner().rollback(SeedRollback.of("dev/020_plant"))))
			.hasMessageContaining("does not remember any row");
	}

	@Test
	void remembersNoPartOfAFileThatWasTooLongBefore() {
		this.database.execute("CREATE TABLE remark (id int PRIMARY KEY, body text)");
		String body = "x".repeat(10_000);
		String rows = IntStream.rangeClosed(1, 900)
			.mapToObj((id) -> id + "," + body + "\n")
			.collect(Collectors.joining());
		this.files.add("dev/060_remark.csv", "id,body\n" + rows);
		runner().run();
		this.files.add("dev/060_remark.csv", "id,body\n1,short\n901,new\n");
		runner().run();

		assertThat(catchThrowableOfType(SeedRollbackFailedException.class,
				() -> runner().rollback(SeedRollback.of("dev/060_remark"))))
			.hasMessageContaining("does not remember any row");
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM remark")).isEqualTo(901);
	}

	@Test
	void deletesItsRowsFromARenamedTableAndNoneFromTheTableThatHasItsNameNow() {
		this.database.execute("ALTER TABLE sale RENAME TO receipt", "ALTER TABLE plant RENAME TO plant_old",
				"CREATE TABLE plant (tag text PRIMARY KEY)", "INSERT INTO plant VALUES ('a'), ('b')");

		assertThat(runner().clear(this.database.name()).rolledBack()).extracting(SeedRollbackResult::rows)
			.containsExactly(2L, 2L);
		assertThat(this.database.values(String.class, "SELECT tag FROM plant ORDER BY 1")).containsExactly("a", "b");
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM plant_old")).isZero();
	}

	@Test
	void deletesNothingFromATableThatWasMadeAnew() {
		this.database.execute("DROP TABLE plant CASCADE", "CREATE TABLE plant (tag text PRIMARY KEY)",
				"INSERT INTO plant VALUES ('a'), ('b')");

		assertThat(runner().rollback(SeedRollback.of("dev/020_plant")).rolledBack()).singleElement()
			.satisfies((result) -> assertThat(result.rows()).isZero());
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM plant")).isEqualTo(2);
		assertThat(this.database.value(Long.class,
				"SELECT count(*) FROM samara_seed_rows WHERE seed = 'dev/020_plant.yaml'"))
			.isZero();
	}

	@Test
	void refusesRowsOfWhichAColumnOfTheKeyWasDropped() {
		this.database.execute("ALTER TABLE plant DROP COLUMN tag CASCADE", "ALTER TABLE plant ADD COLUMN tag text");

		assertThat(catchThrowableOfType(SeedRollbackFailedException.class,
				() -> runner().rollback(SeedRollback.of("dev/020_plant"))))
			.hasMessageContaining("It has inserted rows into public.plant (tag)");
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM plant")).isEqualTo(2);
	}

	@Test
	void knowsItsRowsInADatabaseThatWasRestoredFromADump() throws Exception {
		String anew = "ALTER TABLE plant RENAME TO plant_old; CREATE TABLE plant (LIKE plant_old INCLUDING ALL)";
		this.database.execute(anew, "INSERT INTO plant VALUES ('a', 'Acer'), ('b', 'Acer')");
		TestDatabase original = this.database;
		freshDatabase(this.files.path(""));
		this.database.execute(anew,
				"TRUNCATE samara_seeds, samara_environment, samara_seed_rows, species, plant, plant_old CASCADE");
		for (String table : List
			.of("species", "plant", "plant_old", "samara_seeds (id, run_id, event, name, version, folder, "
					+ "level, script, checksum, environment, statements, executed_by, started_at, duration_ms, rows_inserted, "
					+ "rows_updated, rows_unchanged, rows_deleted)", "samara_environment", "samara_seed_rows")) {
			copy(original, table);
		}

		assertThat(runner().status().in(SeedState.APPLIED)).hasSize(3);
		assertThat(runner().rollback(SeedRollback.of("dev/020_plant", "dev/010_species")).rolledBack())
			.extracting(SeedRollbackResult::rows)
			.containsExactly(2L, 2L);
		assertThat(this.database.values(String.class, "SELECT tag FROM plant ORDER BY 1")).containsExactly("a", "b");
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM plant_old")).isZero();
	}

	/** As pg_dump and its restore do. */
	private void copy(TestDatabase from, String table) throws Exception {
		StringWriter rows = new StringWriter();
		try (Connection source = from.connection(); Connection target = this.database.connection()) {
			for (Connection connection : List.of(source, target)) {
				connection.createStatement().execute("SET search_path = ''");
			}
			new CopyManager(source.unwrap(BaseConnection.class)).copyOut("COPY public." + table + " TO STDOUT", rows);
			new CopyManager(target.unwrap(BaseConnection.class)).copyIn("COPY public." + table + " FROM STDIN",
					new StringReader(rows.toString()));
		}
	}

	@Test
	void tellsEverythingThatKeepsItFromThatAtOnce() {
		this.files.add("dev/030_a.sql", "SELECT 1").add("dev/031_b.sql", "-- samara: depends-on=030_a\nSELECT 1");
		runner(new SampleSeeder("040_no", "dev", (context) -> {
		})).run();
		this.files.add("dev/032_c.sql", "SELECT 1");

		assertThat(refusals(SeedRollback.of("dev/030_a", "dev/040_no", "dev/032_c", "dev/03_a", "dev/010_species")))
			.containsExactlyInAnyOrder("needed", "no-way-back", "no-way-back", "not-applied", "unknown-seed");
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM species")).isEqualTo(3);
	}

	@Test
	void leavesNothingOfAScriptThatFails() {
		this.files.add("common/001_setting.down.sql", "DROP TABLE setting; DROP TABLE nowhere;");

		SeedRollbackFailedException ex = catchThrowableOfType(SeedRollbackFailedException.class,
				() -> runner().rollback(SeedRollback.of("common/001_setting")));

		assertThat(ex).hasMessageContaining("001_setting.down.sql:1:21: table \"nowhere\" does not exist");
		assertThat(this.database.value(Boolean.class, "SELECT to_regclass('setting') IS NOT NULL")).isTrue();
		assertThat(this.database.values(String.class,
				"SELECT sql_state FROM samara_seeds WHERE event = 'ROLLBACK_FAILED'"))
			.containsExactly("42P01");
	}

	@Test
	void refusesScriptsThatBelongToNothing() {
		this.files.add("dev/01_species.down.sql", "SELECT 1")
			.add("dev/030_more.sql", "SELECT 1;\n-- samara: down\nSELECT 1;")
			.add("dev/030_more.down.sql", "SELECT 1");

		assertThat(runner().plan().errors()).extracting(Finding::code)
			.containsExactlyInAnyOrder("down-without-seed", "duplicate-down");
		assertThat(runner().plan().errors().get(0).remedy()).startsWith("Did you mean dev/010_species.down.sql?");
	}

	private List<String> refusals(SeedRollback rollback) {
		return catchThrowableOfType(SeedValidationException.class,
				() -> runner(new SampleSeeder("040_no", "dev", null)).rollback(rollback))
			.getFindings()
			.stream()
			.map(Finding::code)
			.toList();
	}

	private List<String> events() {
		return this.database.values(String.class,
				"SELECT event || ' ' || name || ' ' || version FROM samara_seeds ORDER BY id");
	}

	private SeedRunner runner(Seeder... seeders) {
		return SeedRunner.builder(this.database.dataSource())
			.settings(SeedSettings.builder()
				.locations(this.files.location())
				.environment(Environment.DEV)
				.claimDatabase(this.database.name())
				.build())
			.seeders(List.of(seeders))
			.build();
	}

}
