package dev.samara.migration;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Migrations go back as they came.
 */
@PostgresTest
class RollbackIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts scripts;

	RollbackIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.scripts = Scripts.in(folder);
	}

	@Test
	void takesBackTheLastOneByEachKindOfDownScript() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a ()")
			.add("V1__a.down.sql", "DROP TABLE a")
			.add("V2__b.sql", "CREATE TABLE b ()")
			.add("U2__b.sql", "DROP TABLE b")
			.add("003_c.sql", "CREATE TABLE c ()")
			.add("rollback/003_rollback.sql", "DROP TABLE c")
			.add("004_d.sql", "-- samara: up\nCREATE TABLE d ();\n-- samara: down\nDROP TABLE d;\n");
		migrator().migrate();

		for (String version : List.of("004", "003", "2", "1")) {
			RollbackReport report = migrator().rollback(RollbackTarget.LAST);

			assertThat(report.rolledBack()).singleElement()
				.satisfies((result) -> assertThat(result.key()).hasToString(version));
		}

		assertThat(tables()).isEmpty();
		assertThat(migrator().rollback(RollbackTarget.LAST).rolledBack()).isEmpty();
		assertThat(migrator().status().migrations()).extracting(MigrationStatus::state)
			.containsOnly(MigrationState.ROLLED_BACK);
		assertThat(migrator().migrate().applied()).hasSize(4);
	}

	@Test
	void goesBackByNumberVersionAndRun() {
		tablesOneTo(5);
		migrator().migrate();
		this.scripts.add("V6__t.sql", "CREATE TABLE t6 ()").add("V6__t.down.sql", "DROP TABLE t6");
		this.scripts.add("V7__t.sql", "CREATE TABLE t7 ()").add("V7__t.down.sql", "DROP TABLE t7");
		migrator().migrate();

		assertThat(keys(migrator().rollback(RollbackTarget.LAST_RUN))).containsExactly("7", "6");
		assertThat(keys(migrator().rollback(RollbackTarget.steps(2)))).containsExactly("5", "4");
		assertThat(keys(migrator().rollback(RollbackTarget.toVersion("1")))).containsExactly("3", "2");
		assertThat(tables()).containsExactly("t1");
		assertThat(migrator().rollback(RollbackTarget.EVERYTHING).current()).isNull();
		assertThat(tables()).isEmpty();
	}

	@Test
	void refusesToTakeOneOutOfTheMiddleUnlessForced() {
		tablesOneTo(3);
		migrator().migrate();

		assertThatExceptionOfType(RollbackRefusedException.class)
			.isThrownBy(() -> migrator().rollback(RollbackTarget.only("2")))
			.withMessageContaining("Migration 2 (t) is not the last one: after it came 3 (t)");
		assertThat(tables()).hasSize(3);

		migrator().rollback(new RollbackTarget.Only(MigrationVersion.of("2"), true));
		assertThat(tables()).containsExactly("t1", "t3");
	}

	@Test
	void saysWhatIsImpossible() {
		tablesOneTo(3);
		migrator().migrate();

		assertThatExceptionOfType(RollbackRefusedException.class)
			.isThrownBy(() -> migrator().rollback(RollbackTarget.steps(4)))
			.withMessageContaining("Only 3 migrations are applied, not 4");
		assertThatExceptionOfType(RollbackRefusedException.class)
			.isThrownBy(() -> migrator().rollback(RollbackTarget.toVersion("1.5")))
			.satisfies((ex) -> assertThat(ex.getRemedy()).isEqualTo("The nearest are 1 and 2."));
		assertThatExceptionOfType(RollbackRefusedException.class)
			.isThrownBy(() -> migrator().rollback(RollbackTarget.only("9")))
			.withMessageContaining("Version 9 is not applied");
	}

	@Test
	void namesAllThatHaveNoWayBackBeforeAnythingRuns() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a ()")
			.add("V2__b.sql", "-- samara: irreversible because the old column is dropped\nCREATE TABLE b ()")
			.add("V3__c.sql", "CREATE TABLE c ()")
			.add("V3__c.down.sql", "DROP TABLE c");
		migrator().migrate();

		assertThatExceptionOfType(RollbackRefusedException.class)
			.isThrownBy(() -> migrator().rollback(RollbackTarget.EVERYTHING))
			.satisfies((ex) -> {
				assertThat(ex.getFindings()).extracting(Finding::code).containsExactly("irreversible", "no-way-back");
				assertThat(ex).hasMessageContaining("cannot be taken back: the old column is dropped");
			});

		assertThat(tables()).hasSize(3);
	}

	@Test
	void goesBackFromAReleaseThatDoesNotKnowTheMigration() {
		tablesOneTo(2);
		migrator().migrate();
		this.scripts.remove("V2__t.sql").remove("V2__t.down.sql");

		RollbackReport report = migrator().rollback(RollbackTarget.LAST);

		assertThat(report.rolledBack()).singleElement()
			.satisfies((result) -> assertThat(result.source()).isEqualTo(RollbackStep.Source.HISTORY));
		assertThat(tables()).containsExactly("t1");
		assertThat(migrator().migrate().applied()).isEmpty();
	}

	@Test
	void prefersTheFileOfAnUnchangedMigrationAndSaysSo() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (); CREATE TABLE forgotten ();")
			.add("V1__a.down.sql", "DROP TABLE a");
		migrator().migrate();
		this.scripts.add("V1__a.down.sql", "DROP TABLE a; DROP TABLE forgotten");

		RollbackReport report = migrator().rollback(RollbackTarget.LAST);

		assertThat(tables()).isEmpty();
		assertThat(report.warnings()).extracting(Finding::code).contains("down-script-changed");
	}

	@Test
	void usesWhatWasKeptWhenTheMigrationHasChangedSince() {
		tablesOneTo(1);
		migrator().migrate();
		this.scripts.add("V1__t.sql", "CREATE TABLE another ()").add("V1__t.down.sql", "DROP TABLE another");

		migrator().rollback(RollbackTarget.LAST);

		assertThat(tables()).isEmpty();
	}

	@Test
	void leavesNothingOfADownScriptThatFails() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a ()")
			.add("V1__a.down.sql", "DROP TABLE a")
			.add("V2__b.sql", "CREATE TABLE b ()")
			.add("V2__b.down.sql", "DROP TABLE b;\nDROP TABLE missing;")
			.add("V3__c.sql", "CREATE TABLE c ()")
			.add("V3__c.down.sql", "DROP TABLE c");
		migrator().migrate();

		assertThatExceptionOfType(RollbackFailedException.class)
			.isThrownBy(() -> migrator().rollback(RollbackTarget.EVERYTHING))
			.withMessageContaining("The rollback of 2 (b) failed at ")
			.withMessageContaining("V2__b.down.sql:2:1 (statement 2 of 2)")
			.withMessageContaining(
					"The migration stays applied. Rolled back before it in this run, and staying so: 3.");

		assertThat(tables()).containsExactly("a", "b");
		assertThat(migrator().status().migrations()).extracting(MigrationStatus::state)
			.containsExactly(MigrationState.APPLIED, MigrationState.APPLIED, MigrationState.ROLLED_BACK);
	}

	@Test
	void resumesAWayBackThatIsNotOneTransaction() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer); CREATE INDEX a_id ON a (id);")
			.add("V1__a.down.sql", "DROP INDEX CONCURRENTLY a_id; DROP TABLE missing;");
		migrator().migrate();
		assertThatExceptionOfType(RollbackFailedException.class)
			.isThrownBy(() -> migrator().rollback(RollbackTarget.LAST));
		assertThat(migrator().status().migrations()).extracting(MigrationStatus::state)
			.containsExactly(MigrationState.ROLLBACK_UNFINISHED);
		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(() -> migrator().migrate())
			.withMessageContaining("The rollback of 1 (a) stopped after statement 1 of 2");

		this.scripts.add("V1__a.down.sql", "DROP INDEX CONCURRENTLY a_id; DROP TABLE a;");
		migrator().rollback(RollbackTarget.LAST);

		assertThat(tables()).isEmpty();
	}

	@Test
	void verifiesThatTheSchemaIsWhatItWas() {
		tablesOneTo(1);
		migrator().migrate();
		this.scripts.add("V2__t.sql", "CREATE TABLE t2 (id integer); CREATE INDEX t2_id ON t2 (id);")
			.add("V2__t.down.sql", "DROP TABLE t2")
			.add("V3__t.sql", "CREATE TABLE t3 (id integer); CREATE SEQUENCE forgotten;")
			.add("V3__t.down.sql", "DROP TABLE t3");
		migrator().migrate();

		RollbackReport part = migrator().rollback(RollbackTarget.LAST);
		RollbackReport whole = migrator().rollback(RollbackTarget.LAST);

		assertThat(part.schemaDifference()).isNull();
		assertThat(whole.schemaDifference()).isNotNull();
		assertThat(whole.schemaDifference().lines()).singleElement()
			.asString()
			.startsWith("+ sequence public.forgotten");
		assertThat(whole.warnings()).extracting(Finding::code).containsExactly("schema-not-restored");
		this.database.execute("DROP SEQUENCE forgotten");
		assertThat(migrator().rollback(RollbackTarget.LAST).schemaDifference()).isNotNull()
			.satisfies((difference) -> assertThat(difference.isEmpty()).isTrue());
	}

	@Test
	void plansWithoutTouchingAnything() {
		tablesOneTo(2);
		migrator().migrate();

		RollbackPlan plan = migrator().planRollback(RollbackTarget.EVERYTHING);

		assertThat(plan.steps()).extracting((step) -> step.status().key().toString()).containsExactly("2", "1");
		assertThat(plan.errors()).isEmpty();
		assertThat(tables()).hasSize(2);
	}

	@Test
	void refusesDownScriptsThatFitNothing() {
		this.scripts.add("V1__a.sql", "SELECT 1")
			.add("V1__a.down.sql", "SELECT 1")
			.add("U1__a.sql", "SELECT 1")
			.add("V9__z.down.sql", "SELECT 1")
			.add("V2__b.sql", "-- samara: irreversible because so\nSELECT 1;\n-- samara: down\nSELECT 1")
			.add("V3__c.sql", "-- samara: irreversible\nSELECT 1");

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(() -> migrator().migrate())
			.satisfies((ex) -> assertThat(ex.getFindings()).extracting(Finding::code)
				.containsExactlyInAnyOrder("duplicate-down-script", "orphaned-down-script",
						"irreversible-with-down-script", "invalid-directive"));
	}

	@Test
	void migratesUpToATarget() {
		tablesOneTo(5);
		this.scripts.add("R__v.sql", "SELECT 1");

		assertThat(migrate("2").applied()).hasSize(2);
		assertThat(migrate("next").applied()).hasSize(1);
		assertThat(migrate("3").applied()).isEmpty();
		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(() -> migrate("2"))
			.withMessageContaining("The database is at version 3, above the target 2");
		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(() -> migrate("4.5"))
			.satisfies((ex) -> assertThat(ex.getRemedy()).isEqualTo("The nearest are 4 and 5."));
		assertThat(migrate("+9").applied()).hasSize(3);
		assertThat(migrate("latest").applied()).isEmpty();
	}

	private MigrationReport migrate(String target) {
		return Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder()
				.locations(this.scripts.location())
				.target(MigrationTarget.of(target))
				.build())
			.build()
			.migrate();
	}

	private void tablesOneTo(int count) {
		for (int i = 1; i <= count; i++) {
			this.scripts.add("V" + i + "__t.sql", "CREATE TABLE t" + i + " ()")
				.add("V" + i + "__t.down.sql", "DROP TABLE t" + i);
		}
	}

	private static List<String> keys(RollbackReport report) {
		return report.rolledBack().stream().map((result) -> result.key().toString()).toList();
	}

	private List<String> tables() {
		return this.database.values(String.class, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' "
				+ "AND tablename NOT LIKE 'samara%' ORDER BY tablename");
	}

	private Migrator migrator() {
		return Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder().locations(this.scripts.location()).build())
			.build();
	}

}
