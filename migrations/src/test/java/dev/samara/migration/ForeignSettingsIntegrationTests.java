package dev.samara.migration;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of settings that a role or a database has for every session.
 */
@PostgresTest
class ForeignSettingsIntegrationTests extends AbstractScriptIntegrationTests {

	ForeignSettingsIntegrationTests(TestDatabase server) {
		super(server);
	}

	@ParameterizedTest
	@CsvSource({ "default_transaction_read_only, on, off",
			"default_transaction_isolation, serializable, read committed", "default_transaction_deferrable, on, off",
			"standard_conforming_strings, off, on", "statement_timeout, 100ms, 0", "transaction_timeout, 100ms, 0",
			"idle_in_transaction_session_timeout, 50ms, 0", "idle_session_timeout, 50ms, 0" })
	void takesBackWhatWouldEndARunOrChangeWhatItMeans(String name, String value, String inScript) {
		assertThat(settingInScripts(name, value)).isEqualTo(inScript);
	}

	@ParameterizedTest
	@CsvSource({ "client_min_messages, error", "check_function_bodies, off", "row_security, off",
			"quote_all_identifiers, on", "bytea_output, escape", "IntervalStyle, sql_standard", "xmloption, document",
			"default_table_access_method, heap", "synchronous_commit, off", "work_mem, 123kB",
			"session_replication_role, replica", "lc_messages, C" })
	void keepsWhatIsSomebodysWish(String name, String value) {
		assertThat(settingInScripts(name, value)).isEqualTo(value);
	}

	@Test
	void replacesLockTimeoutsByItsOwn() {
		assertThat(settingInScripts("lock_timeout", "1ms")).isEqualTo("50ms");
	}

	@Test
	void readsDatesAsTheDriverMakesTheServerWriteThem() {
		assertThat(settingInScripts("DateStyle", "German, DMY")).startsWith("ISO");
	}

	@Test
	void worksInARoleThatTheLoginTakesByItself() {
		TestDatabase superuser = this.database.asSuperuser();
		superuser.execute("DO $$ BEGIN CREATE ROLE deployers; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
				"GRANT deployers TO " + this.database.username(), "GRANT ALL ON SCHEMA public TO deployers",
				"GRANT ALL ON DATABASE " + this.database.name() + " TO deployers");
		superuser.execute("ALTER ROLE " + this.database.username() + " IN DATABASE " + this.database.name()
				+ " SET role = 'deployers'");
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)").add("V2__b.sql", "RESET ROLE; CREATE TABLE b ()");

		migrate();

		assertThat(superuser.values(String.class,
				"SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'b'"))
			.containsExactly("deployers");
	}

	@Test
	void needsASchemaWhereTheSearchPathIsEmpty() {
		this.database.execute("ALTER DATABASE " + this.database.name() + " SET search_path = ''");
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)");

		assertThatExceptionOfType(DatabaseUnavailableException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("samara.migrations.schema"));

		Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder()
				.onNonEmpty(OnNonEmpty.MIGRATE)
				.locations(this.scripts.location())
				.schema("shop")
				.build())
			.build()
			.migrate();
		assertThat(this.database.value(String.class, "SELECT to_regclass('shop.a')::text")).isEqualTo("shop.a");
	}

	@Test
	void standsIdleLongerThanASessionMay() throws Exception {
		Assumptions.assumeTrue(this.database.serverVersion() >= 14);
		this.database.execute("CREATE TABLE a (id integer)");
		this.scripts.add("V1__a.sql", "ALTER TABLE a ADD COLUMN name text");
		try (Connection reader = this.database.connection(); Statement statement = reader.createStatement()) {
			reader.setAutoCommit(false);
			statement.execute("SELECT * FROM a");
			this.database.execute("ALTER DATABASE " + this.database.name() + " SET idle_session_timeout = '100ms'");
			CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(this::migrate);
			Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
			reader.rollback();

			assertThat(run.get().applied().get(0).attempts()).isGreaterThan(1);
		}
	}

	/** Set for all sessions of the database, what the statements of a script see. */
	private String settingInScripts(String name, String value) {
		Assumptions.assumeTrue(this.database.value(Boolean.class,
				"SELECT EXISTS (SELECT FROM pg_settings WHERE lower(name) = lower(?))", name));
		TestDatabase superuser = this.database.asSuperuser();
		superuser.execute("ALTER DATABASE " + this.database.name() + " SET " + name + " = '" + value + "'");
		this.scripts
			.add("V1__a.sql",
					"CREATE TABLE a AS SELECT current_setting('" + name
							+ "') AS value, '\\n' AS text;\nSELECT pg_sleep(0.2);")
			.add("V2__b.sql", "CREATE INDEX CONCURRENTLY a_text ON a (text)")
			.add("V3__c.sql", "CREATE TABLE c (id integer);\nCOPY c FROM STDIN;\n1\n\\.\nINSERT INTO c VALUES (2);")
			.add("V4__d.sql", "BEGIN; CREATE TABLE d (id integer); COMMIT;");

		assertThat(migrate().applied()).hasSize(4);
		assertThat(migrate().applied()).isEmpty();
		assertThat(this.database.value(String.class, "SELECT text FROM a")).isEqualTo("\\n");
		return this.database.value(String.class, "SELECT value FROM a");
	}

}
