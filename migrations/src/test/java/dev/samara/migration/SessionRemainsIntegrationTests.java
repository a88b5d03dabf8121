package dev.samara.migration;

import java.nio.file.Path;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a script leaves in its session reaches neither the next one nor the pool.
 */
@PostgresTest
class SessionRemainsIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts scripts;

	SessionRemainsIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.scripts = Scripts.in(folder);
	}

	@Test
	void takesAwayWhatNoSettingBringsBack() {
		String leaving = """
				PREPARE p AS SELECT 1;
				DECLARE c CURSOR WITH HOLD FOR SELECT 1;
				SELECT pg_advisory_lock(42), pg_advisory_lock(42), pg_advisory_lock(7, -8), pg_advisory_lock_shared(9);
				""";
		this.scripts.add("V1__a.sql", leaving)
			.add("V2__a.sql", leaving + "-- again\n")
			.add("V3__a.sql", "-- samara: transaction=none\n" + leaving)
			.add("V4__count.sql", "CREATE TABLE seen AS SELECT count(*) AS locks FROM pg_locks "
					+ "WHERE locktype = 'advisory' AND pid = pg_backend_pid()");
		try (HikariDataSource pool = this.database.hikari(1)) {
			assertThat(migrate(pool).applied()).hasSize(4);

			JdbcTemplate jdbc = new JdbcTemplate(pool);
			assertThat(jdbc.queryForObject("SELECT locks FROM seen", Integer.class)).isEqualTo(1);
			assertThat(jdbc.queryForList("SELECT name FROM pg_prepared_statements WHERE from_sql")).isEmpty();
			assertThat(jdbc.queryForList("SELECT name FROM pg_cursors WHERE is_holdable")).isEmpty();
			assertThat(jdbc.queryForList("SELECT objid FROM pg_locks WHERE locktype = 'advisory'")).isEmpty();
		}
	}

	@Test
	void removesWhatFunctionsLeave() {
		this.database.execute("""
				CREATE SCHEMA tools;
				CREATE FUNCTION tools.leave_much() RETURNS void LANGUAGE plpgsql AS $$ BEGIN
					PERFORM pg_advisory_lock(42), pg_advisory_lock(42), pg_advisory_lock_shared(7, -8);
					EXECUTE 'PREPARE p AS SELECT 1';
					EXECUTE 'DECLARE c CURSOR WITH HOLD FOR SELECT 1';
				END $$""");
		this.scripts.add("V1__a.sql", "SELECT tools.leave_much()");
		try (HikariDataSource pool = this.database.hikari(1)) {
			JdbcTemplate jdbc = new JdbcTemplate(pool);
			jdbc.execute("PREPARE of_application AS SELECT 1");

			migrate(pool);

			assertThat(jdbc.queryForList("SELECT name FROM pg_prepared_statements WHERE from_sql", String.class))
				.containsExactly("of_application");
			assertThat(jdbc.queryForList("SELECT name FROM pg_cursors WHERE is_holdable")).isEmpty();
			assertThat(jdbc.queryForList("SELECT objid FROM pg_locks WHERE locktype = 'advisory'")).isEmpty();
		}
	}

	@Test
	void keepsTheCustomSettingsOfThePool() {
		this.scripts.add("V1__a.sql", "CREATE TABLE seen AS SELECT current_setting('app.tenant', true) AS tenant")
			.add("V2__b.sql", "SET app.tenant = 'other'")
			.add("V3__c.sql", "INSERT INTO seen SELECT current_setting('app.tenant', true)");
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setDataSource(this.database.dataSource());
			pool.setMaximumPoolSize(1);
			pool.setConnectionInitSql("SET app.tenant = 'acme'");

			migrate(pool);

			JdbcTemplate jdbc = new JdbcTemplate(pool);
			assertThat(jdbc.queryForList("SELECT tenant FROM seen", String.class)).containsExactly("acme", "acme");
			assertThat(jdbc.queryForObject("SELECT current_setting('app.tenant', true)", String.class))
				.isEqualTo("acme");
		}
	}

	@Test
	void keepsTheLocksThatWereThereBefore() {
		this.scripts.add("V1__a.sql", "SELECT pg_advisory_lock(42)");
		try (HikariDataSource pool = this.database.hikari(1)) {
			JdbcTemplate jdbc = new JdbcTemplate(pool);
			jdbc.queryForList("SELECT pg_advisory_lock(41)");

			migrate(pool);

			assertThat(jdbc.queryForList("SELECT objid::int FROM pg_locks WHERE locktype = 'advisory'", Integer.class))
				.containsExactly(41);
		}
	}

	private MigrationReport migrate(HikariDataSource pool) {
		return Migrator.builder(pool)
			.settings(MigrationSettings.builder().locations(this.scripts.location()).build())
			.build()
			.migrate();
	}

}
