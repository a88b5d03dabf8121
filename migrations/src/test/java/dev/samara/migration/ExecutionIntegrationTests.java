package dev.samara.migration;

import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What scripts may contain, and how they run.
 */
@PostgresTest
class ExecutionIntegrationTests extends AbstractScriptIntegrationTests {

	ExecutionIntegrationTests(TestDatabase server) {
		super(server);
	}

	@Test
	void runsAFileWithItsOwnBeginAndCommitInOneTransactionWithItsHistory() {
		this.scripts.add("V1__a.sql", """
				-- written for psql
				BEGIN ISOLATION LEVEL SERIALIZABLE;
				CREATE TABLE a AS SELECT current_setting('transaction_isolation') AS level;
				COMMIT;
				""").add("V2__b.sql", "BEGIN; CREATE TABLE b (id integer); INSERT INTO b VALUES ('x'); COMMIT;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate);

		assertThat(this.database.value(String.class, "SELECT level FROM a")).isEqualTo("serializable");
		assertThat(this.database.value(String.class, "SELECT to_regclass('b')::text")).isNull();
		assertThat(events()).containsExactly("1 APPLIED 1/1", "2 FAILED 0/2");
	}

	@Test
	void runsStatementsOutsideATransactionThatCannotRunInOne() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)")
			.add("V2__index.sql", "CREATE INDEX CONCURRENTLY a_id ON a (id)")
			.add("V3__vacuum.sql", "VACUUM (ANALYZE) a");

		migrate();

