package dev.samara.migration;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What scripts may contain, and what they leave behind.
 */
@PostgresTest
class ExecutionIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts scripts;

	ExecutionIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.scripts = Scripts.in(folder);
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
		assertThat(this.database.value(Boolean.class,
				"SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_id'::regclass"))
			.isFalse();

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
	void resumesWithTheSettingsThatTheDonePartHasMade() {
		this.database.execute("CREATE SCHEMA app", "CREATE TABLE app.a (id integer)",
				"INSERT INTO app.a VALUES (1), (1)");
		this.scripts.add("V1__a.sql",
				"SET search_path = app; CREATE UNIQUE INDEX CONCURRENTLY a_id ON a (id); CREATE TABLE b (id integer);");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate);
		this.database.execute("DELETE FROM app.a");

		migrate();

		assertThat(this.database.value(String.class, "SELECT to_regclass('app.b')::text")).isEqualTo("app.b");
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
	void writesTheHistoryUnderItsOwnRole() {
		this.database.asSuperuser()
			.execute("DO $$ BEGIN CREATE ROLE nobody_much; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
					"GRANT nobody_much TO " + this.database.username());
		this.scripts.add("V1__a.sql", "SET ROLE nobody_much; SELECT 1; VACUUM; SELECT 2;")
			.add("V2__b.sql", "SET SESSION ROLE nobody_much; SELECT current_user;");

		migrate();

		assertThat(this.database.values(String.class,
				"SELECT DISTINCT installed_by FROM samara_migrations WHERE event = 'APPLIED'"))
			.containsExactly(this.database.username());
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
	void doesNotLetOneScriptsSettingsReachTheNextOrThePool() throws Exception {
		this.database.execute("CREATE SCHEMA other");
		this.scripts.add("V1__a.sql", """
				SET search_path = other; SET TIME ZONE 'America/Bogota'; SET statement_timeout = '7s';
				SELECT set_config('work_mem', '123kB', false); CREATE TABLE a (id integer);
				""")
			.add("V2__b.sql", "CREATE TABLE b AS SELECT current_setting('work_mem') AS work_mem;")
			.add("V3__c.sql", "SELECT set_config('search_path', '', false);");

		HikariConfig config = pool();
		config.setConnectionInitSql("SET work_mem = '4321kB'");
		try (HikariDataSource pool = new HikariDataSource(config)) {
			JdbcTemplate jdbc = new JdbcTemplate(pool);
			List<String> before = settings(jdbc);
			Migrator.builder(pool)
				.settings(MigrationSettings.builder().locations(this.scripts.location()).build())
				.build()
				.migrate();

			assertThat(settings(jdbc)).isEqualTo(before).contains("4321");
		}
		assertThat(this.database.value(String.class, "SELECT work_mem FROM public.b")).isEqualTo("4321kB");
		assertThat(this.database.value(String.class, "SELECT to_regclass('other.a')::text")).isEqualTo("other.a");
	}

	private HikariConfig pool() {
		HikariConfig config = new HikariConfig();
		config.setDataSource(this.database.dataSource());
		config.setMaximumPoolSize(1);
		return config;
	}

	private static List<String> settings(JdbcTemplate jdbc) {
		return jdbc.queryForList(
				"SELECT setting FROM pg_settings WHERE name IN ('search_path', 'TimeZone', "
						+ "'statement_timeout', 'lock_timeout', 'work_mem', 'application_name') ORDER BY name",
				String.class);
	}

	@Test
	void worksWithAPoolOfOneConnectionThatIsNotInAutocommit() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)");
		HikariConfig config = pool();
		config.setAutoCommit(false);
		try (HikariDataSource pool = new HikariDataSource(config)) {
			Migrator.builder(pool)
				.settings(MigrationSettings.builder().locations(this.scripts.location()).build())
				.build()
				.migrate();
		}
		assertThat(events()).containsExactly("1 APPLIED 1/1");
	}

	@Test
	void waitsForLocksBrieflyAndTriesAgain() throws Exception {
		this.database.execute("CREATE TABLE a (id integer)");
		this.scripts.add("V1__a.sql", "CREATE TABLE b (id integer); ALTER TABLE a ADD COLUMN name text");
		try (Connection reader = this.database.connection(); Statement statement = reader.createStatement()) {
			reader.setAutoCommit(false);
			statement.execute("SELECT * FROM a");
			CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(this::migrate);
			Awaitility.await()
				.until(() -> this.database.value(Boolean.class,
						"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database())"));
			Awaitility.await()
				.until(() -> this.database.value(Boolean.class,
						"SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database())"));
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
				.settings(MigrationSettings.builder().locations(this.scripts.location()).retries(2).build())
				.build();

			assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrator::migrate)
				.withMessageContaining("V1__a.sql:3:1")
				.withMessageContaining("[55P03]")
				.satisfies((ex) -> assertThat(ex.getRemedy()).contains("lock-timeout"));
		}
		assertThat(this.database.value(String.class, "SELECT to_regclass('b')::text")).isNull();
	}

	@Test
	void cutsOffStatementsThatTakeTooLong() {
		this.scripts.add("V1__a.sql", "-- samara: statement-timeout=100ms\nSELECT pg_sleep(60)");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("[57014]")
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("statement-timeout"));
	}

	@Test
	void keepsValuesOutOfErrorsAndHistory() {
		this.scripts.add("V1__a.sql", """
				CREATE TABLE a (email text PRIMARY KEY, id integer);
				INSERT INTO a VALUES ('secret@example.org'), ('secret@example.org');
				""").add("V2__b.sql", "SELECT 'topsecret'::integer");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(stackTrace(ex)).contains("duplicate key value violates unique constraint")
				.contains("V1__a.sql:2:1")
				.doesNotContain("secret@"));
		this.scripts.add("V1__a.sql", "SELECT 1");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(stackTrace(ex)).contains("invalid input syntax for type integer")
				.doesNotContain("topsecret"));
		assertThat(this.database.values(String.class, "SELECT error FROM samara_migrations WHERE event = 'FAILED'"))
			.hasSize(2)
			.allSatisfy((error) -> assertThat(error).doesNotContain("secret"));
	}

	private static String stackTrace(Throwable ex) {
		StringWriter text = new StringWriter();
		ex.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SELECT 'x\" top-secret'::integer", "SELECT '{\"a\" \"top-secret\"'::integer[]",
			"SELECT 'x' top-secret 4111111111111111", "SELECT 1 'top-secret'",
			"DO $$ BEGIN RAISE EXCEPTION 'no' USING DETAIL = 'top-secret', HINT = 'top-secret'; END $$",
			"CREATE TABLE a (i smallint); INSERT INTO a VALUES (4111111111111111)" })
	void keepsValuesOutWhateverTheyLookLike(String sql) {
		this.scripts.add("V1__a.sql", sql);

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(stackTrace(ex)).doesNotContainIgnoringCase("secret")
				.doesNotContain("4111111111111111"));
		assertThat(this.database.values(String.class, "SELECT error FROM samara_migrations")).singleElement()
			.satisfies((error) -> assertThat(error).doesNotContain("secret"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "DISCARD ALL", "SELECT pg_advisory_unlock_all()", "COPY (SELECT 1) TO STDOUT",
			"SET datestyle = 'German'", "SELECT 1; SET SESSION DateStyle TO 'SQL, DMY'" })
	void refusesWhatARunCannotBear(String sql) {
		this.scripts.add("V1__a.sql", sql);

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(ex.getRemedy()).isNotBlank());
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
	void keepsTemporaryTablesFromShadowingWhatFollows() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer); CREATE TEMPORARY TABLE b (id integer); LISTEN x;")
			.add("V2__b.sql", "CREATE TABLE b (id integer)");

		migrate();

		assertThat(this.database.value(String.class, "SELECT to_regclass('public.b')::text")).isEqualTo("b");
	}

	@Test
	void checksDeferredConstraintsWithTheSettingsOfTheScript() {
		this.database.execute("CREATE SCHEMA other", "CREATE TABLE other.log (id integer)",
				"CREATE TABLE other.a (id integer)",
				"CREATE FUNCTION other.note() RETURNS trigger LANGUAGE plpgsql AS "
						+ "$$ BEGIN INSERT INTO log VALUES (NEW.id); RETURN NEW; END $$",
				"CREATE CONSTRAINT TRIGGER note AFTER INSERT ON other.a DEFERRABLE INITIALLY DEFERRED "
						+ "FOR EACH ROW EXECUTE FUNCTION other.note()");
		this.scripts.add("V1__a.sql", "SET search_path = other; INSERT INTO a VALUES (1);");

		migrate();

		assertThat(this.database.values(Integer.class, "SELECT id FROM other.log")).containsExactly(1);
	}

	@Test
	void keepsTheUserThatAPoolHasSet() {
		TestDatabase superuser = this.database.asSuperuser();
		HikariConfig config = new HikariConfig();
		config.setDataSource(superuser.dataSource());
		config.setMaximumPoolSize(1);
		config.setConnectionInitSql("SET SESSION AUTHORIZATION " + this.database.username());
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)").add("V2__b.sql", "CREATE TABLE b (id integer)");
		try (HikariDataSource pool = new HikariDataSource(config)) {
			Migrator.builder(pool)
				.settings(MigrationSettings.builder().locations(this.scripts.location()).build())
				.build()
				.migrate();

			assertThat(new JdbcTemplate(pool).queryForObject("SELECT session_user", String.class))
				.isEqualTo(this.database.username());
		}
		assertThat(this.database.values(String.class, "SELECT tableowner FROM pg_tables WHERE tablename IN ('a', 'b')"))
			.containsOnly(this.database.username());
	}

	@Test
	void refusesConnectionsThatOnlyRead() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)");
		HikariConfig config = pool();
		config.setReadOnly(true);
		try (HikariDataSource pool = new HikariDataSource(config)) {
			Migrator migrator = Migrator.builder(pool)
				.settings(MigrationSettings.builder().locations(this.scripts.location()).build())
				.build();

			assertThatExceptionOfType(DatabaseUnavailableException.class).isThrownBy(migrator::migrate)
				.withMessageContaining("only read");
			assertThat(migrator.status().pending()).hasSize(1);
		}
	}

	@Test
	void placesAnErrorBehindCharactersOutsideTheBasicPlane() {
		this.scripts.add("V1__a.sql", "SELECT '🌱🍁';\nSELECT '🌱', missing;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("V1__a.sql:2:13 (statement 2 of 2)");
	}

	@Test
	void namesTheFileWhenOnlyTheCommitFails() {
		this.scripts.add("V1__a.sql", """
				CREATE TABLE a (id integer PRIMARY KEY, parent integer REFERENCES a DEFERRABLE INITIALLY DEFERRED);
				INSERT INTO a VALUES (1, 2);
				""");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("V1__a.sql: insert or update on table \"a\" violates foreign key constraint");

		assertThat(events()).containsExactly("1 FAILED 0/2");
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

	private MigrationReport migrate() {
		return Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder()
				.locations(this.scripts.location())
				.lockTimeout(Duration.ofMillis(200))
				.build())
			.build()
			.migrate();
	}

	private List<String> events() {
		return this.database.values(String.class, "SELECT version || ' ' || event || ' ' || statements_done || '/' || "
				+ "statements_total FROM samara_migrations ORDER BY id");
	}

}
