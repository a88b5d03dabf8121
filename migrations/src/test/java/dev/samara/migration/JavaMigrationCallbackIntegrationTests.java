package dev.samara.migration;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.samara.execution.CodeFailedException;
import dev.samara.execution.ScriptFailedException;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Callbacks around migrations that are code.
 */
@PostgresTest
class JavaMigrationCallbackIntegrationTests extends AbstractJavaMigrationIntegrationTests {

	JavaMigrationCallbackIntegrationTests(TestDatabase server) {
		super(server);
	}

	@BeforeEach
	void callsAreNoted() {
		this.database.execute("CREATE TABLE calls (id integer GENERATED ALWAYS AS IDENTITY, name text, tx bigint "
				+ "DEFAULT txid_current())");
	}

	@Test
	void callsThemInItsTransaction() {
		this.scripts
			.add("beforeEachMigrate.sql",
					"SET samara.seen = 'before'; COPY calls (name) FROM STDIN;\nbefore\n\\.\nSELECT 1;")
			.add("afterEachMigrate__a.sql", note("after"))
			.add("afterEachMigrate__b.sql",
					"INSERT INTO calls (name) SELECT 'made ' || relname FROM pg_class "
							+ "WHERE oid = to_regclass('plant')")
			.add("afterMigrate.sql", note("end"));

		MigrationReport report = migrator(new SampleMigration("V1__a", (context) -> {
			context.jdbc().execute("CREATE TABLE plant ()");
			context.jdbc().execute("INSERT INTO calls (name) VALUES ('code ' || current_setting('samara.seen'))");
			context.addRows(7);
		})).migrate();

		assertThat(calls()).containsExactly("before", "code before", "after", "made plant", "end");
		assertThat(this.database.values(Integer.class, "SELECT count(*) FROM calls GROUP BY tx ORDER BY min(id)"))
			.containsExactly(4, 1);
		assertThat(this.database.values(Boolean.class,
				"SELECT h.xmin::text = c.tx::text FROM samara_migrations h, " + "calls c WHERE c.name = 'after'"))
			.containsExactly(true);
		assertThat(report.applied()).extracting(MigrationResult::rows).containsExactly(7L);
		assertThat(events()).containsExactly("1 APPLIED 1/1");
	}

	@Test
	void takesTheCodeBackIfOneAfterItFails() {
		this.scripts.add("afterEachMigrate.sql", "SELECT 1;\nSELECT * FROM missing")
			.add("afterMigrateError.sql", note("error"));

		MigrationFailedException failure = failure(new SampleMigration("V1__a", note("code")));

		assertThat(failure).hasMessageStartingWith("Migration 1 (a) failed at ")
			.hasMessageContaining("afterEachMigrate.sql:2:15: relation \"missing\" does not exist [42P01]. "
					+ "Nothing of it was applied.")
			.hasCauseInstanceOf(CodeFailedException.class);
		assertThat(failure.getCause()).hasCauseInstanceOf(ScriptFailedException.class);
		assertThat(failure.getRemedy()).contains("afterEachMigrate.sql");
		assertThat(calls()).containsExactly("error");
		assertThat(events()).containsExactly("1 FAILED 0/1");
		assertThat(this.database.value(String.class, "SELECT sql_state || error FROM samara_migrations"))
			.startsWith("42P01")
			.endsWith("afterEachMigrate.sql:2:15: relation \"missing\" does not exist");
	}

	@Test
	void doesNotCallTheCodeIfOneBeforeItFails() {
		this.scripts.add("beforeEachMigrate.sql", note("before") + "; SELECT 1 / 0");
		List<String> called = new ArrayList<>();
		SampleMigration code = new SampleMigration("V1__a", (context) -> called.add("code"));

		assertThat(failure(code)).hasMessageContaining("beforeEachMigrate.sql:1:")
			.hasMessageContaining("division by zero [22012]. Nothing of it was applied.");
		assertThat(failure(code.withoutTransaction())).hasMessageContaining("beforeEachMigrate.sql:1:")
			.hasMessageContaining("Nothing of it was applied.");
		assertThat(called).isEmpty();
		assertThat(calls()).isEmpty();
		assertThat(events()).containsExactly("1 FAILED 0/1", "1 STARTED 0/1", "1 FAILED 0/1");
	}

