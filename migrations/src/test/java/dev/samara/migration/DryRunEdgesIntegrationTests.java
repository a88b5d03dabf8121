package dev.samara.migration;

import java.nio.file.Path;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A dry run fails only where the run would, and leaves no trace.
 */
@PostgresTest
class DryRunEdgesIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts scripts;

	DryRunEdgesIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.scripts = Scripts.in(folder);
	}

	@Test
	void doesNotTryWhatNeedsACommitBeforeIt() {
		this.scripts.add("V1__mood.sql", "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE a (m mood)");
		migrator().migrate();
		this.scripts.add("V2__ok.sql", "ALTER TYPE mood ADD VALUE 'ok'")
			.add("V3__use.sql", "INSERT INTO a VALUES ('ok')")
			.add("V4__b.sql", "CREATE TABLE b ()");

		DryRunReport report = migrator().dryRun();

		assertThat(report.isSuccessful()).isTrue();
		assertThat(report.tried()).extracting((tried) -> tried.migration().key().toString()).containsExactly("2", "4");
		assertThat(codes(report)).contains("not-tried");
		assertThat(migrator().migrate().applied()).hasSize(3);
	}

	@Test
	void leavesNothingInItsSession() {
		this.scripts.add("V1__a.sql", "PREPARE p AS SELECT 1; SELECT pg_advisory_lock(42);")
			.add("V2__b.sql", "PREPARE q AS SELECT 1; SELECT pg_advisory_lock(43); SELECT 1 / 0;");
		try (HikariDataSource pool = this.database.hikari(1)) {
			DryRunReport report = Migrator.builder(pool)
				.settings(MigrationSettings.builder().locations(this.scripts.location()).build())
				.build()
				.dryRun();

			assertThat(report.findFailure()).isPresent();
			JdbcTemplate jdbc = new JdbcTemplate(pool);
			assertThat(jdbc.queryForList("SELECT name FROM pg_prepared_statements WHERE from_sql")).isEmpty();
			assertThat(jdbc.queryForList("SELECT objid FROM pg_locks WHERE locktype = 'advisory'")).isEmpty();
		}
	}

	@Test
	void leavesConstraintsAsTheyAreByThemselves() {
		this.scripts.add("V1__a.sql",
				"""
						CREATE TABLE a (id int UNIQUE DEFERRABLE INITIALLY IMMEDIATE, b int UNIQUE DEFERRABLE INITIALLY DEFERRED);
						INSERT INTO a VALUES (1, 1);
						""");
		this.scripts.add("V2__b.sql", "INSERT INTO a VALUES (2, 2); ALTER TABLE a ALTER COLUMN id SET NOT NULL");
		this.scripts.add("V3__c.sql", "UPDATE a SET b = 3 - b; INSERT INTO a VALUES (3, 3)");

		DryRunReport report = migrator().dryRun();

		assertThat(report.findFailure()).isEmpty();
		assertThat(migrator().migrate().applied()).hasSize(3);
	}

	@Test
	void doesNotTryWhatChoosesItsTransaction() {
		this.scripts.add("V1__a.sql", "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; CREATE TABLE a ()")
			.add("V2__b.sql", "BEGIN ISOLATION LEVEL REPEATABLE READ; CREATE TABLE b (); COMMIT;")
			.add("V3__c.sql", "BEGIN WORK; CREATE TABLE c (); COMMIT;");

		DryRunReport report = migrator().dryRun();

		assertThat(report.findFailure()).isEmpty();
		assertThat(report.tried()).extracting((tried) -> tried.migration().key().toString()).containsExactly("3");
		assertThat(migrator().migrate().applied()).hasSize(3);
	}

	@Test
	void doesNotSetSequencesThatAreThere() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id serial PRIMARY KEY); SELECT setval('a_id_seq', 3)");
		assertThat(migrator().dryRun().tried()).hasSize(1);
		migrator().migrate();
		this.scripts.add("V2__b.sql", "SELECT setval('a_id_seq', 1, false)");

		DryRunReport report = migrator().dryRun();

		assertThat(report.tried()).isEmpty();
		assertThat(report.warnings())
			.anySatisfy((warning) -> assertThat(warning.message()).contains("sets a sequence"));
		assertThat(this.database.value(Long.class, "SELECT last_value FROM a_id_seq")).isEqualTo(3);
	}

	@Test
	void reportsWhatItKnowsWhenTheConnectionIsLost() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a ()")
			.add("V2__b.sql", "CREATE TABLE b ();\nSELECT pg_terminate_backend(pg_backend_pid());");

		DryRunReport report = migrator().dryRun();

		assertThat(report.tried()).hasSize(1);
		assertThat(report.difference()).isNull();
		assertThat(report.findFailure()).hasValueSatisfying((failure) -> {
			assertThat(failure.toString()).contains("Migration 2 (b) would fail at ", "V2__b.sql:2:1", "57P01");
			assertThat(failure.statements()).hasSize(1);
		});
	}

	private static List<String> codes(DryRunReport report) {
		return report.warnings().stream().map(Finding::code).toList();
	}

	private Migrator migrator() {
		return Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder().locations(this.scripts.location()).build())
			.build();
	}

}
