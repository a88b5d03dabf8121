package dev.samara.migration;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;
import dev.samara.testing.WireTap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Files that are called before and after migrations.
 */
@PostgresTest
class CallbackIntegrationTests extends AbstractScriptIntegrationTests {

	CallbackIntegrationTests(TestDatabase server) {
		super(server);
	}

	@BeforeEach
	void callsAreNoted() {
		this.database.execute("CREATE TABLE calls (id integer GENERATED ALWAYS AS IDENTITY, name text, tx bigint "
				+ "DEFAULT txid_current())");
	}

	@Test
	void callsThemInOrder() {
		for (CallbackEvent event : CallbackEvent.values()) {
			this.scripts.add(event + ".sql", note(event.toString()));
		}
		this.scripts.add("afterMigrate__b.sql", note("afterMigrate b"))
			.add("sub/afterMigrate__a.sql", note("afterMigrate a"))
			.add("V1__a.sql", note("1"))
			.add("V2__b.sql", note("2"));

		MigrationReport report = migrate();

		assertThat(calls()).containsExactly("beforeValidate", "beforeMigrate", "beforeEachMigrate", "1",
				"afterEachMigrate", "beforeEachMigrate", "2", "afterEachMigrate", "afterMigrate", "afterMigrate a",
				"afterMigrate b");
		assertThat(this.database.value(Integer.class, "SELECT count(DISTINCT tx) FROM calls")).isEqualTo(7);
		assertThat(this.database.values(Integer.class,
				"SELECT count(*) FROM calls GROUP BY tx HAVING count(*) > 1 ORDER BY min(id)"))
			.containsExactly(3, 3);
		assertThat(report.callbacks()).extracting(Callback::toString)
			.containsExactly("beforeValidate", "beforeMigrate", "beforeEachMigrate", "afterEachMigrate", "afterMigrate",
					"afterMigrate (a)", "afterMigrate (b)");
		assertThat(report.applied()).extracting(MigrationResult::statements).containsExactly(1, 1);
		assertThat(report.applied()).extracting(MigrationResult::rows).containsExactly(1L, 1L);
		assertThat(events()).containsExactly("1 APPLIED 1/1", "2 APPLIED 1/1");
	}

	@Test
	void callsNobodyWhenThereIsNothingToDo() {
		this.scripts.add("V1__a.sql", "SELECT 1").add("beforeMigrate.sql", note("before"));
		migrate();

		try (WireTap tap = WireTap.on(this.database)) {
			MigrationReport report = Migrator.builder(tap.dataSource(this.database))
				.settings(settings())
				.build()
				.migrate();

			assertThat(report.callbacks()).isEmpty();
			assertThat(tap.roundTrips()).isEqualTo(1);
		}
		assertThat(calls()).containsExactly("before");
	}

	@Test
	void needsNoFurtherRoundTripForThoseOfEachMigration() {
		for (int i = 1; i <= 50; i++) {
			this.scripts.add("V" + i + "__x.sql", "SELECT 1");
		}
		this.scripts.add("beforeEachMigrate.sql", note("before")).add("afterEachMigrate.sql", note("after"));

		try (WireTap tap = WireTap.on(this.database)) {
			Migrator.builder(tap.dataSource(this.database)).settings(settings()).build().migrate();

			assertThat(tap.roundTrips()).isBetween(50, 95);
		}
		assertThat(calls()).hasSize(100);
	}

	@Test
	void letsTheOwnersRoleMakeTheTablesAndGrantThem() {
		String owner = this.database.name() + "_owner";
		String reader = this.database.name() + "_reader";
		this.database.asSuperuser()
			.execute("CREATE ROLE " + owner, "CREATE ROLE " + reader,
					"GRANT " + owner + " TO " + this.database.username(), "GRANT ALL ON SCHEMA public TO " + owner);
		this.scripts.add("beforeEachMigrate.sql", "SET ROLE " + owner)
			.add("afterEachMigrate__grants.sql",
					"""
							DO $$
							DECLARE made regclass;
							BEGIN
								FOR made IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relowner = current_role::regrole LOOP
									EXECUTE format('GRANT SELECT ON %s TO READER', made);
								END LOOP;
							END $$;
							"""
						.replace("READER", reader))
			.add("V1__a.sql", "CREATE TABLE a (id integer)")
			.add("V2__b.sql", "CREATE TABLE b (id integer); CREATE INDEX CONCURRENTLY b_id ON b (id)")
			.add("V3__c.sql", "-- samara: transaction=none\nCREATE TABLE c (id integer); VACUUM c");
		this.database.execute("DROP TABLE calls");

		migrate();

		assertThat(this.database.values(String.class,
				"SELECT relname || ' ' || (relowner = ?::regrole) || ' ' || has_table_privilege(?, oid, 'SELECT') "
						+ "FROM pg_class WHERE relname IN ('a', 'b', 'c') ORDER BY 1",
				owner, reader))
			.containsExactly("a true true", "b true true", "c true true");
		assertThat(this.database.value(String.class,
				"SELECT relowner::regrole::text FROM pg_class WHERE relname = 'samara_migrations'"))
			.isEqualTo(this.database.username());
		this.database.asSuperuser()
			.execute("DROP OWNED BY " + owner + ", " + reader, "DROP ROLE " + owner, "DROP ROLE " + reader);
	}

