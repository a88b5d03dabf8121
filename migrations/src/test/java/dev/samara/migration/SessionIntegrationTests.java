package dev.samara.migration;

import java.util.List;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What scripts do to their session, and what a run makes of the connection it is given.
 */
@PostgresTest
class SessionIntegrationTests extends AbstractScriptIntegrationTests {

	SessionIntegrationTests(TestDatabase server) {
		super(server);
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

}
