package dev.samara.seed;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
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
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Code among files: in order, once, in one transaction with the history.
 */
@PostgresTest
class SeederIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts files;

	SeederIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.database.execute("CREATE TABLE plant (name text PRIMARY KEY)");
		this.files = Scripts.in(folder)
			.add("common/010_oak.sql", "INSERT INTO plant VALUES ('oak')")
			.add("common/030_elm.sql",
					"-- samara: depends-on=040_ash\nINSERT INTO plant SELECT 'elm' FROM plant WHERE name = 'ash'");
	}

	@Test
	void runsAmongFilesByNameAndDependencies() {
		SeedReport report = run(inserting("020_fir", "common", "fir"), inserting("040_ash", "common", "ash"),
				inserting("001_yew", "dev", "yew"), inserting("002_no", "prod", "no"));

		assertThat(report.applied()).extracting((result) -> result.seed().name() + " " + result.rows())
			.containsExactly("common/010_oak.sql 1", "common/020_fir 1", "common/040_ash 1", "common/030_elm.sql 1",
					"dev/001_yew 1");
		assertThat(report.notApplicable()).isOne();
		assertThat(this.database.values(String.class, "SELECT name FROM plant ORDER BY 1")).containsExactly("ash",
				"elm", "fir", "oak", "yew");
	}

	@Test
	void runsAgainWhenItsVersionIsAnotherOne() {
		SampleSeeder first = inserting("020_fir", "common", "fir");
		this.files.remove("common/030_elm.sql");
		run(first);
		assertThat(run(first).applied()).isEmpty();

		SeedReport report = run(new SampleSeeder("020_fir", "common", (context) -> {
		}) {

			@Override
			public String version() {
				return "2";
			}

		});

		assertThat(report.applied()).singleElement().satisfies((result) -> assertThat(result.version()).isEqualTo(2));
	}

	@Test
	void isASeedOfItsOwnInEachOfItsEnvironments() {
		this.files.remove("common/030_elm.sql");
		SampleSeeder seeder = new SampleSeeder("020_fir", List.of("development", "staging"),
				(context) -> context.jdbc().update("INSERT INTO plant VALUES (?)", context.environment().name()));

		assertThat(run(seeder).applied()).extracting((result) -> result.seed().name())
			.containsExactly("common/010_oak.sql", "dev/020_fir");
		assertThat(runner(seeder).status().in(SeedState.NOT_FOR_ENVIRONMENT)).extracting(SeedStatus::name)
			.containsExactly("staging/020_fir");
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM plant WHERE name = 'dev'")).isOne();
	}

	@Test
	void leavesNothingOfASeederThatFailsAndTellsWhereWithoutValues() {
		this.files.remove("common/030_elm.sql");
		SeedFailedException ex = catchThrowableOfType(SeedFailedException.class,
				() -> run(new SampleSeeder("020_fir", "common", (context) -> {
					context.jdbc().update("INSERT INTO plant VALUES ('fir')");
					context.jdbc().update("INSERT INTO plant VALUES ('oak')");
				})));

		assertThat(ex).hasMessageStartingWith("Seed common/020_fir failed in dev.samara.seed.SampleSeeder")
			.hasMessageContaining(
					"duplicate key value violates unique constraint \"plant_pkey\" [23505]. Nothing of it")
			.hasMessageEndingWith("staying: common/010_oak.sql.");
		assertThat(ex.getMessage() + ex.getCause()).doesNotContain("(oak)");
		assertThat(this.database.values(String.class, "SELECT name FROM plant")).containsExactly("oak");
		assertThat(this.database.values(String.class,
				"SELECT event || sql_state FROM samara_seeds WHERE event <> 'APPLIED'"))
			.containsExactly("FAILED23505");
	}

	@Test
	void tellsAnErrorLikeAnException() {
		this.files.remove("common/030_elm.sql");
		SeedFailedException ex = catchThrowableOfType(SeedFailedException.class,
				() -> run(new SampleSeeder("020_fir", "common", (context) -> {
					context.jdbc().update("INSERT INTO plant VALUES ('fir')");
					throw new NoClassDefFoundError("gone");
				})));

		assertThat(ex).hasMessageContaining("java.lang.NoClassDefFoundError: gone. Nothing of it was applied.")
			.hasRootCauseInstanceOf(NoClassDefFoundError.class);
		assertThat(this.database.values(String.class, "SELECT name FROM plant")).containsExactly("oak");
		assertThat(this.database.values(String.class, "SELECT event FROM samara_seeds ORDER BY id"))
			.containsExactly("APPLIED", "FAILED");
	}

	@Test
	void noticesThatTheTransactionWasEnded() {
		this.files.remove("common/030_elm.sql");

		assertThat(catchThrowableOfType(SeedFailedException.class,
				() -> run(new SampleSeeder("020_fir", "common", (context) -> context.jdbc().execute("COMMIT")))))
			.hasMessageContaining("has ended the transaction");
		assertThat(catchThrowableOfType(SeedFailedException.class, () -> run(
				new SampleSeeder("020_fir", "common", (context) -> context.jdbc().execute((Connection raw) -> {
					raw.commit();
					return null;
				})))))
			.hasMessageContaining("Nothing of it was applied");
	}

	@Test
	void givesTheSessionBackAsItWas() {
		this.files.add("common/025_box.sql", "INSERT INTO plant VALUES ('box')").remove("common/030_elm.sql");

		run(new SampleSeeder("020_fir", "common", (context) -> context.jdbc().execute("SET search_path = pg_catalog")));

		assertThat(this.database.values(String.class, "SELECT name FROM plant")).contains("box");
	}

	@Test
	void triesAgainWhileSomebodyHoldsTheTable() throws Exception {
		this.files.remove("common/030_elm.sql");
		List<Integer> attempts = new ArrayList<>();
		Connection other = this.database.connection();
		other.setAutoCommit(false);
		other.createStatement().execute("LOCK TABLE plant IN SHARE ROW EXCLUSIVE MODE");
		this.files.remove("common/010_oak.sql");

		SeedReport report = run(new SampleSeeder("020_fir", "common", (context) -> {
			attempts.add(1);
			if (attempts.size() == 2) {
				other.close();
			}
			context.jdbc().update("INSERT INTO plant VALUES ('fir')");
		}));

		assertThat(report.applied().get(0).attempts()).isEqualTo(2);
		assertThat(this.database.values(String.class, "SELECT name FROM plant")).containsExactly("fir");
	}

	@Test
	void refusesASeederThatDoesNotSayClearlyWhatItIs() {
		this.files.add("common/040_ash.sql", "");

		SeedPlan plan = runner(inserting("fir", "dev", "a"), inserting("dev/001_fir", "dev", "a"),
				new SampleSeeder("020_fir", List.of(), null),
				new SampleSeeder("021_fir", List.of("common", "dev"), null), inserting("050_x", "dev", "a"),
				inserting("050_x", "local", "a"))
			.plan();

		assertThat(plan.errors()).extracting(Finding::code)
			.containsExactlyInAnyOrder("bad-name", "bad-name", "no-environment", "no-environment", "duplicate-name");
	}

	@Test
	void refusesASeederThatReturnsNothing() {
		SeedPlan plan = runner(new SampleSeeder(null, "dev", null), new SampleSeeder("020_a", "dev", null) {

			@Override
			public List<String> dependsOn() {
				return null;
			}

			@Override
			public String version() {
				return null;
			}

		}, new SampleSeeder("030_b", Arrays.asList("dev", null), null),
				new SampleSeeder("040_c", (List<String>) null, null), new SampleSeeder("050_d", "dev", null) {

					@Override
					public SeedLevel level() {
						return SeedLevel.NONE;
					}

				})
			.plan();

		assertThat(plan.errors()).filteredOn((finding) -> finding.code().equals("incomplete-seeder"))
			.hasSize(4)
			.allSatisfy((finding) -> assertThat(finding.message()).startsWith("Seeder dev.samara.seed.S"))
			.extracting((finding) -> finding.message().replaceFirst(".* from ", ""))
			.containsExactly("name()", "dependsOn(), version()", "environments()", "environments()");
		assertThat(plan.errors()).filteredOn((finding) -> finding.code().equals("invalid-level"))
			.singleElement()
			.satisfies((finding) -> assertThat(finding.message()).contains("050_d"));
	}

	private static SampleSeeder inserting(String name, String environment, String plant) {
		return new SampleSeeder(name, environment, (context) -> context
			.addRows(context.client().sql("INSERT INTO plant VALUES (?)").param(plant).update()));
	}

	private SeedReport run(Seeder... seeders) {
		return runner(seeders).run();
	}

	private SeedRunner runner(Seeder... seeders) {
		return SeedRunner.builder(this.database.dataSource())
			.settings(SeedSettings.builder().locations(this.files.location()).environment(Environment.DEV).build())
			.seeders(List.of(seeders))
			.build();
	}

}