		assertThat(this.database.value(Boolean.class,
				"SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_id'::regclass"))
			.isTrue();
		assertThat(events()).containsExactly("1 APPLIED 1/1", "2 STARTED 0/1", "2 PROGRESSED 1/1", "2 APPLIED 1/1",
				"3 STARTED 0/1", "3 PROGRESSED 1/1", "3 APPLIED 1/1");
	}

	@Test
	void resumesAMixedFileAtTheStatementThatFailed() {
		this.scripts.add("V1__a.sql", """
				CREATE TABLE a (id integer);
				INSERT INTO a VALUES (1), (1);
				CREATE UNIQUE INDEX CONCURRENTLY a_id ON a (id);
				INSERT INTO a VALUES (3);
				""");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("Its first 2 of 4 statements stay applied");
		assertThat(this.database.value(String.class, "SELECT to_regclass('a_id')::text")).isNull();

		this.database.execute("DELETE FROM a WHERE ctid = (SELECT min(ctid) FROM a)");
		MigrationReport report = migrate();

		assertThat(report.applied()).singleElement()
			.satisfies((applied) -> assertThat(applied.statements()).isEqualTo(2));
		assertThat(this.database.value(Boolean.class,
				"SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_id'::regclass"))
			.isTrue();
		assertThat(this.database.values(Integer.class, "SELECT id FROM a ORDER BY id")).containsExactly(1, 3);
	}

	@Test
	void refusesToResumeWhatWasEditedAndAllowsWhatFollows() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer); VACUUM a; SELECT missing();");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate);

		this.scripts.add("V1__a.sql", "CREATE TABLE a (id bigint); VACUUM a; SELECT 1;");
		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(ex.getFindings()).extracting(Finding::code)
				.containsExactly("edited-after-part-was-applied"));

		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer); VACUUM a; SELECT 1;");
		assertThat(migrate().applied()).hasSize(1);
	}

	@Test
	void runsStatementByStatementWhereTheFileAsksForIt() {
		this.scripts.add("V1__a.sql", """
				-- samara: transaction=none
				BEGIN;
				CREATE TABLE a (id integer);
				COMMIT;
				CREATE INDEX CONCURRENTLY a_id ON a (id);
				BEGIN;
				INSERT INTO a VALUES (1);
				COMMIT;
				""");

		migrate();

		assertThat(this.database.values(Integer.class, "SELECT id FROM a")).containsExactly(1);
	}

	@Test
	void countsNothingAsDoneThatTheScriptsOwnTransactionHasLost() {
		this.scripts.add("V1__a.sql", """
				-- samara: transaction=none
				CREATE TABLE a (id integer);
				BEGIN;
				INSERT INTO a VALUES (1);
				SELECT missing();
				COMMIT;
				""");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("Its first statement of 5 stays applied");

		this.scripts.add("V1__a.sql", """
				-- samara: transaction=none
				CREATE TABLE a (id integer);
				BEGIN;
				INSERT INTO a VALUES (1);
				COMMIT;
				""");
		migrate();

		assertThat(this.database.values(Integer.class, "SELECT id FROM a")).containsExactly(1);
	}

	@Test
	void resumesInTheMiddleOfWhatIsATransactionByNow() {
		this.scripts.add("V1__a.sql",
				"CREATE TABLE a (id integer); CREATE INDEX CONCURRENTLY a_id ON a (missing); INSERT INTO a VALUES (1);");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate);
		this.scripts.add("V1__a.sql",
				"CREATE TABLE a (id integer); CREATE INDEX a_id ON a (id); INSERT INTO a VALUES (1);");

		assertThat(migrate().applied()).singleElement()
			.satisfies((applied) -> assertThat(applied.statements()).isEqualTo(2));
		assertThat(this.database.values(Integer.class, "SELECT id FROM a")).containsExactly(1);
	}

	@Test
	void refusesAScriptThatLeavesItsTransactionOpen() {
		this.scripts.add("V1__a.sql", "-- samara: transaction=none\nBEGIN; CREATE TABLE a (id integer);");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("leaves a transaction open")
			.withMessageContaining("None of its statements is done");

		assertThat(this.database.value(String.class, "SELECT to_regclass('a')::text")).isNull();
	}

	@Test
	void loadsInlineCopyData() {
		this.scripts.add("V1__a.sql",
				"CREATE TABLE a (id integer, name text);\nCOPY a FROM STDIN;\n1\tit's; $$ fine\n2\t\\N\n\\.\nINSERT INTO a VALUES (3);");

		MigrationReport report = migrate();

		assertThat(this.database.values(String.class, "SELECT coalesce(name, '-') FROM a ORDER BY id"))
			.containsExactly("it's; $$ fine", "-", "-");
		assertThat(report.applied().get(0).rows()).isEqualTo(3);
	}

	@Test
	void takesBackCopyDataWithTheRestOfAFailedMigration() {
		this.scripts.add("V1__a.sql",
				"CREATE TABLE a (id integer);\nCOPY a FROM STDIN;\n1\n\\.\nCOPY a FROM STDIN;\nx\n\\.\n");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("V1__a.sql:5:1 (statement 3 of 3)");

		assertThat(this.database.value(String.class, "SELECT to_regclass('a')::text")).isNull();
	}

	@Test
	void readsStringsAsAnOldDumpMeansThem() {
		this.scripts.add("V1__a.sql",
				"SET standard_conforming_strings = off; CREATE TABLE a AS SELECT 'it\\'s; fine' AS text;");

		migrate();

		assertThat(this.database.value(String.class, "SELECT text FROM a")).isEqualTo("it's; fine");
	}

	@Test
	void sendsQuestionMarksBracesAndDollarsAsTheyAre() {
		this.scripts.add("V1__a.sql", """
				CREATE TABLE a AS SELECT '{"k": 1}'::jsonb ? 'k' AS has, '{fn now()} ${x} $1'::text AS text;
				CREATE FUNCTION f() RETURNS integer LANGUAGE sql BEGIN ATOMIC
					SELECT CASE WHEN true THEN 1 ELSE 2 END; SELECT 3; END;
				""".replace("BEGIN ATOMIC", (this.database.serverVersion() >= 14) ? "BEGIN ATOMIC" : "AS $$")
			.replace("SELECT 3; END;", (this.database.serverVersion() >= 14) ? "SELECT 3; END;" : "SELECT 3; $$;"));

		migrate();

		assertThat(this.database.rows("SELECT * FROM a").get(0)).containsEntry("has", true)
			.containsEntry("text", "{fn now()} ${x} $1");
		assertThat(this.database.value(Integer.class, "SELECT f()")).isEqualTo(3);
	}

	@Test
	@ExtendWith(CapturedLog.Capture.class)
	void waitsForLocksBrieflyAndTriesAgain(CapturedLog log) throws Exception {
		this.database.execute("CREATE TABLE a (id integer)");
		this.scripts.add("V1__a.sql", "CREATE TABLE b (id integer); ALTER TABLE a ADD COLUMN name text");
		try (Connection reader = this.database.connection(); Statement statement = reader.createStatement()) {
			reader.setAutoCommit(false);
			statement.execute("SELECT * FROM a");
			CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(this::migrate);
			Awaitility.await().until(() -> log.text().contains("did not get its locks"));
			reader.rollback();

			assertThat(run.get().applied().get(0).attempts()).isGreaterThan(1);
		}
		assertThat(events()).containsExactly("1 APPLIED 2/2");
	}

	@Test
	void givesUpOnLocksWithoutALeftover() throws Exception {
		this.database.execute("CREATE TABLE a (id integer)");
		this.scripts.add("V1__a.sql",
				"-- samara: lock-timeout=50ms\nCREATE TABLE b (id integer);\nALTER TABLE a ADD COLUMN name text");
		try (Connection reader = this.database.connection(); Statement statement = reader.createStatement()) {
			reader.setAutoCommit(false);
			statement.execute("SELECT * FROM a");
			Migrator migrator = Migrator.builder(this.database.dataSource())
				.settings(MigrationSettings.builder()
					.onNonEmpty(OnNonEmpty.MIGRATE)
					.locations(this.scripts.location())
					.retries(2)
					.build())
				.build();

			assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrator::migrate)
				.withMessageContaining("V1__a.sql:3:1")
				.withMessageContaining("[55P03]")
				.satisfies((ex) -> assertThat(ex.getRemedy()).contains("pg_terminate_backend"));
		}
		assertThat(this.database.value(String.class, "SELECT to_regclass('b')::text")).isNull();
	}

	@Test
	void doesNotDropAnIndexThatSomebodyElseIsBuilding() throws Exception {
		this.database.execute("CREATE TABLE a (id integer)");
		this.scripts.add("V1__a.sql", "CREATE INDEX CONCURRENTLY IF NOT EXISTS a_id ON a (id)");
		try (Connection writer = this.database.connection(); Statement statement = writer.createStatement()) {
			writer.setAutoCommit(false);
			statement.execute("INSERT INTO a VALUES (1)");
			CompletableFuture<Void> other = CompletableFuture
				.runAsync(() -> this.database.execute("CREATE INDEX CONCURRENTLY a_id ON a (id)"));
			Awaitility.await()
				.until(() -> this.database.value(Boolean.class,
						"SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('a_id') AND NOT indisvalid)"));

			assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
				.withMessageContaining("Index a_id is invalid, and another session works on its table")
				.satisfies((ex) -> assertThat(ex.getRemedy()).startsWith("Wait until the other session"));

			writer.rollback();
			other.get();
		}
		assertThat(migrate().applied()).hasSize(1);
	}

	@Test
	void doesNotRepeatAStatementOutsideATransactionThatIsDone() {
		this.scripts.add("V1__a.sql",
				"-- samara: transaction=none\nCREATE TABLE a (id integer);\nINSERT INTO a VALUES (7);\nSELECT 1 / count(*) FROM a WHERE id = 8;");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate);
		this.scripts.add("V1__a.sql",
				"-- samara: transaction=none\nCREATE TABLE a (id integer);\nINSERT INTO a VALUES (7);\nINSERT INTO a VALUES (8);");

		migrate();

		assertThat(this.database.values(Integer.class, "SELECT id FROM a ORDER BY id")).containsExactly(7, 8);
	}

	@Test
	void acceptsEmptyFiles() {
		this.scripts.add("V1__a.sql", "").add("V2__b.sql", "-- nothing to do\n");

		assertThat(migrate().applied()).hasSize(2);
	}

	@Test
	void sendsAVeryLongScriptInSeveralMessagesOfOneTransaction() {
		StringBuilder sql = new StringBuilder("CREATE TABLE a (text text);\n");
		for (int i = 0; i < 300; i++) {
			sql.append("INSERT INTO a VALUES ('").append("x".repeat(10_000)).append("');\n");
		}
		this.scripts.add("V1__a.sql", sql + "SELECT missing;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("V1__a.sql:302:8 (statement 302 of 302)");
		assertThat(this.database.value(String.class, "SELECT to_regclass('a')::text")).isNull();

		this.scripts.add("V1__a.sql", sql.toString());
		assertThat(migrate().applied().get(0).rows()).isEqualTo(300);
	}

}
