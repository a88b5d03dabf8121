package dev.samara.seed;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.environment.Application;
import dev.samara.environment.Environment;
import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;
import dev.samara.testing.WireTap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The main path: what is for the environment and the level is applied once, in order, and
 * again when it changes.
 */
@PostgresTest
class SeedRunnerIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts scripts;

	SeedRunnerIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.database.execute("CREATE TABLE plant (id serial PRIMARY KEY, name text NOT NULL UNIQUE)");
		this.scripts = Scripts.in(folder)
			.add("common/002_maple.sql", plant("maple"))
			.add("common/010_oak.sql", "-- samara: level=essential\n" + plant("oak"))
			.add("dev/001_birch.sql", plant("birch"))
			.add("staging/001_lime.sql", plant("lime"))
			.add("prod/001_ginkgo.sql", plant("ginkgo"));
	}

	@Test
	void runsEverythingInDevelopment() {
		SeedReport report = runner(Environment.DEV).run();

		assertThat(plants()).containsExactly("maple", "oak", "birch");
		assertThat(report.applied()).extracting((result) -> result.seed().name())
			.containsExactly("common/002_maple.sql", "common/010_oak.sql", "dev/001_birch.sql");
		assertThat(report.applied()).allSatisfy((result) -> {
			assertThat(result.statements()).isOne();
			assertThat(result.rows()).isOne();
			assertThat(result.version()).isOne();
		});
		assertThat(report.notApplicable()).isEqualTo(2);
		assertThat(report.runId()).isNotNull();
	}

	@Test
	void runsTheEssentialOnesInStaging() {
		runner(Environment.STAGING).run();

		assertThat(plants()).containsExactly("maple", "oak", "lime");
	}

	@Test
	void runsTheMinimalOnesInProduction() {
		runner(Environment.PROD).run();

		assertThat(plants()).containsExactly("maple", "ginkgo");
	}

	@Test
	void runsTheMinimalCommonOnesWithoutAnEnvironment() {
		runner().run();

		assertThat(plants()).containsExactly("maple");
	}

	@Test
	void runsWhatTheLevelAsksFor() {
		run(settings(Environment.DEV).level(SeedLevel.NONE));
		assertThat(plants()).isEmpty();

		run(settings(Environment.DEV).level(SeedLevel.MINIMAL));
		assertThat(plants()).containsExactly("maple");

		run(settings(Environment.DEV).level(SeedLevel.ALL));
		assertThat(plants()).containsExactly("maple", "oak", "birch");
	}

	@Test
	void asksOneQueryAndTakesNoLockWhenNothingHasChanged() {
		runner(Environment.DEV).run();

		try (WireTap tap = WireTap.on(this.database)) {
			SeedRunner runner = SeedRunner.builder(tap.dataSource(this.database))
				.settings(settings(Environment.DEV).build())
				.build();
			SeedReport report = runner.run();

			assertThat(tap.roundTrips()).isOne();
			assertThat(tap.queries()).singleElement().asString().startsWith("SELECT");
			assertThat(report.runId()).isNull();
			assertThat(report.applied()).isEmpty();
			assertThat(report.skipped()).isEqualTo(3);
			assertThat(report.notApplicable()).isEqualTo(2);
			tap.reset();

			assertThat(runner.status().in(SeedState.APPLIED)).hasSize(3);
			assertThat(tap.queries()).hasSize(1);
			tap.reset();

			assertThat(runner.plan().isEmpty()).isTrue();
			assertThat(tap.queries()).hasSize(1);
		}
	}

	@Test
	void asksNothingWithoutSeeds() {
		try (WireTap tap = WireTap.on(this.database)) {
			SeedReport report = SeedRunner.builder(tap.dataSource(this.database)).build().run();

			assertThat(report.applied()).isEmpty();
			assertThat(tap.connections()).isZero();
		}
	}

	@Test
	void sendsEachSeedInOneMessage() {
		runner().run();
		this.scripts.add("common/020_more.sql", plant("elm") + ";" + plant("ash"));
		try (WireTap tap = WireTap.on(this.database)) {
			SeedRunner.builder(tap.dataSource(this.database)).settings(settings(null).build()).build().run();

			assertThat(tap.queries()).filteredOn((query) -> query.contains("'elm'"))
				.singleElement()
				.asString()
				.startsWith("BEGIN")
				.contains("'ash'", "INSERT INTO \"public\".\"samara_seeds\"")
				.endsWith("COMMIT;\n");
		}
	}

	@Test
	void copiesDataThatStandsInTheFile() {
		this.scripts.add("common/020_more.sql", "COPY plant (name) FROM stdin;\nelm\nash\n\\.\nSELECT 1;\n");

		SeedReport report = runner().run();

		assertThat(plants()).containsExactly("maple", "elm", "ash");
		assertThat(report.applied().get(1).rows()).isEqualTo(3);
	}

	@Test
	void leavesNothingOfDataThatFailedToCopy() {
		this.scripts.add("common/020_more.sql", plant("elm") + ";\nCOPY plant (name) FROM stdin;\nash\nelm\n\\.\n");

		assertThatExceptionOfType(SeedFailedException.class).isThrownBy(() -> runner().run())
			.withMessageContaining("020_more.sql:2:1 (statement 2 of 2)")
			.withMessageNotContaining("(elm)");
		assertThat(plants()).containsExactly("maple");
		assertThat(runner().status().in(SeedState.FAILED)).hasSize(1);
	}

	@Test
	void runsAgainWhatHasChanged() {
		runner(Environment.DEV).run();
		this.scripts.add("dev/001_birch.sql", plant("silver birch"));

		assertThat(runner(Environment.DEV).status().in(SeedState.CHANGED)).extracting(SeedStatus::name)
			.containsExactly("dev/001_birch.sql");
		SeedReport report = runner(Environment.DEV).run();

		assertThat(report.applied()).singleElement().satisfies((result) -> assertThat(result.version()).isEqualTo(2));
		assertThat(report.skipped()).isEqualTo(2);
		assertThat(plants()).containsExactly("maple", "oak", "birch", "silver birch");
		assertThat(this.database.values(Integer.class,
				"SELECT version FROM samara_seeds WHERE name = 'dev/001_birch.sql' ORDER BY id"))
			.containsExactly(1, 2);
	}

	@Test
	void doesNotCareAboutLineEnds() {
		runner().run();
		this.scripts.add("common/002_maple.sql", plant("maple") + "\r\n\r\n");

		assertThat(runner().run().applied()).isEmpty();
	}

	@Test
	void leavesNothingButARecordOfWhatFailed() {
		this.scripts.add("common/005_wrong.sql", plant("elm") + ";\n\nINSERT INTO plants (name) VALUES ('ash')");

		assertThatExceptionOfType(SeedFailedException.class).isThrownBy(() -> runner(Environment.DEV).run())
			.withMessageContaining("Seed common/005_wrong.sql failed at ")
			.withMessageContaining("common/005_wrong.sql:3:13 (statement 2 of 2)")
			.withMessageContaining("[42P01]. Nothing of it was applied. Applied before it in this run, and staying: "
					+ "common/002_maple.sql.")
			.satisfies((ex) -> {
				assertThat(ex.getSeed())
					.hasValueSatisfying((seed) -> assertThat(seed.name()).isEqualTo("common/005_wrong.sql"));
				assertThat(ex.getApplied()).hasSize(1);
				assertThat(ex.getRemedy()).contains("005_wrong.sql");
			});

		assertThat(plants()).containsExactly("maple");
		assertThat(this.database.values(String.class, "SELECT name || ' ' || event FROM samara_seeds ORDER BY id"))
			.containsExactly("common/002_maple.sql APPLIED", "common/005_wrong.sql FAILED");
		assertThat(this.database.value(String.class, "SELECT error FROM samara_seeds WHERE sql_state = '42P01'"))
			.contains("common/005_wrong.sql:3:13: relation \"plants\" does not exist");
		assertThat(runner(Environment.DEV).status().in(SeedState.FAILED)).singleElement()
			.satisfies((status) -> assertThat(status.failure()).isPresent());
	}

	@Test
	void goesOnWhereItFailedOnceThatIsFixed() {
		this.scripts.add("common/005_wrong.sql", "SELECT wrong");
		assertThatExceptionOfType(SeedFailedException.class).isThrownBy(() -> runner(Environment.DEV).run());
		this.scripts.add("common/005_wrong.sql", plant("elm"));

		SeedReport report = runner(Environment.DEV).run();

		assertThat(report.skipped()).isOne();
		assertThat(plants()).containsExactly("maple", "elm", "oak", "birch");
		assertThat(this.database.values(String.class, "SELECT state FROM samara_seed_status")).hasSize(4)
			.containsOnly("APPLIED");
	}

	@Test
	void tellsToMoveToAMigrationWhatNeedsItsOwnTransaction() {
		this.scripts.add("common/005_wrong.sql", "DO $$BEGIN EXECUTE 'VACUUM'; END$$");

		assertThatExceptionOfType(SeedFailedException.class).isThrownBy(() -> runner().run())
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("migration").doesNotContain("transaction=none"));
	}

	@Test
	void refusesEverythingThatIsWrongBeforeItRunsAnything() {
		this.scripts.add("common/005_vacuum.sql", "VACUUM").add("species.sql", "SELECT 1").add("dev/x.sql", "SELECT 1");

		assertThatExceptionOfType(SeedValidationException.class).isThrownBy(() -> runner(Environment.DEV).run())
			.withMessageContaining("3 problems were found with the seeds. Nothing was run.")
			.satisfies((ex) -> assertThat(ex.getFindings()).extracting(Finding::code)
				.containsExactlyInAnyOrder("not-a-transaction", "no-folder", "bad-name"));
		assertThat(this.database.values(String.class, "SELECT relname FROM pg_class WHERE relname LIKE 'samara%'"))
			.isEmpty();
	}

	@Test
	void showsWhatHasLostItsFile() {
		runner(Environment.DEV).run();
		this.scripts.remove("dev/001_birch.sql");

		SeedRunner runner = runner(Environment.DEV);

		assertThat(runner.run().applied()).isEmpty();
		assertThat(runner.status().in(SeedState.ORPHANED)).singleElement().satisfies((status) -> {
			assertThat(status.name()).isEqualTo("dev/001_birch.sql");
			assertThat(status.environment()).isEqualTo(Environment.DEV);
		});
		assertThat(runner.status().findings()).isEmpty();
	}

	@Test
	void recordsWhoDidWhat() {
		run(settings(Environment.of("local")).application(new Application("nursery", "1.2")));

		assertThat(this.database.rows("SELECT * FROM samara_seeds WHERE name = 'dev/001_birch.sql'")).singleElement()
			.satisfies((row) -> assertThat(row).containsEntry("event", "APPLIED")
				.containsEntry("folder", "dev")
				.containsEntry("environment", "dev")
				.containsEntry("level", "ALL")
				.containsEntry("statements", 1)
				.containsEntry("executed_by", this.database.username())
				.containsEntry("application_name", "nursery")
				.containsEntry("application_version", "1.2")
				.doesNotContainEntry("started_at", null));
		SeedEntry entry = runner(Environment.DEV).status().seeds().get(2).last();
		assertThat(entry).isNotNull();
		assertThat(entry.environment()).isEqualTo(Environment.DEV);
		assertThat(entry.checksum()).startsWith("sha256:");
		assertThat(entry.script()).endsWith("/dev/001_birch.sql");
	}

	@Test
	void worksInTheSchemaThatIsAskedFor() {
		this.database.execute("CREATE SCHEMA nursery", "CREATE TABLE nursery.plant (name text)");

		run(settings(Environment.DEV).schema("nursery").table("history"));

		assertThat(plants()).isEmpty();
		assertThat(this.database.values(String.class, "SELECT name FROM nursery.plant")).hasSize(3);
		assertThat(this.database.values(String.class, "SELECT name FROM nursery.history_status")).hasSize(3);
		assertThat(this.database.value(String.class, "SELECT environment FROM nursery.samara_environment"))
			.isEqualTo("dev");
	}

	@Test
	void givesTheSessionBackAsItWas() throws Exception {
		this.scripts.add("common/003_path.sql", "SET search_path = nowhere; SET ROLE NONE");
		try (var pool = this.database.hikari(1)) {
			SeedRunner.builder(pool).settings(settings(null).build()).build().run();

			try (var connection = pool.getConnection();
					var result = connection.createStatement().executeQuery("SHOW search_path")) {
				assertThat(result.next()).isTrue();
				assertThat(result.getString(1)).isEqualTo("\"$user\", public");
			}
		}
	}

	private SeedRunner runner() {
		return runner((Environment) null);
	}

	private SeedRunner runner(@Nullable Environment environment) {
		return SeedRunner.builder(this.database.dataSource()).settings(settings(environment).build()).build();
	}

	private void run(SeedSettings.Builder settings) {
		SeedRunner.builder(this.database.dataSource()).settings(settings.build()).build().run();
	}

	private SeedSettings.Builder settings(@Nullable Environment environment) {
		return SeedSettings.builder().locations(this.scripts.location()).environment(environment);
	}

	private List<String> plants() {
		return this.database.values(String.class, "SELECT name FROM public.plant ORDER BY id");
	}

	private static String plant(String name) {
		return "INSERT INTO plant (name) VALUES ('" + name + "')";
	}

}
