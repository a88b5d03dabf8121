package dev.samara.migration;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.samara.execution.CodeFailedException;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Code that fails, ends its transaction, meets locks, or leaves its session changed.
 */
@PostgresTest
class JavaMigrationFailureIntegrationTests extends AbstractJavaMigrationIntegrationTests {

	JavaMigrationFailureIntegrationTests(TestDatabase server) {
		super(server);
	}

	@BeforeEach
	void plants() {
		this.scripts.add("V1__plant.sql", "CREATE TABLE plant (name text PRIMARY KEY)");
	}

	@Test
	void leavesNothingAndTellsWhereWithoutValues() {
		MigrationFailedException failure = failure(new SampleMigration("V2__trees", (context) -> {
			context.jdbc().update("INSERT INTO plant VALUES ('oak')");
			context.jdbc().update("INSERT INTO plant VALUES ('oak')");
		}));

		assertThat(failure).hasMessageStartingWith("Migration 2 (trees) failed at dev.samara.migration.SampleMigration")
			.hasMessageContaining("unique constraint \"plant_pkey\" [23505]. Nothing of it was applied.")
			.hasMessageEndingWith("and staying: 1.");
		assertThat(failure.getMessage() + failure.getCause()).doesNotContain("(oak)");
		assertThat(names()).isEmpty();
		assertThat(outcomes()).containsExactly("1 APPLIED", "2 FAILED 23505");
		assertThat(migrator(new SampleMigration("V2__trees", "SELECT 1")).migrate().applied()).hasSize(1);
	}

	@Test
	void doesNotQuoteWhatAnExceptionOfTheApplicationSays() {
		MigrationFailedException failure = failure(
				new SampleMigration("V2__a", (context) -> Integer.parseInt("x4711")));

		assertThat(failure).hasMessageContaining("java.lang.NumberFormatException. Nothing of it")
			.message()
			.doesNotContain("4711");
		assertThat(failure.getCause()).hasRootCauseInstanceOf(NumberFormatException.class);
		assertThat(outcomes()).containsExactly("1 APPLIED", "2 FAILED null");
	}

	@Test
	void tellsAnErrorLikeAnException() {
		this.scripts.add("afterMigrateError.sql", "CREATE TABLE noted ()");
		for (Error error : List.of(new AssertionError("4711"), new NoClassDefFoundError("gone"),
				new StackOverflowError())) {
			this.database.execute("DROP TABLE IF EXISTS noted");
			SampleMigration code = new SampleMigration("V2__a", (context) -> {
				context.jdbc().update("INSERT INTO plant VALUES ('oak')");
				throw error;
			});

			MigrationFailedException failure = failure(code);

			assertThat(failure).hasRootCause(error)
				.hasMessageContaining(": " + error.getClass().getName()
						+ ((error instanceof LinkageError) ? ": gone" : "") + ". Nothing of it was applied.")
				.message()
				.doesNotContain("4711");
			assertThat(names()).isEmpty();
			assertThat(outcomes()).endsWith("2 FAILED null");
			assertThat(this.database.value(Boolean.class, "SELECT to_regclass('noted') IS NOT NULL")).isTrue();
		}
		SampleMigration alone = new SampleMigration("V2__a", (context) -> {
			throw new AssertionError();
		}).withoutTransaction();
		assertThat(failure(alone)).hasRootCauseInstanceOf(AssertionError.class);
		assertThat(state(migrator(alone))).isEqualTo(MigrationState.INTERRUPTED);
	}

	@Test
	void leavesTheThreadInterruptedThatCodeFoundInterrupted() {
		this.scripts.add("afterMigrateError.sql", "CREATE TABLE noted ()");
		SampleMigration.Work work = (context) -> {
			throw new InterruptedException();
		};
		for (SampleMigration code : List.of(new SampleMigration("V2__a", work),
				new SampleMigration("V2__a", work).withoutTransaction())) {
			this.database.execute("DROP TABLE IF EXISTS noted");
			MigrationFailedException failure = failure(code);

			assertThat(Thread.interrupted()).isTrue();
			assertThat(failure).hasRootCauseInstanceOf(InterruptedException.class);
			assertThat(status(migrator(code)).failure()).isPresent();
			assertThat(this.database.value(Boolean.class, "SELECT to_regclass('noted') IS NOT NULL")).isTrue();
		}
	}

	@Test
	void recordsAnErrorOfTheWayBack() {
		Migrator migrator = migrator(
				new SampleMigration.Reversible("V2__a", (context) -> context.addRows(1), (context) -> {
					throw new ExceptionInInitializerError();
				}));
		migrator.migrate();

		assertThatExceptionOfType(RollbackFailedException.class)
			.isThrownBy(() -> migrator.rollback(RollbackTarget.only("2")))
			.withMessageContaining("java.lang.ExceptionInInitializerError. The migration stays applied.");
		assertThat(outcomes()).endsWith("2 ROLLBACK_FAILED");
	}

