package dev.samara.autoconfigure;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What the console says when the application does not start.
 */
@PostgresTest
@ExtendWith(OutputCaptureExtension.class)
class StartupFailureIntegrationTests {

	private static final String TITLE = "APPLICATION FAILED TO START";

	private TestDatabase database;

	private Scripts scripts;

	@BeforeEach
	void startWithAnEmptyDatabase(TestDatabase shared, @TempDir Path folder) {
		this.database = shared.newDatabase();
		this.scripts = Scripts.in(folder)
			.add("migration/V1__plant.sql", "CREATE TABLE plant (name text UNIQUE, stock int);")
			.add("seed/common/001_plants.sql", "INSERT INTO plant VALUES ('acer', 1);");
	}

	@Test
	void tellsWhereAMigrationFailed(CapturedOutput output) {
		this.scripts.add("migration/V2__typo.sql", "SELECT 1;\n  CREATE TABEL pot ();");

		startInVain();

		assertThat(output).contains(TITLE, "Description:", "Migration 2 (typo) failed at ",
				"migration/V2__typo.sql:2:10 (statement 2 of 2): syntax error at or near \"TABEL\" [42601]",
				"Applied before it in this run, and staying: 1.", "Action:", "migration/V2__typo.sql and start again.");
	}

	@Test
	void tellsThatAMigrationWasChanged(CapturedOutput output) {
		TestApplication.start(WebApplicationType.NONE, properties()).close();
		this.scripts.add("migration/V1__plant.sql", "CREATE TABLE plant (name varchar);");

		startInVain();

		assertThat(output).contains(TITLE, "One problem was found with the migrations. Nothing was run.",
				"Migration 1 (plant) was changed after " + this.database.username() + " applied it",
				"Bring the file back as it was, and put the change into a new migration, version 2 for example.");
	}

	@Test
	void tellsAllProblemsAtOnce(CapturedOutput output) {
		this.scripts.add("migration/V2__unclosed.sql", "SELECT 'a;")
			.add("migration/V3__unknown.sql", "-- samara: lock-timout=5s\nSELECT 1;")
			.add("migration/V4_name.sql", "SELECT 1;");

		startInVain();

		assertThat(output).contains(TITLE, "3 problems were found with the migrations. Nothing was run.",
				"V2__unclosed.sql:1:8", "V3__unknown.sql:1", "V4_name.sql", "For each of them:");
		assertThat(this.database.value(Boolean.class, "SELECT to_regclass('plant') IS NULL")).isTrue();
	}

	@Test
	void tellsWhatIsPendingIfItOnlyValidates(CapturedOutput output) {
		startInVain("samara.migrations.on-startup=validate");

		assertThat(output).contains(TITLE, "Migration 1 (plant) is not applied (pending)",
				"Apply it first, by an instance with samara.migrations.on-startup=migrate.");
	}

	@Test
	void tellsWhichSeedFailed(CapturedOutput output) {
		this.scripts.add("seed/common/002_pots.sql", "INSERT INTO pot VALUES (1);");

		startInVain();

		assertThat(output).contains(TITLE, "Seed common/002_pots.sql failed at",
				"relation \"pot\" does not exist [42P01]",
				"Applied before it in this run, and staying: common/001_plants.sql");
	}

	@Test
	void tellsNoValueOfAnyRow(CapturedOutput output) {
		this.scripts.add("migration/V2__twice.sql",
				"INSERT INTO plant VALUES ('s3cret', 1);\nINSERT INTO plant VALUES ('s3cret', 2);");
		startInVain("debug=true");
		this.scripts.add("migration/V2__twice.sql", "INSERT INTO plant VALUES ('acer', 's3cret');");
		startInVain("debug=true");
		this.scripts.add("migration/V2__twice.sql",
				"ALTER TABLE plant ADD CHECK (stock > 0);\nINSERT INTO plant VALUES ('s3cret', 0);");
		startInVain("debug=true");

		assertThat(output).contains("duplicate key value violates unique constraint \"plant_name_key\" [23505]",
				"invalid input syntax for type integer", "violates check constraint");
		assertThat(output).doesNotContain("s3cret");
	}

	@Test
	void tellsNoValueOfASeed(CapturedOutput output) {
		this.scripts.add("seed/common/002_twice.sql",
				"INSERT INTO plant VALUES ('s3cret', 1);\nINSERT INTO plant VALUES ('s3cret', 2);");

		startInVain("debug=true");

		assertThat(output).contains("duplicate key value violates unique constraint \"plant_name_key\" [23505]")
			.doesNotContain("s3cret");
	}

	@Test
	void tellsThatProfilesContradictEachOther(CapturedOutput output) {
		startInVain("spring.profiles.active=dev,prod");

		assertThat(output).contains(TITLE, "several environments at once: dev (profile dev), prod (profile prod)");
	}

	@Test
	void tellsThatTheDatabaseIsOfAnotherEnvironment(CapturedOutput output) {
		TestApplication.start(WebApplicationType.NONE, properties("spring.profiles.active=prod")).close();

		startInVain("spring.profiles.active=dev");

		assertThat(output).contains(TITLE,
				"The application runs in environment \"dev\", but the database belongs to \"prod\".");
	}

	@Test
	void tellsThatItWorksOnPostgresOnly(CapturedOutput output) {
		startInVain("spring.datasource.url=jdbc:h2:mem:nursery", "spring.datasource.username=sa",
				"spring.datasource.password=");

		assertThat(output).contains(TITLE, "Samara works on PostgreSQL", "gives a connection to H2",
				"@MigrationDataSource");
	}

	@Test
	void tellsThatTheDatabaseCannotBeReached(CapturedOutput output) {
		startInVain("spring.datasource.url=jdbc:postgresql://localhost:1/nursery", "spring.datasource.password=s3cret",
				"spring.datasource.hikari.initialization-fail-timeout=1");

		assertThat(output).contains(TITLE, "The database cannot be reached", "Check that the server runs")
			.doesNotContain("s3cret");
	}

	@Test
	void tellsThatALocationIsNone(CapturedOutput output) {
		startInVain("samara.migrations.locations=s3:bucket");

		assertThat(output).contains(TITLE, "Unknown kind of location \"s3:\"",
				"Write classpath:<folder> or file:<folder>, with optional: before it");
	}

	private void startInVain(String... more) {
		assertThatException().isThrownBy(() -> TestApplication.start(WebApplicationType.NONE, properties(more)));
	}

	private List<String> properties(String... more) {
		return TestApplication.properties(this.database, this.scripts, more);
	}

}