	@Test
	void beginsNothingIfOneOfThoseBeforeFails() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)")
			.add("beforeMigrate.sql", note("one") + ";\n  SELECT * FROM missing;")
			.add("afterMigrateError.sql", note("error"));

		assertThatExceptionOfType(CallbackFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("Callback beforeMigrate failed at ")
			.withMessageContaining("beforeMigrate.sql:2:17 (statement 2 of 2)")
			.withMessageContaining("[42P01]")
			.withMessageEndingWith("No migration was applied in this run.")
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("beforeMigrate.sql"));
		assertThat(calls()).containsExactly("error");
		assertThat(events()).isEmpty();
	}

	@Test
	void failsTheMigrationWithTheCallbackInItsTransaction() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)")
			.add("V2__b.sql", "CREATE TABLE b (id integer)")
			.add("afterEachMigrate.sql",
					"DO $$ BEGIN IF to_regclass('b') IS NOT NULL THEN RAISE 'no b'; END IF; END $$");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("Migration 2 (b) failed at ")
			.withMessageContaining("afterEachMigrate.sql:1:1: no b")
			.withMessageContaining("Nothing of it was applied. Applied before it in this run, and staying: 1.");
		assertThat(events()).containsExactly("1 APPLIED 1/1", "2 FAILED 0/1");
	}

	@Test
	void triesACallbackAgainThatHasFailedAfterAMigrationInParts() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer); CREATE INDEX CONCURRENTLY a_id ON a (id);")
			.add("afterEachMigrate.sql", "SELECT * FROM missing");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("afterEachMigrate.sql:1:15")
			.withMessageContaining("Its first 2 of 2 statements stay applied; the next run goes on after that.");
		this.scripts.add("afterEachMigrate.sql", note("after"));
		migrate();

		assertThat(calls()).containsExactly("after");
		assertThat(events()).last().isEqualTo("1 APPLIED 2/2");
	}

	@Test
	@ExtendWith(CapturedLog.Capture.class)
	void keepsWhatIsAppliedWhenOneAfterwardsFails(CapturedLog log) {
		this.scripts.add("V1__a.sql", "SELECT 1")
			.add("afterMigrate__a.sql", "SELECT * FROM missing")
			.add("afterMigrate__b.sql", note("b"));

		MigrationReport report = migrate();

		assertThat(report.warnings()).extracting(Finding::code).containsExactly("callback-failed");
		assertThat(report.warnings().get(0).message()).contains("afterMigrate__a.sql:1:15", "[42P01]",
				"what the run has done stays as it is");
		assertThat(calls()).containsExactly("b");
		assertThat(log.text()).contains("Applying 1 migration: 1; with callbacks: afterMigrate (a), afterMigrate (b)",
				"Called afterMigrate (b) in", "afterMigrate__a.sql:1:15");
	}

	@Test
	void throwsTheFirstFailureIfTheCallbackForItFailsToo() {
		this.scripts.add("V1__a.sql", "SELECT 1")
			.add("V2__b.sql", "SELECT * FROM missing")
			.add("afterMigrateError__a.sql", "SELECT * FROM also_missing")
			.add("afterMigrateError__b.sql",
					"INSERT INTO calls (name) SELECT event FROM samara_migrations ORDER BY id");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("V2__b.sql")
			.satisfies((ex) -> assertThat(ex.getSuppressed()).singleElement()
				.satisfies((suppressed) -> assertThat(suppressed.getMessage()).contains("also_missing")));
		assertThat(calls()).containsExactly("APPLIED", "FAILED");
	}

	@Test
	void restoresTheSessionAfterEach() {
		this.scripts.add("beforeMigrate.sql", "SET search_path = pg_catalog; CREATE TEMPORARY TABLE t (id integer)")
			.add("V1__a.sql", "SET standard_conforming_strings = off; SELECT 'a\\'b';")
			.add("afterEachMigrate.sql", "INSERT INTO calls (name) VALUES ('a\\')")
			.add("afterMigrate.sql", "INSERT INTO calls (name) SELECT current_setting('search_path') || "
					+ "(to_regclass('t') IS NULL)");

		migrate();

		assertThat(calls()).containsExactly("a\\", "\"$user\", publictrue");
	}

	@Test
	void callsOnlyThoseOfTheEnvironment() {
		this.scripts.add("V1__a.sql", "SELECT 1")
			.add("beforeMigrate__prod.sql", "-- samara: environments=prod\n" + note("prod"))
			.add("beforeMigrate__all.sql", note("all"));

		migrate();

		assertThat(calls()).containsExactly("all");
	}

	@Test
	void obeysTheDirectivesOfCallbacks() {
		this.scripts.add("beforeMigrate.sql", "-- samara: transaction=none\n" + note("one") + "; VACUUM calls;")
			.add("afterEachMigrate.sql",
					"-- samara: statement-timeout=9s\n-- samara: lock-timeout=8s\nINSERT INTO calls (name) "
							+ "SELECT current_setting('statement_timeout') || current_setting('lock_timeout')")
			.add("beforeEachMigrate.sql",
					"-- samara: statement-timeout=7s\nINSERT INTO calls (name) SELECT current_setting('statement_timeout')")
			.add("V1__a.sql", "INSERT INTO calls (name) SELECT current_setting('statement_timeout')");

		migrate();

		assertThat(calls()).containsExactly("one", "7s", "0", "9s8s");
	}

	@Test
	void tellsWhatIsWrongWithThemBeforeAnythingRuns() {
		this.scripts.add("V1__a.sql", note("1"))
			.add("beforeEachMigrate.sql", "VACUUM")
			.add("afterMigrate.sql", "SELECT 'open")
			.add("afterMigrat.sql", "SELECT 1")
			.add("beforeClean.sql", "SELECT 1")
			.add("beforeMigrate.sql", "-- samara: depends-on=1\nSELECT 1")
			.add("afterMigrateError.sql", "SELECT 1;\n-- samara: down\nSELECT 2;");

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(ex.getFindings()).extracting(Finding::code)
				.containsExactlyInAnyOrder("callback-outside-transaction", "syntax", "unknown-callback",
						"unknown-directive", "section-in-callback"));
		assertThat(calls()).isEmpty();
	}

	@Test
	void callsThoseOfARollback() {
		for (CallbackEvent event : CallbackEvent.values()) {
			this.scripts.add(event + ".sql", note(event.toString()));
		}
		this.scripts.add("V1__a.sql", "SELECT 1").add("V1__a.down.sql", note("down"));
		Migrator migrator = Migrator.builder(this.database.dataSource()).settings(settings()).build();
		migrator.migrate();
		this.database.execute("DELETE FROM calls");

		RollbackReport report = migrator.rollback(RollbackTarget.LAST);

		assertThat(report.rolledBack()).hasSize(1);
		assertThat(calls()).containsExactly("beforeRollback", "beforeEachRollback", "down", "afterEachRollback",
				"afterRollback");
		assertThat(this.database.value(Integer.class, "SELECT count(DISTINCT tx) FROM calls")).isEqualTo(3);
	}

	@Test
	void rollsNothingBackIfOneBeforeFailsAndTellsOfIt() {
		this.scripts.add("V1__a.sql", "SELECT 1")
			.add("V1__a.down.sql", note("down"))
			.add("beforeRollback.sql", "SELECT * FROM missing")
			.add("afterRollbackError.sql", note("error"));
		Migrator migrator = Migrator.builder(this.database.dataSource()).settings(settings()).build();
		migrator.migrate();

		assertThatExceptionOfType(CallbackFailedException.class)
			.isThrownBy(() -> migrator.rollback(RollbackTarget.LAST))
			.withMessageEndingWith("Nothing was rolled back in this run.");
		assertThat(calls()).containsExactly("error");
	}

	@Test
	void triesThemInADryRunWithoutATrace() {
		this.scripts.add("V1__a.sql", "INSERT INTO made VALUES (1)")
			.add("beforeMigrate.sql", "CREATE TABLE made (id integer)")
			.add("afterEachMigrate.sql", "SELECT 1 / (count(*) = 1)::integer FROM made")
			.add("afterMigrate.sql", "SELECT * FROM missing");
		Migrator migrator = Migrator.builder(this.database.dataSource()).settings(settings()).build();

		DryRunReport report = migrator.dryRun();

		assertThat(report.isSuccessful()).isTrue();
		assertThat(report.plan().toString()).contains("with callbacks: ", "beforeMigrate.sql");
		assertThat(report.warnings()).extracting(Finding::code).contains("callback-failed");
		assertThat(this.database.value(Boolean.class, "SELECT to_regclass('made') IS NULL")).isTrue();
		this.scripts.add("beforeMigrate.sql", "SELECT * FROM missing");
		assertThat(migrator.dryRun().findFailure()).hasValueSatisfying((failure) -> assertThat(failure).asString()
			.contains("A callback would fail at", "beforeMigrate.sql:1:15"));
	}

	@Test
	void callsThemInRoundTrips() {
		this.database.execute("DROP TABLE calls");
		this.scripts.add("beforeMigrate.sql", "CREATE TABLE seen (what text)")
			.add("beforeEachMigrate.sql", "INSERT INTO seen VALUES ('up')")
			.add("beforeEachRollback.sql", "INSERT INTO seen VALUES ('down')")
			.add("V1__a.sql", "CREATE TABLE a (id integer); CREATE INDEX CONCURRENTLY a_id ON a (id)")
			.add("V1__a.down.sql", "DROP TABLE a");

		Migrator.builder(this.database.dataSource()).settings(settings()).build().checkRoundTrips().assertRestored();

		assertThat(this.database.values(String.class, "SELECT what FROM seen")).containsExactly("up", "down", "up");
	}

	@Test
	void validatesInATransactionThatCannotWrite() {
		this.scripts.add("V1__a.sql", "SELECT 1")
			.add("beforeValidate.sql", "SELECT 1 / (count(*) = 0)::integer FROM calls");
		Migrator migrator = Migrator.builder(this.database.dataSource()).settings(settings()).build();
		migrator.migrate();

		assertThat(migrator.validate().pending()).isEmpty();
		this.scripts.add("beforeValidate.sql", note("written"));
		assertThatExceptionOfType(CallbackFailedException.class).isThrownBy(migrator::validate)
			.withMessageContaining("[25006]")
			.satisfies((ex) -> assertThat(ex.getRemedy()).startsWith("A validation only reads"));
		assertThat(calls()).isEmpty();
	}

	@Test
	void takesARollbackThatTheHistoryDoesNotShowForAFailure() {
		this.scripts.add("V1__a.sql", "SELECT 1").add("V1__a.down.sql", "SELECT 1").add("afterRollback.sql", """
				INSERT INTO samara_migrations (run_id, event, kind, version, description, script, checksum,
					statements_done, statements_total, started_at, duration_ms)
				SELECT run_id, event, kind, version, description, script, checksum, 1, 1, started_at, 0
				FROM samara_migrations WHERE event = 'APPLIED'
				""").add("afterRollbackError.sql", note("error"));
		Migrator migrator = Migrator.builder(this.database.dataSource()).settings(settings()).build();
		migrator.migrate();

		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> migrator.rollback(RollbackTarget.LAST))
			.withMessageContaining("still says that 1 (a) is applied");
		assertThat(calls()).containsExactly("error");
	}

	@Test
	void validatesByEachInTheSchemaThatIsConfigured() {
		this.database.execute("ALTER DATABASE " + this.database.name() + " SET standard_conforming_strings = off");
		this.scripts.add("V1__a.sql", "CREATE TABLE plant ()")
			.add("beforeValidate__a.sql", "SELECT 'it\\' FROM plant; RESET ALL;")
			.add("beforeValidate__b.sql", "SELECT 'it\\' FROM plant")
			.add("beforeValidate__c.sql", "SELECT 'it\\' FROM plant");
		Migrator migrator = Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder()
				.onNonEmpty(OnNonEmpty.MIGRATE)
				.locations(this.scripts.location())
				.schema("app")
				.build())
			.build();
		this.database.execute("CREATE SCHEMA app; CREATE TABLE app.plant ()");

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(migrator::validate)
			.withMessageContaining("Migration 1 (a) is not applied");
	}

	private static String note(String name) {
		return "INSERT INTO calls (name) VALUES ('" + name + "')";
	}

	private List<String> calls() {
		return this.database.values(String.class, "SELECT name FROM calls ORDER BY id");
	}

	private MigrationSettings settings() {
		return MigrationSettings.builder().onNonEmpty(OnNonEmpty.MIGRATE).locations(this.scripts.location()).build();
	}

}