	@Test
	void letsAnErrorOfTheMachineThroughAndLeavesNothing() {
		SampleMigration code = new SampleMigration("V2__a", (context) -> {
			context.jdbc().update("INSERT INTO plant VALUES ('oak')");
			throw new OutOfMemoryError("on purpose");
		});

		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> migrator(code).migrate())
			.withMessage("on purpose");

		assertThat(names()).isEmpty();
		assertThat(outcomes()).containsExactly("1 APPLIED");
	}

	@Test
	void noticesThatTheTransactionWasEnded() {
		assertThat(failure(new SampleMigration("V2__a", "COMMIT"))).hasMessageContaining("has ended the transaction")
			.hasMessageContaining("What it did before that may be committed");
		assertThat(failure(new SampleMigration("V2__a", "ROLLBACK"))).hasMessageContaining("has ended the transaction");
		assertThat(failure(new SampleMigration("V2__a", "COMMIT; BEGIN")))
			.hasMessageContaining("has ended the transaction");
		assertThat(failure(new SampleMigration("V2__a", (context) -> context.connection().commit())))
			.hasMessageContaining("Nothing of it was applied");
		assertThat(failure(new SampleMigration("V2__a", (context) -> {
			context.connection().setAutoCommit(false);
			context.jdbc().update("INSERT INTO plant VALUES ('oak')");
			context.connection().commit();
		}))).hasMessageContaining("has ended the transaction");
		assertThat(migrator(new SampleMigration("V2__a", "INSERT INTO plant VALUES ('elm')")).migrate().applied())
			.hasSize(1);
	}

	@Test
	void tellsWhoeverNeedsNoTransactionHowToRunWithoutOne() {
		assertThat(failure(new SampleMigration("V2__a", (context) -> context.connection().commit())).getRemedy())
			.contains("commit() and rollback()", "isTransactional()");
		assertThat(failure(new SampleMigration("V2__a", "CREATE INDEX CONCURRENTLY ON plant (name)")).getRemedy())
			.contains("isTransactional()");
	}

	@Test
	void choosesAnIsolationLevelOnlyForATransactionOfItsOwn() {
		assertThat(failure(new SampleMigration("V2__a", "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")))
			.hasMessageContaining("[25001]")
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("isTransactional()"));

		migrator(new SampleMigration("V2__a",
				"BEGIN ISOLATION LEVEL REPEATABLE READ; "
						+ "INSERT INTO plant VALUES (current_setting('transaction_isolation')); COMMIT")
			.withoutTransaction()).migrate();

		assertThat(names()).containsExactly("repeatable read");
	}

	@Test
	void keepsItsTransactionWhateverIsResetInIt() {
		this.scripts.add("beforeEachMigrate.sql", "RESET ALL");

		migrator(new SampleMigration("V2__a", "RESET ALL; INSERT INTO plant VALUES ('elm')")).migrate();

		assertThat(names()).containsExactly("elm");
	}

	@ParameterizedTest
	@ValueSource(strings = { "COMMIT", "COMMIT; BEGIN", "COMMIT; BEGIN; INSERT INTO plant VALUES ('oak')", "commit()" })
	void noticesThatWhatFailsHadEndedTheTransaction(String end) {
		MigrationFailedException failure = failure(new SampleMigration("V2__a", (context) -> {
			context.jdbc().execute("INSERT INTO plant VALUES ('oak')");
			if (end.equals("commit()")) {
				context.connection().setAutoCommit(false);
				context.connection().commit();
			}
			else {
				context.jdbc().execute(end);
			}
			context.jdbc().execute("INSERT INTO plant VALUES ('oak')");
		}));

		assertThat(failure).hasMessageContaining("has ended the transaction")
			.hasMessageContaining("What it did before that may be committed");
		assertThat(failure.getCause().getCause().getSuppressed()).singleElement()
			.satisfies((ex) -> assertThat(ex).hasMessageContaining("[23505]").message().doesNotContain("(oak)"));
		assertThat(names()).containsExactly("oak");
	}

	@Test
	void leavesNothingIfItOnlySwitchesAutocommitOffAndFails() {
		assertThat(failure(new SampleMigration("V2__a", (context) -> {
			context.connection().setAutoCommit(false);
			context.jdbc().execute("INSERT INTO plant VALUES ('oak')");
			context.jdbc().execute("SELECT 1 / 0");
		}))).hasMessageContaining("[22012]").hasMessageContaining("Nothing of it was applied");
		assertThat(names()).isEmpty();
	}

	@Test
	void saysThatAnErrorWasCaughtAfterWhichNothingGoesOn() {
		MigrationFailedException failure = failure(new SampleMigration("V2__a", (context) -> {
			try {
				context.jdbc().execute("SELECT 1 / 0");
			}
			catch (RuntimeException ex) {
				context.addRows(1);
			}
		}));

		assertThat(failure.getRemedy()).contains("has caught the exception of a statement that failed");
	}

	@Test
	void isTriedAgainAsAWholeWhileSomebodyHoldsTheTable() throws Exception {
		migrator().migrate();
		List<Integer> attempts = new ArrayList<>();
		Connection other = lockPlants();

		MigrationReport report = migrator(new SampleMigration("V2__a", (context) -> {
			attempts.add(1);
			context.jdbc().execute("PREPARE p AS SELECT 1");
			if (attempts.size() == 2) {
				other.close();
			}
			context.jdbc().update("INSERT INTO plant VALUES ('oak')");
		})).migrate();

		assertThat(report.applied().get(0).attempts()).isEqualTo(2);
		assertThat(names()).containsExactly("oak");
	}

	@Test
	void saysWhoHeldTheTable() throws Exception {
		migrator().migrate();
		try (Connection other = lockPlants()) {
			MigrationFailedException failure = failure(new SampleMigration("V2__a", "LOCK TABLE plant"));

			assertThat(failure).hasMessageContaining("[55P03]").hasMessageContaining(", blocked by ");
			assertThat(failure.getRemedy()).contains("To make it let go: ");
			assertThat(((CodeFailedException) failure.getCause()).blockers()).hasSize(1);
			other.rollback();
		}
	}

	@Test
	void givesTheSessionBackAsItWas() {
		this.scripts.add("V3__after.sql", "INSERT INTO plant VALUES ('oak'); PREPARE p AS SELECT 1");

		migrator(new SampleMigration("V2__a", """
				SET search_path = pg_catalog; SET statement_timeout = 60000; PREPARE p AS SELECT 1;
				SELECT pg_advisory_lock(1); CREATE TEMP TABLE plant ()
				""")).migrate();

		assertThat(names()).containsExactly("oak");
		assertThat(
				this.database.values(Long.class,
						"SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' "
								+ "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"))
			.isEmpty();
	}

	@Test
	void commitsByItselfOutsideATransaction() {
		SampleMigration code = new SampleMigration("V2__a", (context) -> {
			context.jdbc().execute("VACUUM plant");
			context.jdbc().update("INSERT INTO plant VALUES ('oak') ON CONFLICT DO NOTHING");
			context.connection().setAutoCommit(false);
			context.jdbc().update("INSERT INTO plant VALUES ('elm') ON CONFLICT DO NOTHING");
			context.connection().commit();
			context.connection().setAutoCommit(true);
			if (names().size() == 2) {
				this.database.execute("INSERT INTO plant VALUES ('third')");
				throw new IllegalStateException();
			}
		});

		assertThat(failure(code.withoutTransaction())).hasMessageContaining("What it has done stays");
		assertThat(outcomes()).containsExactly("1 APPLIED", "2 STARTED", "2 STARTED");
		assertThat(names()).hasSize(3);
		assertThat(migrator(code).migrate().applied()).hasSize(1);
		assertThat(outcomes()).endsWith("2 STARTED", "2 APPLIED");
	}

	@Test
	void isCalledAgainAfterItWasInterruptedOutsideATransaction() {
		SampleMigration code = new SampleMigration("V2__a", "VACUUM plant").withoutTransaction();
		failure(new SampleMigration("V2__a", (context) -> {
			int pid = context.client().sql("SELECT pg_backend_pid()").query(Integer.class).single();
			this.database.asSuperuser().values(Boolean.class, "SELECT pg_terminate_backend(?, 5000)", pid);
			context.jdbc().execute("SELECT 1");
		}).withoutTransaction());

		assertThat(state(migrator(code))).isEqualTo(MigrationState.INTERRUPTED);
		assertThat(migrator(code).plan().steps()).extracting(PlanStep::reason)
			.containsExactly("the last attempt is not finished");
		assertThat(migrator(code).migrate().applied()).hasSize(1);
	}

	@Test
	void refusesATransactionThatIsLeftOpen() {
		assertThat(failure(new SampleMigration("V2__a", "BEGIN; INSERT INTO plant VALUES ('x')").withoutTransaction()))
			.hasMessageContaining("leaves a transaction open");
		assertThat(names()).isEmpty();
	}

	private List<String> names() {
		return this.database.values(String.class, "SELECT name FROM plant ORDER BY 1");
	}

	private List<String> outcomes() {
		return this.database.values(String.class, "SELECT concat_ws(' ', version, event, CASE event WHEN 'FAILED' "
				+ "THEN coalesce(sql_state, 'null') END) FROM samara_migrations ORDER BY id");
	}

}
