package dev.samara.autoconfigure.actuate;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.samara.migration.MigrationFailedException;
import dev.samara.migration.MigrationSettings;
import dev.samara.migration.MigrationState;
import dev.samara.migration.MigrationTarget;
import dev.samara.migration.Migrator;
import dev.samara.migration.RollbackFailedException;
import dev.samara.migration.RollbackTarget;
import dev.samara.seed.SeedEvent;
import dev.samara.seed.SeedFailedException;
import dev.samara.seed.SeedRunner;
import dev.samara.seed.SeedSettings;
import dev.samara.seed.SeedState;
import dev.samara.seed.data.RowCounts;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class EndpointsIntegrationTests {

	private TestDatabase database;

	private Scripts scripts;

	private final PGSimpleDataSource nowhere = new PGSimpleDataSource();

	@BeforeEach
	void startWithAnEmptyDatabase(TestDatabase shared, @TempDir Path folder) {
		this.database = shared.newDatabase();
		this.nowhere.setURL("jdbc:postgresql://localhost:1/nursery?user=app&password=s3cret");
		this.scripts = Scripts.in(folder)
			.add("migration/V1__plant.sql", "CREATE TABLE plant (name text UNIQUE);")
			.add("migration/V2__twice.sql",
					"INSERT INTO plant VALUES ('s3cret');\nINSERT INTO plant VALUES ('s3cret');")
			.add("migration/V3__pot.sql", "-- Author: Ada\n-- Created: 2026-04-08\nCREATE TABLE pot ();");
	}

	@Test
	void showWhatFailedWithoutItsValues() {
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(() -> migrator().migrate());
		MigrationsEndpoint endpoint = new MigrationsEndpoint(Map.of("a", migrator()));

		MigrationsDescriptor.Database all = endpoint.migrations().migrations().get("a");
		MigrationDescriptor one = endpoint.migration("2");

		assertThat(all.failed()).isOne();
		assertThat(all.pending()).isEqualTo(2);
		assertThat(all.current()).isEqualTo("1");
		assertThat(all.states()).containsExactlyInAnyOrderEntriesOf(
				Map.of(MigrationState.APPLIED, 1, MigrationState.FAILED, 1, MigrationState.PENDING, 1));
		assertThat(all.migrations().get(1).error()).contains("V2__twice.sql:2:1: duplicate key");
		assertThat(all.migrations()).extracting((entry) -> entry.startedAt() != null)
			.containsExactly(false, true, false);
		assertThat(all.migrations().get(1).startedAt()).isEqualTo(one.migrations().get("a").lastAttempt().startedAt());
		assertThat(one.migrations().get("a").lastAttempt().sqlState()).isEqualTo("23505");
		assertThat(one.migrations().get("a").statements()).isEqualTo(2);
		assertThat(all.toString() + one).doesNotContain("s3cret");
	}

	@Test
	void showWhatIsWrong() {
		this.scripts.add("migration/V4_name.sql", "SELECT 1;");

		assertThat(new MigrationsEndpoint(Map.of("a", migrator())).migrations().migrations().get("a").findings())
			.filteredOn((finding) -> !finding.code().equals("no-environment"))
			.singleElement()
			.satisfies((finding) -> {
				assertThat(finding.place()).endsWith("V4_name.sql");
				assertThat(finding.remedy()).isNotEmpty();
			});
	}

	@Test
	void showWhatTheNextStartWouldDo() {
		this.scripts.remove("migration/V2__twice.sql").add("migration/V1__plant.down.sql", "DROP TABLE plant;");

		JsonNode plan = plan(migrator());

		assertThat(plan.at("/direction").asString()).isEqualTo("migrate");
		assertThat(plan.at("/steps")).hasSize(2);
		assertThat(plan.at("/steps/0/migration").asString()).isEqualTo("1");
		assertThat(plan.at("/steps/0/reason").asString()).isEqualTo("pending");
		assertThat(plan.at("/steps/0/transaction").asString()).isEqualTo("one transaction");
		assertThat(plan.at("/steps/0/hasDown").asBoolean()).isTrue();
		assertThat(plan.at("/steps/0/objects/0").asString()).isEqualTo("table plant");
		migrator().migrate();
		assertThat(shown(migrator()).plan()).isNull();
	}

	@Test
	void showWhatTheNextStartWouldTakeBack() {
		this.scripts.remove("migration/V2__twice.sql").add("migration/V3__pot.down.sql", "DROP TABLE pot;");
		migrator().migrate();

		JsonNode plan = plan(migrator("1"));

		assertThat(plan.at("/direction").asString()).isEqualTo("rollback");
		assertThat(plan.at("/steps")).hasSize(1);
		assertThat(plan.at("/steps/0/script").asString()).endsWith("V3__pot.down.sql");
		assertThat(plan.at("/steps/0/reason").asString()).isEqualTo("everything above 1");
	}

	@Test
	void showWhatKeepsTheNextStartFromTakingItBack() {
		this.scripts.remove("migration/V2__twice.sql")
			.add("migration/V3__pot.sql", "-- samara: irreversible because pots break\nCREATE TABLE pot ();");
		migrator().migrate();

		MigrationsDescriptor.Database shown = shown(migrator("1"));

		assertThat(shown.plan().findings()).singleElement()
			.satisfies((problem) -> assertThat(problem.code()).isEqualTo("irreversible"));
		assertThat(shown.migrations()).last().satisfies((entry) -> {
			assertThat(entry.hasDown()).isFalse();
			assertThat(entry.irreversible()).isEqualTo("pots break");
		});
	}

	@Test
	void countWhatWasTakenBackAndWhatStoppedThere() {
		this.scripts.remove("migration/V2__twice.sql")
			.add("migration/V1__plant.down.sql", "DROP INDEX CONCURRENTLY plant_idx;\nDROP TABLE missing;")
			.add("migration/V1__plant.sql", "CREATE TABLE plant (name text); CREATE INDEX plant_idx ON plant (name);")
			.add("migration/V3__pot.down.sql", "DROP TABLE pot;");
		migrator().migrate();
		assertThatExceptionOfType(RollbackFailedException.class)
			.isThrownBy(() -> migrator().rollback(RollbackTarget.EVERYTHING));

		MigrationsDescriptor.Database shown = shown(migrator());

		assertThat(shown.states()).containsExactlyInAnyOrderEntriesOf(
				Map.of(MigrationState.ROLLBACK_UNFINISHED, 1, MigrationState.ROLLED_BACK, 1));
		assertThat(shown.failed()).isOne();
		assertThat(shown.migrations().get(0).error()).contains("V1__plant.down.sql:2:1", "does not exist");
		assertThat(shown.findings()).extracting(FindingDescriptor::code)
			.containsExactly("rollback-unfinished", "no-environment", "unmarked-database");
	}

	@Test
	void showAMigrationThatWasNeverTried() {
		MigrationDescriptor.Detail detail = new MigrationsEndpoint(Map.of("a", migrator())).migration("3")
			.migrations()
			.get("a");

		assertThat(detail.migration().state()).isEqualTo(MigrationState.PENDING);
		assertThat(detail.fileChecksum()).isEqualTo(detail.migration().checksum()).startsWith("sha256:");
		assertThat(detail.headers()).containsOnly(Map.entry("author", "Ada"), Map.entry("created", "2026-04-08"));
		assertThat(detail.lastAttempt()).isNull();
	}

	@Test
	void showForWhichEnvironmentsAMigrationIs() {
		this.scripts.add("migration/V3__pot.sql", "-- samara: environments=uat, prod\nCREATE TABLE pot ();");

		MigrationsDescriptor.Database shown = shown(migrator());
		MigrationDescriptor one = new MigrationsEndpoint(Map.of("a", migrator())).migration("3");

		assertThat(shown.migrations()).extracting(MigrationsDescriptor.Entry::environments)
			.containsExactly(null, null, List.of("prod", "staging"));
		assertThat(one.migrations().get("a").migration()).isEqualTo(shown.migrations().get(2));
		assertThat(JsonMapper.shared().valueToTree(shown).at("/migrations/2/environments/1").asString())
			.isEqualTo("staging");
	}

	@Test
	void findARepeatableMigrationByEitherOfItsNames() {
		this.scripts.add("migration/R__plant_names.sql", "SELECT 1;");
		MigrationsEndpoint endpoint = new MigrationsEndpoint(Map.of("a", migrator()));

		assertThat(endpoint.migration("R:plant names")).isNotNull().isEqualTo(endpoint.migration("R:plant_names"));
		assertThat(endpoint.migration("R:plants")).isNull();
	}

	@Test
	void answerForOneDatabaseWhenAnotherIsDown() {
		Migrator down = Migrator.builder(this.nowhere).settings(migrationSettings()).build();
		MigrationsEndpoint endpoint = new MigrationsEndpoint(Map.of("up", migrator(), "down", down));

		Map<String, MigrationsDescriptor.Database> all = endpoint.migrations().migrations();
		Map<String, MigrationDescriptor.Detail> one = endpoint.migration("1").migrations();

		assertThat(all.get("up").migrations()).hasSize(3);
		assertThat(all.get("down").error()).startsWith("The database cannot be reached");
		assertThat(one.get("up").migration()).isNotNull();
		assertThat(one.get("down").error()).startsWith("The database cannot be reached");
		assertThat(all.toString() + one).doesNotContain("s3cret");
	}

	@Test
	void showWhichSeedFailedWithoutItsValues() {
		this.database.execute("CREATE TABLE plant (name text UNIQUE)");
		this.scripts.add("seed/common/001_plants.sql", "INSERT INTO plant VALUES ('acer');")
			.add("seed/common/002_twice.sql",
					"INSERT INTO plant VALUES ('s3cret');\nINSERT INTO plant VALUES ('s3cret');");
		assertThatExceptionOfType(SeedFailedException.class).isThrownBy(() -> seedRunner().run());

		SeedsDescriptor.Database seeds = new SeedsEndpoint(Map.of("a", seedRunner())).seeds().seeds().get("a");

		assertThat(seeds.failed()).isOne();
		assertThat(seeds.seeds()).extracting(SeedsDescriptor.Entry::state)
			.containsExactly(SeedState.APPLIED, SeedState.FAILED);
		assertThat(seeds.seeds().get(1).error()).contains("002_twice.sql:2:1: duplicate key");
		assertThat(seeds.toString()).doesNotContain("s3cret");
	}

	@Test
	void showASeedInDetailWithItsNumbers() {
		this.database.execute("CREATE TABLE plant (name text UNIQUE)");
		this.scripts.add("seed/common/001_plant.csv", "name\nacer\n");
		seedRunner().run();
		this.scripts.add("seed/common/001_plant.csv", "name\nacer\ntilia\n");
		seedRunner().run();
		SeedRunner down = SeedRunner.builder(this.nowhere).settings(seedSettings()).build();
		SeedsEndpoint endpoint = new SeedsEndpoint(Map.of("a", seedRunner(), "down", down));

		SeedDescriptor.Details details = endpoint.seed("common", "001_plant.csv").seeds().get("a");

		assertThat(details.seed()).isEqualTo(endpoint.seeds().seeds().get("a").seeds().get(0));
		assertThat(details.seed().version()).isEqualTo(2);
		assertThat(details.seed().rows()).isEqualTo(new RowCounts(1, 0, 1, 0));
		assertThat(details.description()).isEqualTo("plant");
		assertThat(details.lastAttempt().event()).isEqualTo(SeedEvent.APPLIED);
		assertThat(details.lastAttempt().executedBy()).isNotEmpty();
		assertThat(endpoint.seed("common", "001_plant.csv").seeds().get("down").error())
			.startsWith("The database cannot be reached");
		assertThat(endpoint.seed("common", "002_plant.csv")).isNull();
	}

	@Test
	void answerForSeedsWhenTheDatabaseIsDown() {
		this.scripts.add("seed/common/001_plants.sql", "SELECT 1;");
		SeedRunner down = SeedRunner.builder(this.nowhere).settings(seedSettings()).build();

		SeedsDescriptor.Database seeds = new SeedsEndpoint(Map.of("a", down)).seeds().seeds().get("a");

		assertThat(seeds.error()).startsWith("The database cannot be reached").doesNotContain("s3cret");
		assertThat(seeds.seeds()).isNull();
	}

	private static MigrationsDescriptor.Database shown(Migrator migrator) {
		return new MigrationsEndpoint(Map.of("a", migrator)).migrations().migrations().get("a");
	}

	private static JsonNode plan(Migrator migrator) {
		return JsonMapper.shared().valueToTree(shown(migrator)).at("/plan");
	}

	private Migrator migrator(String target) {
		return Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder()
				.locations(this.scripts.location() + "/migration")
				.target(MigrationTarget.of(target))
				.build())
			.build();
	}

	private Migrator migrator() {
		return Migrator.builder(this.database.dataSource()).settings(migrationSettings()).build();
	}

	private MigrationSettings migrationSettings() {
		return MigrationSettings.builder().locations(this.scripts.location() + "/migration").build();
	}

	private SeedRunner seedRunner() {
		return SeedRunner.builder(this.database.dataSource()).settings(seedSettings()).build();
	}

	private SeedSettings seedSettings() {
		return SeedSettings.builder().locations(this.scripts.location() + "/seed").build();
	}

}
