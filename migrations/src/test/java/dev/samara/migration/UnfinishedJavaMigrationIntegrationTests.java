package dev.samara.migration;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.samara.migration.SampleMigration.Reversible;
import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Code that has failed where nobody knows what it has left.
 */
@PostgresTest
class UnfinishedJavaMigrationIntegrationTests extends AbstractJavaMigrationIntegrationTests {

	private static final String FAILS = "INSERT INTO plant VALUES ('oak'); COMMIT; SELECT 1 / 0";

	UnfinishedJavaMigrationIntegrationTests(TestDatabase server) {
		super(server);
	}

	@BeforeEach
	void plants() {
		this.scripts.add("V1__plant.sql", "CREATE TABLE plant (name text)");
		migrate();
	}

	@Test
	void isTakenBackByARollback() {
		SampleMigration code = new Reversible("V2__oak", FAILS, "DELETE FROM plant").withoutTransaction();
		failure(code);

		MigrationStatus status = status(migrator(code));
		assertThat(status.state()).isEqualTo(MigrationState.INTERRUPTED);
		assertThat(status.failure().orElseThrow().error()).endsWith("division by zero");
		assertThat(migrator(code).plan().steps()).extracting(PlanStep::reason)
			.containsExactly("the last attempt failed");
		RollbackReport report = migrator(code).rollback(RollbackTarget.LAST);

		assertThat(report.rolledBack()).extracting((result) -> result.key().toString()).containsExactly("2");
		assertThat(report.warnings()).extracting(Finding::message)
			.containsExactly(
					"Migration 2 (oak) did not come to its end, and nobody knows what of it is done; the whole "
							+ "of its way back runs");
		assertThat(names()).isEmpty();
		assertThat(state(migrator(code))).isEqualTo(MigrationState.ROLLED_BACK);
	}

	@Test
	void isNotPassedOverByARollbackWithoutAWayBack() {
		SampleMigration code = new SampleMigration("V2__oak", FAILS).withoutTransaction();
		failure(code);

		for (Migrator migrator : List.of(migrator(code), migrator())) {
			assertThat(refusal(migrator)).singleElement().satisfies((finding) -> {
				assertThat(finding.code()).isEqualTo("no-way-back");
				assertThat(finding.message()).startsWith("Migration 2 (oak) did not come to its end");
			});
		}
		assertThat(names()).containsExactly("oak");
	}

	@Test
	void isMissedWhenItsClassIsGone() {
		failure(new SampleMigration("V2__oak", FAILS).withoutTransaction());

		assertThat(migrator().plan().findings()).extracting(Finding::toString)
			.singleElement()
			.asString()
			.contains("Migration 2 (oak) was begun by a newer release and not finished");
		this.scripts.add("V3__b.sql", "SELECT 1");
		assertThat(migrator().plan().errors()).extracting(Finding::message)
			.containsExactly("Migration 2 (oak) was begun and not finished, and its class is gone");
	}

	@Test
	void staysUnfinishedWhenTheNextAttemptFailsBeforeItIsCalled() {
		SampleMigration code = new SampleMigration("V2__oak", FAILS).withoutTransaction();
		failure(code);
		this.scripts.add("beforeEachMigrate.sql", "SELECT * FROM missing");

		assertThat(failure(code)).hasMessageContaining("Nothing of it was applied by this run");

		assertThat(status(migrator(code)).failure().orElseThrow().error()).contains("\"missing\" does not exist");
		assertThat(state(migrator(code))).isEqualTo(MigrationState.INTERRUPTED);
	}

	@Test
	void staysUnfinishedWhenItFailsAsATransactionLater() {
		failure(new SampleMigration("V2__oak", FAILS).withoutTransaction());

		SampleMigration changed = new SampleMigration("V2__oak", "SELECT 1 / 0");
		assertThat(failure(changed)).hasMessageContaining("Nothing of it was applied by this run");

		assertThat(state(migrator(changed))).isEqualTo(MigrationState.INTERRUPTED);
		assertThat(migrator(new SampleMigration("V2__oak", "SELECT 1")).migrate().applied()).hasSize(1);
	}

	@Test
	void isUnfinishedIfItHasEndedItsTransaction() {
		SampleMigration code = new Reversible("V2__oak", FAILS, "DELETE FROM plant");
		assertThat(failure(code)).hasMessageContaining("What it did before that may be committed");

		assertThat(state(migrator(code))).isEqualTo(MigrationState.INTERRUPTED);
		migrator(code).rollback(RollbackTarget.LAST);
		assertThat(names()).isEmpty();
	}

	@Test
	void isNotTakenForAppliedWhenItsWayBackHasFailed() {
		for (boolean isTransactional : List.of(true, false)) {
			this.database.execute("TRUNCATE plant");
			SampleMigration up = new Reversible("V2__oak", "SELECT 1", FAILS);
			SampleMigration code = isTransactional ? up : up.withoutTransaction();
			migrator(code).migrate();

			assertThat(catchThrowableOfType(RollbackFailedException.class,
					() -> migrator(code).rollback(RollbackTarget.LAST)))
				.hasMessageContaining("Until it is rolled back once more, nothing is migrated.");

			MigrationStatus status = status(migrator(code));
			assertThat(status.state()).isEqualTo(MigrationState.ROLLBACK_UNFINISHED);
			assertThat(status.last()).satisfies((last) -> assertThat(last.error()).isNotBlank());
			assertThat(migrator(code).plan().errors()).singleElement().satisfies((finding) -> {
				assertThat(finding.code()).isEqualTo("rollback-unfinished");
				assertThat(finding.message() + ". " + finding.remedy())
					.isEqualTo("The rollback of 2 (oak) did not come "
							+ "to its end, and nobody knows what of it is done. Roll it back once more: its way back "
							+ "begins again.");
			});
			assertThat(names()).containsExactly("oak");
			assertThat(migrator(new Reversible("V2__oak", "SELECT 1", "SELECT 1")).rollback(RollbackTarget.LAST)
				.rolledBack()).hasSize(1);
		}
	}

	private List<String> names() {
		return this.database.values(String.class, "SELECT name FROM plant ORDER BY 1");
	}

}
