package dev.samara.migration;

import java.nio.file.Path;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;
import dev.samara.testing.WireTap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The main path: what is pending is applied once, in order, and what is wrong is told
 * before anything runs.
 */
@PostgresTest
class MigratorIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts scripts;

	MigratorIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.scripts = Scripts.in(folder);
	}

	@Test
	void appliesPendingOnesInTheOrderOfTheirVersions() {
		this.scripts.add("V10__c.sql", "INSERT INTO a VALUES (10)")
			.add("V2__b.sql", "INSERT INTO a VALUES (2)")
			.add("001_a.sql", "CREATE TABLE a (id integer)")
			.add("R__v.sql", "CREATE OR REPLACE VIEW v AS SELECT count(*) FROM a");

		MigrationReport report = migrator().migrate();

		assertThat(report.applied()).extracting((applied) -> applied.migration().key().toString())
			.containsExactly("001", "2", "10", "R:v");
		assertThat(report.skipped()).isZero();
		assertThat(report.current()).hasToString("10");
		assertThat(this.database.values(Integer.class, "SELECT id FROM a")).containsExactly(2, 10);
	}

	@Test
	void skipsWhatIsApplied() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)");
		migrator().migrate();
		this.scripts.add("V2__b.sql", "CREATE TABLE b (id integer)");

		MigrationReport report = migrator().migrate();

		assertThat(report.applied()).singleElement()
			.satisfies((applied) -> assertThat(applied.migration().description()).isEqualTo("b"));
		assertThat(report.skipped()).isEqualTo(1);
	}

	@Test
	void asksOneQueryAndTakesNoLockWhenNothingIsPending() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)").add("R__v.sql", "SELECT 1");
		migrator().migrate();

		try (WireTap tap = WireTap.on(this.database)) {
			MigrationReport report = Migrator.builder(tap.dataSource(this.database))
				.settings(settings().build())
				.build()
				.migrate();

			assertThat(report.runId()).isNull();
			assertThat(report.skipped()).isEqualTo(2);
			assertThat(tap.queries()).singleElement().asString().startsWith("SELECT e.mark");
			assertThat(tap.roundTrips()).isEqualTo(1);
		}
	}

	@Test
	void needsOneRoundTripForEachMigration() {
		for (int i = 1; i <= 100; i++) {
			this.scripts.add("V" + i + "__t.sql",
					"CREATE TABLE t%1$d (id integer); INSERT INTO t%1$d VALUES (1); COMMENT ON TABLE t%1$d IS 'x';"
						.formatted(i));
		}
		try (WireTap tap = WireTap.on(this.database)) {
			Migrator.builder(tap.dataSource(this.database)).settings(settings().build()).build().migrate();

			// Before version 14 a server has to be asked whether it is a standby.
			assertThat(tap.roundTrips()).isBetween(100, 135);
		}
	}

	@Test
	void recordsWhoWhatWhenAndHowLong() {
		this.scripts.add("V1__first_table.sql", "-- Author: Ada\nCREATE TABLE a (id integer); SELECT pg_sleep(0.05)")
			.add("V1__first_table.down.sql", "DROP TABLE a");

		MigrationReport report = migrator().migrate();

		assertThat(this.database.rows("SELECT * FROM samara_migrations")).singleElement().satisfies((row) -> {
			assertThat(row).containsEntry("event", "APPLIED")
				.containsEntry("kind", "VERSIONED")
				.containsEntry("version", "1")
				.containsEntry("description", "first table")
				.containsEntry("down_script", "DROP TABLE a")
				.containsEntry("statements_done", 2)
				.containsEntry("statements_total", 2)
				.containsEntry("installed_by", this.database.username())
				.containsEntry("error", null);
			assertThat(row.get("run_id")).hasToString(report.runId());
			assertThat(row.get("script")).asString().endsWith("/V1__first_table.sql");
			assertThat(row.get("checksum")).asString().matches("sha256:[0-9a-f]{64}");
			assertThat((Long) row.get("duration_ms")).isBetween(50L, 5000L);
		});
		assertThat(this.database.value(Boolean.class,
				"SELECT started_at BETWEEN now() - interval '1 minute' AND now() FROM samara_migrations"))
			.isTrue();
		assertThat(this.database.value(String.class, "SELECT state FROM samara_migration_status")).isEqualTo("APPLIED");
	}

	@Test
	void leavesNothingOfAFailedMigrationAndKeepsThoseBeforeIt() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)")
			.add("V2__b.sql", "CREATE TABLE b (id integer);\n\n  INSERT INTO\n    missing VALUES (1);\n")
			.add("V3__c.sql", "CREATE TABLE c (id integer)");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(() -> migrator().migrate())
			.satisfies((ex) -> {
				assertThat(ex).hasMessageContaining("Migration 2 (b) failed at ")
					.hasMessageContaining("/V2__b.sql:4:5 (statement 2 of 2)")
					.hasMessageContaining("relation \"missing\" does not exist [42P01]")
					.hasMessageContaining("Nothing of it was applied. Applied before it in this run, and staying: 1.");
				assertThat(ex.getRemedy()).contains("V2__b.sql");
				assertThat(ex.getApplied()).hasSize(1);
			});

		assertThat(tables()).containsExactly("a");
		assertThat(events()).containsExactly("1 APPLIED", "2 FAILED");
		assertThat(migrator().status().migrations()).extracting(MigrationStatus::state)
			.containsExactly(MigrationState.APPLIED, MigrationState.FAILED, MigrationState.PENDING);
	}

	@Test
	void runsAFailedMigrationAgainOnceItIsCorrected() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer); SELECT 1 / 0");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(() -> migrator().migrate());
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)");

		MigrationReport report = migrator().migrate();

		assertThat(report.applied()).hasSize(1);
		assertThat(events()).containsExactly("1 FAILED", "1 APPLIED");
	}

	@Test
	void tellsEverythingThatIsWrongAtOnceAndRunsNothing() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)").add("V3__c.sql", "CREATE TABLE c (id integer)");
		migrator().migrate();
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id bigint)")
			.remove("V3__c.sql")
			.add("V2__late.sql", "CREATE TABLE late (id integer)")
			.add("V4__d.sql", "CREATE TABLE d (name text DEFAULT 'open)")
			.add("V5__e.sql", "CREATE TABLE e (id integer)")
			.add("V5__f.sql", "CREATE TABLE f (id integer)")
			.add("V6__g.sql", "-- samara: lok-timeout=5s\nCREATE TABLE g (id integer)")
			.add("V7__h.sql", "BEGIN; SELECT 1; COMMIT; SELECT 2;")
			.add("create_more.sql", "SELECT 1");

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(() -> migrator().migrate())
			.satisfies((ex) -> {
				assertThat(ex.getFindings()).extracting(Finding::code)
					.containsExactlyInAnyOrder("checksum-changed", "missing", "out-of-order", "syntax",
							"duplicate-version", "unknown-directive", "transaction-control", "bad-name");
				assertThat(ex.getFindings()).allSatisfy((finding) -> {
					assertThat(finding.remedy()).isNotBlank();
					assertThat(finding.place()).isNotNull();
				});
				assertThat(ex.getRemedy()).contains("Did you mean \"lock-timeout\"?")
					.contains("the next free version is 8");
			});

		assertThat(tables()).containsExactlyInAnyOrder("a", "c");
		assertThat(events()).containsExactly("1 APPLIED", "3 APPLIED");
	}

	@Test
	void appliesOutOfOrderWhereThatIsAllowed() {
		this.scripts.add("V2__b.sql", "SELECT 2");
		migrator().migrate();
		this.scripts.add("V1__a.sql", "SELECT 1");

		MigrationReport report = Migrator.builder(this.database.dataSource())
			.settings(settings().outOfOrder(OutOfOrder.WARN).build())
			.build()
			.migrate();

		assertThat(report.applied()).hasSize(1);
		assertThat(report.warnings()).singleElement()
			.satisfies((finding) -> assertThat(finding.code()).isEqualTo("out-of-order"));
	}

	@Test
	void goesOnBesideANewerRelease() {
		this.scripts.add("V1__a.sql", "SELECT 1").add("V2__b.sql", "SELECT 2").add("V3__c.sql", "SELECT 3");
		migrator().migrate();
		this.scripts.remove("V3__c.sql");

		MigrationReport report = migrator().migrate();

		assertThat(report.applied()).isEmpty();
		assertThat(report.warnings()).extracting(Finding::toString)
			.containsExactly("Migration 3 (c) was applied by a newer release; this one does not know it [future]");
		this.scripts.remove("V2__b.sql");
		assertThat(migrator().migrate().warnings()).extracting(Finding::toString)
			.containsExactly("2 migrations, 2 (b) to 3 (c), were applied by a newer release; "
					+ "this one does not know them [future]");
	}

	@Test
	void runsARepeatableMigrationAgainWhenItHasChanged() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)")
			.add("R__v.sql", "CREATE OR REPLACE VIEW v AS SELECT 1 AS one");
		migrator().migrate();
		this.scripts.add("R__v.sql", "CREATE OR REPLACE VIEW v AS SELECT 1 AS one, 2 AS two");

		assertThat(migrator().status().migrations()).extracting(MigrationStatus::state)
			.containsExactly(MigrationState.APPLIED, MigrationState.OUTDATED);
		assertThat(migrator().migrate().applied()).hasSize(1);
		assertThat(migrator().migrate().applied()).isEmpty();
		assertThat(this.database.value(Integer.class, "SELECT two FROM v")).isEqualTo(2);
	}

	@Test
	@ExtendWith(CapturedLog.Capture.class)
	void validatesWithoutWriting(CapturedLog log) {
		this.scripts.add("V1__a.sql", "SELECT 1");

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(() -> migrator().validate())
			.satisfies((ex) -> assertThat(ex.getFindings()).extracting(Finding::code).containsExactly("pending"));
		assertThat(tables()).isEmpty();

		migrator().migrate();
		assertThat(migrator().validate().pending()).isEmpty();
		assertThat(log.text()).endsWith("Validated: 1 migration applied, at version 1, none pending");
	}

	@Test
	void showsStatusAndPlanWithoutWriting() {
		this.scripts.add("V1__a.sql", "SELECT 1");

		assertThat(migrator().status().pending()).hasSize(1);
		assertThat(migrator().plan().steps()).singleElement()
			.satisfies((step) -> assertThat(step.reason()).isEqualTo("pending"));
		assertThat(this.database.value(String.class, "SELECT to_regclass('samara_migrations')::text")).isNull();
	}

	@Test
	void keepsHistoryAndObjectsInTheSchemaItIsTold() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)");
		Migrator migrator = Migrator.builder(this.database.dataSource())
			.settings(settings().schema("My Nursery").table("history").build())
			.build();

		migrator.migrate();

		assertThat(
				this.database.values(String.class, "SELECT tablename FROM pg_tables WHERE schemaname = 'My Nursery'"))
			.containsExactlyInAnyOrder("a", "history", "samara_environment", "samara_schema_snapshots");
		assertThat(migrator.migrate().skipped()).isEqualTo(1);
	}

	@Test
	void isEmptyHandedWithoutFilesAndLoudWithoutTheFolder(@TempDir Path empty) {
		Migrator nothing = Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder().locations("file:" + empty).build())
			.build();
		Migrator lost = Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder().locations("file:" + empty + "/none", "classpath:no/such").build())
			.build();

		assertThat(nothing.migrate().applied()).isEmpty();
		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(lost::migrate)
			.satisfies((ex) -> assertThat(ex.getFindings()).extracting(Finding::code)
				.containsExactly("missing-location", "missing-location"));
	}

	@Test
	void givesAPooledConnectionBackSoundWhenItMayNotMakeItsTables() {
		this.scripts.add("V1__a.sql", "SELECT 1");
		this.database.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
		this.database.asSuperuser()
			.execute("ALTER SCHEMA public OWNER TO CURRENT_USER", "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
		try (HikariDataSource pool = this.database.hikari(1)) {
			Migrator migrator = Migrator.builder(pool).settings(settings().build()).build();

			assertThatExceptionOfType(DatabaseUnavailableException.class).isThrownBy(migrator::migrate)
				.withMessageContaining("permission denied for schema public [42501]")
				.satisfies((ex) -> assertThat(ex.getRemedy()).contains("Grant the role"));

			assertThat(new JdbcTemplate(pool).queryForMap("SELECT current_setting('application_name') AS name, "
					+ "(SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks"))
				.containsEntry("locks", 0L)
				.containsEntry("name", "PostgreSQL JDBC Driver");
		}
	}

	@Test
	void saysSoWhenANewerVersionHasWrittenTheHistory() {
		this.scripts.add("V1__a.sql", "SELECT 1");
		migrator().migrate();
		this.database.execute("UPDATE samara_migrations SET event = 'TELEPORTED'");

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(() -> migrator().migrate())
			.withMessageContaining("\"TELEPORTED\"");
	}

	@Test
	void acceptsLineEndsAndBlanksThatAnEditorHasChanged() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (\n  id integer\n);\n");
		migrator().migrate();
		this.scripts.add("V1__a.sql", "\uFEFFCREATE TABLE a (  \r\n  id integer\r\n);\r\n\r\n");

		assertThat(migrator().migrate().applied()).isEmpty();
	}

	private Migrator migrator() {
		return Migrator.builder(this.database.dataSource()).settings(settings().build()).build();
	}

	private MigrationSettings.Builder settings() {
		return MigrationSettings.builder().locations(this.scripts.location());
	}

	private List<String> tables() {
		return this.database.values(String.class,
				"SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'samara%'");
	}

	private List<String> events() {
		return this.database.values(String.class, "SELECT version || ' ' || event FROM samara_migrations ORDER BY id");
	}

}
