package dev.samara.migration;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.samara.migration.RoundTripReport.Result;
import dev.samara.migration.SampleMigration.Reversible;
import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Ways back that are code, and the want of them.
 */
@PostgresTest
class JavaMigrationRollbackIntegrationTests extends AbstractJavaMigrationIntegrationTests {

	JavaMigrationRollbackIntegrationTests(TestDatabase server) {
		super(server);
	}

	@BeforeEach
	void firstScript() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a ()").add("V1__a.down.sql", "DROP TABLE a");
	}

	@Test
	void takesItselfBack() {
		Migrator migrator = migrator(new Reversible("V2__b", "CREATE TABLE b ()", "DROP TABLE b"));
		migrator.migrate();

		assertThat(migrator.planRollback(RollbackTarget.LAST).describe().toString()).contains("one transaction, code");
		RollbackReport report = migrator.rollback(RollbackTarget.EVERYTHING);

		assertThat(report.rolledBack()).extracting(RollbackResult::source)
			.containsExactly(RollbackStep.Source.CODE, RollbackStep.Source.FILE);
		assertThat(report.schemaDifference()).satisfies((difference) -> assertThat(difference.isEmpty()).isTrue());
		assertThat(state(migrator)).isEqualTo(MigrationState.ROLLED_BACK);
		assertThat(migrator.migrate().applied()).hasSize(2);
	}

	@Test
	void staysAppliedIfTheWayBackFails() {
		Migrator migrator = migrator(new Reversible("V2__b", "CREATE TABLE b ()", "DROP TABLE b; DROP TABLE missing"));
		migrator.migrate();

		assertThatExceptionOfType(RollbackFailedException.class)
			.isThrownBy(() -> migrator.rollback(RollbackTarget.LAST))
			.withMessageContaining("\"missing\" does not exist [42P01]. The migration stays applied.");
		assertThat(state(migrator)).isEqualTo(MigrationState.APPLIED);
	}

	@Test
	void goesBackOutsideATransactionAndOnceMoreAfterAnInterruption() {
		SampleMigration code = new Reversible("V2__b", "VACUUM a", "VACUUM a").withoutTransaction();
		migrator(code).migrate();
		this.database.execute("""
				INSERT INTO samara_migrations (run_id, event, kind, version, description, script, checksum,
					statements_done, statements_total, started_at, duration_ms)
				SELECT run_id, 'ROLLBACK_STARTED', kind, version, description, script, checksum, 0, 1, started_at, 0
				FROM samara_migrations WHERE version = '2' AND event = 'APPLIED'
				""");
		assertThat(state(migrator(code))).isEqualTo(MigrationState.ROLLBACK_UNFINISHED);

		assertThat(migrator(code).rollback(RollbackTarget.LAST).rolledBack()).hasSize(1);
	}

	@Test
	void isRefusedWithoutTheClass() {
		migrator(new Reversible("V2__b", "SELECT 1", "SELECT 1")).migrate();

		assertThat(refusal(migrator())).singleElement()
			.satisfies((finding) -> assertThat(finding.message() + finding.remedy()).contains(
					"applied by code that this release does not have: " + Reversible.class.getName(),
					"by a release that has the class"));
		assertThat(refusal(migrator(new SampleMigration("V2__b", "SELECT 1")))).singleElement()
			.satisfies((finding) -> assertThat(finding.message()).contains("is code that cannot take itself back"));
	}

	@Test
	void goesBackByADownScriptThatTheHistoryKeeps() {
		this.scripts.add("V2__b.down.sql", "DROP TABLE b");
		migrator(new SampleMigration("V2__b", "CREATE TABLE b ()")).migrate();
		this.scripts.remove("V2__b.down.sql");

		assertThat(migrator().rollback(RollbackTarget.LAST).rolledBack()).extracting(RollbackResult::source)
			.containsExactly(RollbackStep.Source.HISTORY);
	}

	@Test
	void hasOneWayBackOnly() {
		this.scripts.add("U2__b.sql", "DROP TABLE b");

		assertThat(migrator(new Reversible("V2__b", "SELECT 1", "SELECT 1")).plan().errors()).extracting(Finding::code)
			.containsExactly("several-ways-back");
	}

	@Test
	void makesTheRoundTrip() {
		RoundTripReport report = migrator(new Reversible("V2__b", "CREATE TABLE b ()", "DROP TABLE b"),
				new SampleMigration("V3__c", "CREATE TABLE c ()"),
				new Reversible("V4__d", "CREATE TABLE d (); CREATE TABLE IF NOT EXISTS e ()", "DROP TABLE d"))
			.checkRoundTrips();

		assertThat(report.migrations()).extracting(RoundTripReport.RoundTrip::result)
			.containsExactly(Result.RESTORES, Result.RESTORES, Result.NO_DOWN_SCRIPT, Result.DIFFERS);
	}

}