	@Test
	void callsThemInTransactionsOfTheirOwnAroundCodeOutsideOne() {
		this.scripts.add("beforeEachMigrate.sql", "SET samara.seen = 'before'; " + note("before"))
			.add("afterEachMigrate.sql", note("after"));
		SampleMigration code = new SampleMigration("V1__a", (context) -> {
			context.jdbc().execute("VACUUM calls");
			context.jdbc().execute("INSERT INTO calls (name) VALUES ('code ' || current_setting('samara.seen'))");
		}).withoutTransaction();

		migrator(code).migrate();

		assertThat(calls()).containsExactly("before", "code before", "after");
		assertThat(this.database.value(Integer.class, "SELECT count(DISTINCT tx) FROM calls")).isEqualTo(3);
		assertThat(this.database.values(String.class, "SELECT h.event FROM samara_migrations h, calls c "
				+ "WHERE c.name = 'after' AND h.xmin::text = c.tx::text"))
			.containsExactly("APPLIED");
	}

	@Test
	void callsCodeOutsideATransactionAgainIfOneAfterItFails() {
		this.scripts.add("afterEachMigrate.sql", note("after") + "; SELECT * FROM missing");
		SampleMigration code = new SampleMigration("V1__a", note("code")).withoutTransaction();

		assertThat(failure(code)).hasMessageContaining("afterEachMigrate.sql:1:")
			.hasMessageContaining("What it has done stays, as it runs outside a transaction; the next run calls it");
		this.scripts.add("afterEachMigrate.sql", note("after"));
		migrator(code).migrate();

		assertThat(calls()).containsExactly("code", "code", "after");
		assertThat(events()).containsExactly("1 STARTED 0/1", "1 STARTED 0/1", "1 STARTED 0/1", "1 APPLIED 1/1");
	}

	@Test
	void readsThemAsTheyWereCutWhateverTheMigrationHasSet() {
		this.database.execute("ALTER DATABASE " + this.database.name() + " SET standard_conforming_strings = off");
		this.scripts.add("afterEachMigrate.sql", "INSERT INTO calls (name) VALUES ('a\\b'), ('it\\');")
			.add("V5__script.sql", "SET standard_conforming_strings = off;")
			.add("V6__parts.sql", "VACUUM calls;\nSET standard_conforming_strings = off;")
			.add("V7__parts.sql", "VACUUM calls;\nRESET ALL;");

		migrator(new SampleMigration("V1__a", "SET standard_conforming_strings = off"),
				new SampleMigration("V2__b", "SET standard_conforming_strings = off").withoutTransaction(),
				new SampleMigration("V3__c", "RESET standard_conforming_strings"),
				new SampleMigration("V4__d", "RESET standard_conforming_strings").withoutTransaction())
			.migrate();

		assertThat(calls()).hasSize(14).containsOnly("a\\b", "it\\");
	}

	@Test
	void readsAMigrationAsItWasCutWhateverACallbackHasSet() {
		this.scripts.add("beforeEachMigrate.sql", "SET standard_conforming_strings = off; SELECT 'a\\'b';")
			.add("V1__script.sql", "INSERT INTO calls (name) VALUES ('it\\')")
			.add("V2__parts.sql", "VACUUM calls; INSERT INTO calls (name) VALUES ('it\\')");

		migrator().migrate();

		assertThat(calls()).containsExactly("it\\", "it\\");
	}

	@Test
	void readsThemAsTheyWereCutInADryRun() {
		this.scripts.add("beforeEachMigrate.sql", "SET standard_conforming_strings = off; SELECT 'a\\'b';")
			.add("V1__a.sql", "SELECT 'it\\'; SET standard_conforming_strings = off;")
			.add("afterEachMigrate.sql", "SELECT 'it\\'");

		assertThat(migrator().dryRun().failure()).isNull();
	}

	@Test
	void restoresTheSession() {
		this.scripts.add("afterEachMigrate.sql", "SET standard_conforming_strings = off; SELECT 'a\\'b';")
			.add("afterEachMigrate__b.sql",
					"-- samara: statement-timeout=9s\nINSERT INTO calls (name) "
							+ "VALUES ('a\\'), (current_setting('statement_timeout'))")
			.add("afterEachMigrate__c.sql",
					"INSERT INTO calls (name) VALUES (current_setting('statement_timeout')); PREPARE p AS SELECT 1");

		migrator(new SampleMigration("V1__a", "SELECT 1"),
				new SampleMigration("V2__b", "SELECT 1").withoutTransaction(), new SampleMigration("V3__c", "SELECT 1"))
			.migrate();

		assertThat(calls()).containsExactly("a\\", "9s", "0", "a\\", "9s", "0", "a\\", "9s", "0");
	}

