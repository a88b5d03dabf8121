package dev.samara.seed;

import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.environment.Environment;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Generated rows, data files, seeders and checks together with each other's ways back and
 * orders.
 */
@PostgresTest
class SeedInterplayIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts files;

	SeedInterplayIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.database.execute("CREATE TABLE customer (id integer PRIMARY KEY, name text NOT NULL)",
				"CREATE TABLE item (id integer PRIMARY KEY, customer_id integer REFERENCES customer)");
		this.files = Scripts.in(folder);
	}

	@Test
	void takesBackGeneratedRowsAndClearsThem() {
		addCustomers();
		runner().run();
		this.database.execute("INSERT INTO customer VALUES (1000, 'by hand')");

		assertThat(runner().rollback(SeedRollback.of("dev/050_customer")).rolledBack()).singleElement()
			.satisfies((result) -> assertThat(result.rows()).isEqualTo(20));
		assertThat(customers()).isEqualTo(1);

		runner().run();
		assertThat(runner().clear(this.database.name()).rolledBack()).hasSize(1);
		assertThat(customers()).isEqualTo(1);
	}

	@Test
	void generatesRowsAfterThoseTheyDependOn() {
		this.files.add("dev/010_item.generate.yaml",
				"rows: 5\ndepends-on: 050_customer\ncolumns:\n  id: sequence\n  customer_id: {reference: customer}\n");
		addCustomers();

		assertThat(runner().run().applied()).extracting((result) -> result.seed().name())
			.containsExactly("dev/050_customer.generate.yaml", "dev/010_item.generate.yaml");
	}

	@Test
	void forgetsTheRowsThatADownScriptHasTakenAway() {
		this.files.add("dev/010_customer.csv", "id,name\n1,Ada\n")
			.add("dev/010_customer.down.sql", "DELETE FROM customer");
		runner().run();

		runner().rollback(SeedRollback.of("dev/010_customer"));

		assertThat(this.database.value(Long.class, "SELECT count(*) FROM samara_seed_rows")).isZero();
	}

	@Test
	void checksWhatStandsBesideASeederOnlyWhenThatIsApplied() {
		this.files.add("staging/030_code.check.sql", "SELECT 'wrong' AS never");
		Seeder seeder = new SampleSeeder("030_code", "staging", (context) -> {
		});

		assertThat(runner(seeder).run().applied()).isEmpty();
		assertThat(runner(seeder).check().passed()).isTrue();
	}

	@Test
	void countsWhatRunsAgainOnlyOnce() {
		this.files.add("dev/010_customer.csv", "id,name\n1,Ada\n").add("dev/020_a.sql", "SELECT 1");
		runner().run();

		SeedReport report = runner().run(SeedSelection.EVERYTHING_AGAIN);

		assertThat(report.applied()).hasSize(2);
		assertThat(report.skipped()).isZero();
	}

	@Test
	void keepsTheValuesOfASeedersBatchToItself() {
		Seeder seeder = new SampleSeeder("030_code", "dev", (context) -> {
			List<Object[]> rows = List.of(new Object[] { 1, "s3cret" }, new Object[] { 1, "s3cret" });
			context.jdbc().batchUpdate("INSERT INTO customer VALUES (?, ?)", rows);
		});

		assertThatExceptionOfType(SeedFailedException.class).isThrownBy(() -> runner(seeder).run()).satisfies((ex) -> {
			assertThat(ex.getMessage()).contains("[23505]").doesNotContain("s3cret");
			for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
				assertThat(cause).isNotInstanceOf(BatchUpdateException.class);
			}
		});
		assertThat(this.database.values(String.class, "SELECT error FROM samara_seeds").toString())
			.doesNotContain("s3cret");
	}

	private void addCustomers() {
		this.files.add("dev/050_customer.generate.yaml",
				"rows: 20\ncolumns:\n  id: sequence\n  name: {text: \"Customer {row}\"}\n");
	}

	private int customers() {
		return this.database.value(Integer.class, "SELECT count(*) FROM customer");
	}

	private SeedRunner runner(Seeder... seeders) {
		return SeedRunner.builder(this.database.dataSource())
			.settings(SeedSettings.builder().locations(this.files.location()).environment(Environment.DEV).build())
			.seeders(List.of(seeders))
			.build();
	}

}
