package dev.samara.seed;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.environment.Environment;
import dev.samara.migration.MigrationSettings;
import dev.samara.migration.Migrator;
import dev.samara.migration.RollbackTarget;
import dev.samara.script.Finding;
import dev.samara.seed.check.CheckSettings;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;
import dev.samara.testing.WireTap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Seeds whose tables a migration or a rollback drops, creates again or empties.
 */
@PostgresTest
class LostTablesIntegrationTests {

	private static final String CSV = "common/010_currency.csv";

	private static final String SQL = "common/020_plant.sql";

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts migrations;

	private Scripts seeds;

	LostTablesIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.migrations = Scripts.in(folder.resolve("migrations"))
			.add("V1__note.sql", "CREATE TABLE note (id int)")
			.add("V2__shop.sql",
					"CREATE TABLE currency (code text PRIMARY KEY, name text);"
							+ "CREATE TABLE plant (id int PRIMARY KEY, name text); CREATE TABLE computed (id int)")
			.add("V2__shop.down.sql", "DROP TABLE currency, plant, computed");
		this.seeds = Scripts.in(folder.resolve("seeds"))
			.add(CSV, "code,name\nEUR,Euro\n")
			.add(SQL, "INSERT INTO plant VALUES (1, 'oak'), (2, 'lime')");
	}

	@Test
	void fillsTablesAgainAfterARollbackAndAMigration() {
		migrator().migrate();
		runner().run();
		assertThat(rows()).isEqualTo(4);

		migrator().rollback(RollbackTarget.toVersion("1"));

		assertThat(runner().status().in(SeedState.INCOMPLETE)).hasSize(3)
			.extracting(SeedStatus::loss)
			.contains("table public.plant was dropped", "table public.currency was dropped");
		SeedReport waiting = runner().run();
		assertThat(waiting.applied()).as("seeds wait for their tables").isEmpty();
		assertThat(waiting.warnings()).extracting(Finding::code).containsOnly("incomplete-seed");

		migrator().migrate();

		assertThat(runner().status().in(SeedState.PENDING)).hasSize(3);
		assertThat(runner().plan().steps()).extracting(SeedStep::reason)
			.contains("table public.plant was dropped and created again after it was applied");
		assertThat(runner().run().applied()).hasSize(3);
		assertThat(rows()).isEqualTo(4);
		assertNothingToDo();
	}

	@Test
	void noticesWithoutANoteOfTheRunThatATableWasDropped() {
		migrator().migrate();
		runner().run();

		this.database.execute("DROP TABLE plant", "CREATE TABLE plant (id int PRIMARY KEY, name text)");

		assertThat(runner().run().applied()).extracting((result) -> result.seed().name()).containsExactly(SQL);
	}

	@Test
	void fillsTablesAgainThatAMigrationHasEmptied() {
		migrator().migrate();
		runner().run();
		this.migrations.add("V3__clean.sql", "TRUNCATE plant; DELETE FROM currency; DELETE FROM computed");

		migrator().migrate();

		assertThat(runner().status().in(SeedState.PENDING)).hasSize(3)
			.extracting(SeedStatus::loss)
			.contains("table public.plant was emptied by a migration");
		runner().run();
		assertThat(rows()).isEqualTo(4);
		assertNothingToDo();
	}

	@Test
	void leavesAloneWhatUsersDelete() {
		migrator().migrate();
		runner().run();

		this.database.execute("DELETE FROM currency", "TRUNCATE plant");
		this.migrations.add("V3__other.sql", "CREATE TABLE other (id int)");
		migrator().migrate();

		assertNothingToDo();
	}

	@Test
	void leavesAloneATableThatIsRenamedRewrittenOrReplacedByItsCopy() {
		migrator().migrate();
		runner().run();
		this.migrations.add("V3__move.sql",
				"ALTER TABLE currency RENAME TO money; ALTER TABLE computed ALTER id TYPE bigint;"
						+ "CREATE TABLE copy AS TABLE plant; DROP TABLE plant; ALTER TABLE copy RENAME TO plant");

		migrator().migrate();
		assertNothingToDo();

		this.migrations.add("V4__clean.sql", "DELETE FROM plant");
		migrator().migrate();
		assertThat(runner().status().in(SeedState.PENDING)).as("the copy is watched").hasSize(1);
	}

	@Test
	void leavesAloneWhatARestoreHasGivenOtherNumbersAndWatchesItFromThen() {
		migrator().migrate();
		runner().run();

		for (String table : List.of("samara_seed_tables", "currency", "plant", "computed")) {
			this.database.execute("CREATE TABLE restored (LIKE " + table + " INCLUDING ALL)",
					"INSERT INTO restored TABLE " + table, "DROP TABLE " + table,
					"ALTER TABLE restored RENAME TO " + table);
		}
		assertNothingToDo();
		this.database.execute("DELETE FROM plant");
		assertNothingToDo();

		migrator().rollback(RollbackTarget.LAST);
		migrator().migrate();
		assertThat(runner().run().applied()).hasSize(3);
	}

	@Test
	void reportsAScriptThatWouldInsertRowsTwice() {
		this.seeds.add(SQL, "INSERT INTO note VALUES (1); INSERT INTO plant VALUES (1, 'oak')");
		migrator().migrate();
		runner().run();

		migrator().rollback(RollbackTarget.LAST);
		migrator().migrate();

		assertThat(runner().run().warnings()).extracting(Finding::code).containsExactly("incomplete-seed");
		assertThat(runner().status().in(SeedState.INCOMPLETE)).extracting(SeedStatus::name).containsExactly(SQL);
		assertThat(this.database.value(Integer.class, "SELECT count(*) FROM note")).isOne();
	}

	@Test
	void bringsBackRowsOfAFileThatIsLoadedOnce() {
		this.seeds.add(CSV, "# samara: mode=once\ncode,name\nEUR,Euro\n");
		migrator().migrate();
		runner().run();
		this.seeds.add(CSV, "# samara: mode=once\ncode,name\nEUR,Changed\n");
		assertNothingToDo();

		migrator().rollback(RollbackTarget.LAST);
		migrator().migrate();

		runner().run();
		assertThat(this.database.value(String.class, "SELECT name FROM currency")).isEqualTo("Changed");
	}

	@Test
	void forgetsTheTablesOfASeedThatIsRolledBack() {
		migrator().migrate();
		runner().run();
		runner().rollback(SeedRollback.of(CSV));

		migrator().rollback(RollbackTarget.LAST);

		assertThat(runner().status().in(SeedState.ROLLED_BACK)).extracting(SeedStatus::name).containsExactly(CSV);
	}

	@Test
	void readsAHistoryWithoutTheRecordOfTables() {
		migrator().migrate();
		runner().run();
		this.database.execute("DROP TABLE samara_seed_tables");

		assertThat(runner().status().in(SeedState.APPLIED)).hasSize(3);
		assertThat(runner().run().applied()).isEmpty();
		assertNothingToDo();
	}

	@Test
	void checksTheDataAfterAMigrationThatChangedSomething() {
		migrator().migrate();
		assertThat(checking().run().checks()).isNotNull();
		assertThat(checking().run().checks()).isNull();
		this.migrations.add("V3__drop_one.sql", "DELETE FROM plant WHERE id = 1");

		migrator().migrate();

		assertThat(checking().run().checks()).isNotNull().satisfies((checks) -> assertThat(checks.passed()).isFalse());
		assertThat(runner().status().checks()).isNotNull()
			.satisfies((checks) -> assertThat(checks.event()).isEqualTo(SeedEvent.CHECKS_FAILED));
		this.database.execute("INSERT INTO plant VALUES (1, 'oak')");
		assertThat(checking().run().checks()).isNotNull();
		assertThat(checking().run().checks()).isNull();
	}

	@Test
	void doesNotCheckWhileSeedsWaitForTheirTables() {
		migrator().migrate();
		checking().run();

		migrator().rollback(RollbackTarget.LAST);

		assertThat(checking().run().checks()).isNull();
		migrator().migrate();
		assertThat(checking().run().checks()).isNotNull().satisfies((checks) -> assertThat(checks.passed()).isTrue());
	}

	private void assertNothingToDo() {
		runner().run();
		try (WireTap tap = WireTap.on(this.database)) {
			SeedRunner runner = SeedRunner.builder(tap.dataSource(this.database))
				.settings(settings().build())
				.seeders(List.of(seeder()))
				.build();
			SeedReport report = runner.run();
			assertThat(report.applied()).isEmpty();
			assertThat(report.warnings()).isEmpty();
			assertThat(tap.roundTrips()).isOne();
			assertThat(runner.status().in(SeedState.APPLIED)).hasSize(3);
		}
	}

	private int rows() {
		return this.database.value(Integer.class,
				"SELECT (SELECT count(*) FROM currency) + (SELECT count(*) FROM plant) + (SELECT count(*) FROM computed)");
	}

	private Migrator migrator() {
		return Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder()
				.locations(this.migrations.location())
				.environment(Environment.DEV)
				.build())
			.build();
	}

	private SeedRunner runner() {
		return SeedRunner.builder(this.database.dataSource())
			.settings(settings().build())
			.seeders(List.of(seeder()))
			.build();
	}

	private SeedRunner checking() {
		CheckSettings checks = new CheckSettings(CheckSettings.OnFailure.WARN, CheckSettings.DEFAULT_TIMEOUT, Map.of(),
				List.of("plant = 2"), false);
		return SeedRunner.builder(this.database.dataSource()).settings(settings().checks(checks).build()).build();
	}

	private SeedSettings.Builder settings() {
		return SeedSettings.builder().locations(this.seeds.location()).environment(Environment.DEV);
	}

	/** It declares no tables, so that the server tells which ones it has written. */
	private static Seeder seeder() {
		return new SampleSeeder("030_computed", Seeder.COMMON,
				(context) -> context.jdbc().update("INSERT INTO computed VALUES (1)"));
	}

}