	@Test
	void triesThemAgainWithTheCodeWhenTheyDoNotGetTheirLocks() throws Exception {
		this.database.execute("CREATE TABLE plant ()");
		this.scripts.add("beforeEachMigrate.sql", note("before")).add("afterEachMigrate.sql", "LOCK TABLE plant");
		List<Integer> attempts = new ArrayList<>();
		Connection other = lockPlants();

		MigrationReport report = migrator(new SampleMigration("V1__a", (context) -> {
			attempts.add(1);
			if (attempts.size() == 2) {
				other.close();
			}
		})).migrate();

		assertThat(report.applied().get(0).attempts()).isEqualTo(2);
		assertThat(attempts).hasSize(2);
		assertThat(calls()).containsExactly("before");
	}

	@Test
	void saysWhoHeldWhatACallbackNeeds() throws Exception {
		this.database.execute("CREATE TABLE plant ()");
		this.scripts.add("afterEachMigrate.sql", "LOCK TABLE plant");
		try (Connection other = lockPlants()) {
			for (SampleMigration code : List.of(new SampleMigration("V1__a", "SELECT 1"),
					new SampleMigration("V1__a", "SELECT 1").withoutTransaction())) {
				MigrationFailedException failure = failure(code);

				assertThat(failure).hasMessageContaining("afterEachMigrate.sql:1:1").hasMessageContaining("[55P03]");
				assertThat(failure.getMessage()).containsOnlyOnce(", blocked by ");
				assertThat(failure.getRemedy()).contains("To make it let go: ");
			}
			other.rollback();
		}
	}

	@Test
	void callsThoseOfARollback() {
		this.scripts.add("beforeEachRollback.sql", note("before"))
			.add("afterEachRollback.sql", note("after"))
			.add("V2__b.down.sql", note("script"));
		Migrator migrator = migrator(new SampleMigration.Reversible("V1__a", "SELECT 1", note("code")),
				new SampleMigration("V2__b", "SELECT 1"));
		migrator.migrate();

		assertThat(migrator.rollback(RollbackTarget.EVERYTHING).rolledBack()).hasSize(2);

		assertThat(calls()).containsExactly("before", "script", "after", "before", "code", "after");
		assertThat(this.database.values(Integer.class, "SELECT count(*) FROM calls GROUP BY tx")).containsExactly(3, 3);
	}

	@Test
	void keepsItAppliedIfACallbackOfARollbackFails() {
		this.scripts.add("afterEachRollback.sql", "SELECT * FROM missing");
		Migrator migrator = migrator(new SampleMigration.Reversible("V1__a", "SELECT 1", note("code")));
		migrator.migrate();

		assertThat(catchThrowableOfType(RollbackFailedException.class, () -> migrator.rollback(RollbackTarget.LAST)))
			.hasMessageContaining("afterEachRollback.sql:1:15")
			.hasMessageContaining("The migration stays applied.");
		assertThat(calls()).isEmpty();
		assertThat(migrator.validate().pending()).isEmpty();
	}

	@Test
	void callsThemInRoundTrips() {
		this.database.execute("DROP TABLE calls");
		this.scripts.add("beforeMigrate.sql", "CREATE TABLE seen (what text)")
			.add("beforeEachMigrate.sql", "INSERT INTO seen VALUES ('up')")
			.add("afterEachRollback.sql", "INSERT INTO seen VALUES ('down')");

		migrator(new SampleMigration.Reversible("V1__a", "CREATE TABLE a ()", "DROP TABLE a")).checkRoundTrips()
			.assertRestored();

		assertThat(this.database.values(String.class, "SELECT what FROM seen")).containsExactly("up", "down", "up");
	}

	private static String note(String name) {
		return "INSERT INTO calls (name) VALUES ('" + name + "')";
	}

	private List<String> calls() {
		return this.database.values(String.class, "SELECT name FROM calls ORDER BY id");
	}

}
