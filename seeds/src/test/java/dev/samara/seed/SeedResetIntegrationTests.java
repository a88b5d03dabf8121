package dev.samara.seed;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.environment.Environment;
import dev.samara.environment.EnvironmentMismatchException;
import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Clearing is all or nothing as far as can be known beforehand, and a reset is clearing
 * and running in one.
 */
@PostgresTest
class SeedResetIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts files;

	SeedResetIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.database.execute("""
				CREATE TABLE species (name text PRIMARY KEY);
				CREATE TABLE plant (tag text PRIMARY KEY, species text REFERENCES species);
				CREATE TABLE sale (id int PRIMARY KEY, tag text REFERENCES plant);
				""");
		this.files = Scripts.in(folder)
			.add("common/001_species.csv", "name\nAcer\n")
			.add("dev/010_species.csv", "name\nTilia\nUlmus\n")
			.add("dev/020_plant.csv", "tag,species\na,Acer\nt,Tilia\n")
			.add("dev/030_sale.csv", "id,tag\n1,t\n")
			.add("prod/010_species.csv", "name\nGinkgo\n");
		runner(Environment.DEV).run();
	}

	@Test
	void clearingTellsBeforehandOfAllSeedsWhatKeepsThemFromThat() {
		this.files.add("dev/015_species.csv", "name\nPicea\n").add("dev/016_more.sql", "SELECT 1");
		runner(Environment.DEV).run();
		this.database.execute("INSERT INTO plant VALUES ('mine', 'Ulmus'), ('too', 'Tilia')",
				"INSERT INTO sale VALUES (2, 'a')", "DELETE FROM samara_seed_rows WHERE seed = 'dev/015_species.csv'");
		long events = events();

		SeedValidationException ex = catchThrowableOfType(SeedValidationException.class,
				() -> runner(Environment.DEV).clear(this.database.name()));

		assertThat(ex.getFindings()).extracting((finding) -> finding.code() + ": " + finding.message())
			.satisfiesExactlyInAnyOrder((text) -> assertThat(text).startsWith("no-way-back: Seed dev/016_more.sql"),
					(text) -> assertThat(text).startsWith("not-remembered: Seed dev/015_species.csv cannot be taken "
							+ "back. Samara does not remember any row"),
					(text) -> assertThat(text).isEqualTo("referenced: Seed dev/020_plant.csv cannot be taken back. "
							+ "Other rows refer to its rows: 1 row of sale (sale_tag_fkey)"),
					(text) -> assertThat(text).isEqualTo("referenced: Seed dev/010_species.csv cannot be taken back. "
							+ "Other rows refer to its rows: 2 rows of plant (plant_species_fkey)"));
		assertThat(events()).isEqualTo(events);
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM sale")).isEqualTo(2);
	}

	@Test
	void rowsOfSeedsThatGoEarlierKeepNothing() {
		assertThat(runner(Environment.DEV).clear(this.database.name()).rolledBack())
			.extracting(SeedRollbackResult::name)
			.containsExactly("dev/030_sale.csv", "dev/020_plant.csv", "dev/010_species.csv");
		assertThat(this.database.values(String.class, "SELECT name FROM species")).containsExactly("Acer");
	}

	@Test
	void whatAScriptDoesOnTheWayIsNotGuessed() {
		this.files.add("dev/025_sale.sql", "INSERT INTO sale VALUES (9, 'a')")
			.add("dev/025_sale.down.sql", "DELETE FROM sale WHERE id = 9");
		runner(Environment.DEV).run();

		assertThat(runner(Environment.DEV).clear(this.database.name()).rolledBack()).hasSize(4);
	}

	@Test
	void resetsTheEnvironmentsSeedsInOneRun() {
		this.database.execute("UPDATE plant SET species = NULL", "INSERT INTO species VALUES ('mine')");
		this.files.add("dev/030_sale.csv", "id,tag\n1,a\n2,t\n");

		SeedResetReport report = runner(Environment.DEV).reset(this.database.name());

		assertThat(report.cleared().rolledBack()).hasSize(3);
		assertThat(report.seeded().applied()).extracting((result) -> result.seed().name())
			.containsExactly("dev/010_species.csv", "dev/020_plant.csv", "dev/030_sale.csv");
		assertThat(report.seeded().runId()).isEqualTo(report.cleared().runId());
		assertThat(this.database.values(String.class, "SELECT name FROM species ORDER BY 1")).containsExactly("Acer",
				"Tilia", "Ulmus", "mine");
		assertThat(this.database.values(String.class, "SELECT species FROM plant ORDER BY 1")).containsExactly("Acer",
				"Tilia");
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM sale")).isEqualTo(2);
		assertThat(runner(Environment.DEV).run().applied()).isEmpty();
	}

	@Test
	void resetsWhatIsNamedAndWhatItNeeds() {
		this.files.add("dev/040_late.csv", "# samara: table=sale\n# samara: depends-on=030_sale\nid,tag\n7,a\n");

		SeedResetReport report = runner(Environment.DEV).reset(this.database.name(),
				SeedSelection.of("dev/030_sale", "dev/040_late"));

		assertThat(report.cleared().rolledBack()).extracting(SeedRollbackResult::name)
			.containsExactly("dev/030_sale.csv");
		assertThat(report.seeded().applied()).hasSize(2);
		assertThat(refusals(Environment.DEV, this.database.name(), "dev/030_sale")).containsExactly("needed");
		assertThat(refusals(Environment.DEV, this.database.name(), "dev/010_species")).containsExactly("referenced");
		assertThat(refusals(Environment.DEV, this.database.name(), "dev/01_species", "prod/010_species"))
			.containsExactly("unknown-seed", "not-for-environment");
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM sale")).isEqualTo(2);
	}

	@Test
	void doesNotRunAgainWhatTheLevelLeavesOut() {
		SeedRunner essential = SeedRunner.builder(this.database.dataSource())
			.settings(settings(Environment.DEV).level(SeedLevel.ESSENTIAL).build())
			.build();

		assertThat(essential.reset(this.database.name()).seeded().applied()).isEmpty();
		assertThat(this.database.values(String.class, "SELECT name FROM species")).containsExactly("Acer");
	}

	@Test
	void neverResetsWhereClearingIsRefused() {
		assertThat(refusals(Environment.DEV, "production")).containsExactly("not-confirmed");
		assertThat(refusals(Environment.DEV, "production", "dev/030_sale")).containsExactly("not-confirmed");
		assertThatExceptionOfType(EnvironmentMismatchException.class)
			.isThrownBy(() -> runner(Environment.PROD).reset(this.database.name()));
		this.database.execute("UPDATE samara_environment SET environment = 'prod'");
		assertThat(refusals(null, this.database.name())).containsExactly("clear-in-production");
		assertThat(refusals(Environment.PROD, this.database.name(), "prod/010_species"))
			.containsExactly("clear-in-production");
		this.database.execute("DROP TABLE samara_environment");
		assertThat(refusals(Environment.DEV, this.database.name())).containsExactly("clear-without-environment");
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM sale")).isOne();
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM samara_seeds WHERE event <> 'APPLIED'"))
			.isZero();
	}

	private List<String> refusals(@Nullable Environment environment, String confirmation, String... names) {
		SeedSelection selection = (names.length > 0) ? SeedSelection.of(names) : SeedSelection.PENDING;
		return catchThrowableOfType(SeedValidationException.class,
				() -> runner(environment).reset(confirmation, selection))
			.getFindings()
			.stream()
			.map(Finding::code)
			.toList();
	}

	private long events() {
		return this.database.value(Long.class, "SELECT count(*) FROM samara_seeds");
	}

	private SeedRunner runner(@Nullable Environment environment) {
		return SeedRunner.builder(this.database.dataSource()).settings(settings(environment).build()).build();
	}

	private SeedSettings.Builder settings(@Nullable Environment environment) {
		return SeedSettings.builder().locations(this.files.location()).environment(environment);
	}

}
