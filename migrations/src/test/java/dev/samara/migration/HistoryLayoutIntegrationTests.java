package dev.samara.migration;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.environment.Environment;
import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;
import dev.samara.testing.WireTap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The history table is upgraded in place, by the first run that writes into it.
 */
@PostgresTest
class HistoryLayoutIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts scripts;

	HistoryLayoutIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void historyOfLayout1(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.scripts = Scripts.in(folder).add("V1__a.sql", "CREATE TABLE a (id integer)");
		migrator(Environment.STAGING).migrate();
		this.database.execute("""
				DROP VIEW samara_migration_status;
				ALTER TABLE samara_migrations DROP COLUMN environment, DROP COLUMN down_placeholders;
				CREATE VIEW samara_migration_status AS
					SELECT kind, version, description, event AS state, started_at, duration_ms, installed_by,
						application_name, application_version, script, checksum, sql_state, error
					FROM (SELECT h.*, row_number() OVER (PARTITION BY kind, coalesce(version, description)
						ORDER BY id DESC) AS age FROM samara_migrations h) latest
					WHERE age = 1 ORDER BY id;
				""");
	}

	@Test
	void readsAnOlderLayoutWithOneQueryWhenNothingIsPending() {
		try (WireTap tap = WireTap.on(this.database)) {
			MigrationReport report = Migrator.builder(tap.dataSource(this.database))
				.settings(settings(Environment.STAGING))
				.build()
				.migrate();

			assertThat(report.skipped()).isEqualTo(1);
			assertThat(tap.roundTrips()).isEqualTo(1);
		}
		assertThat(columns()).doesNotContain("environment");
	}

	@Test
	void upgradesAnOlderLayoutBeforeItWrites() {
		this.scripts.add("V2__b.sql", "CREATE TABLE b (id integer)");

		migrator(Environment.STAGING).migrate();

		assertThat(this.database.values(String.class,
				"SELECT version || ' ' || coalesce(environment, 'unknown') FROM samara_migrations ORDER BY id"))
			.containsExactly("1 unknown", "2 staging");
		assertThat(this.database.values(String.class,
				"SELECT environment FROM samara_migration_status WHERE version = '2'"))
			.containsExactly("staging");
		assertThat(
				this.database.values(String.class, "SELECT obj_description('samara_migrations'::regclass, 'pg_class')"))
			.singleElement()
			.asString()
			.endsWith("Layout 2.");
	}

	@Test
	void upgradesAnOlderLayoutBeforeARollback() {
		this.scripts.add("V1__a.down.sql", "DROP TABLE a");

		migrator(Environment.STAGING).rollback(RollbackTarget.LAST);

		assertThat(this.database.values(String.class,
				"SELECT event FROM samara_migrations WHERE environment = 'staging' ORDER BY id"))
			.containsExactly("ROLLED_BACK");
	}

	@Test
	void namesTheStatementWhenTheRoleMayNotUpgrade() {
		this.scripts.add("V2__b.sql", "CREATE TABLE b (id integer)");
		this.database.asSuperuser()
			.execute("DO $$ BEGIN CREATE ROLE history_owner; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
					"ALTER TABLE samara_migrations OWNER TO history_owner",
					"GRANT SELECT, INSERT ON samara_migrations TO " + this.database.username());

		assertThatExceptionOfType(DatabaseUnavailableException.class)
			.isThrownBy(() -> migrator(Environment.STAGING).migrate())
			.withMessageContaining("cannot be upgraded to layout 2")
			.satisfies((ex) -> assertThat(ex.getRemedy())
				.contains("ALTER TABLE \"public\".\"samara_migrations\" ADD COLUMN IF NOT EXISTS environment text"));
		assertThat(this.database.values(String.class, "SELECT tablename FROM pg_tables WHERE tablename = 'b'"))
			.isEmpty();
	}

	private Migrator migrator(Environment environment) {
		return Migrator.builder(this.database.dataSource()).settings(settings(environment)).build();
	}

	private MigrationSettings settings(Environment environment) {
		return MigrationSettings.builder().locations(this.scripts.location()).environment(environment).build();
	}

	private List<String> columns() {
		return this.database.values(String.class,
				"SELECT attname::text FROM pg_attribute WHERE attrelid = 'samara_migrations'::regclass AND attnum > 0");
	}

}
