package dev.samara.migration;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.samara.placeholder.Placeholders;
import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A set of files as users of Flyway have it, each with its place in folders and its name,
 * starts without a change.
 */
@PostgresTest
class FlywaySetIntegrationTests extends AbstractScriptIntegrationTests {

	FlywaySetIntegrationTests(TestDatabase server) {
		super(server);
	}

	@Test
	void startsAsItIs() {
		this.scripts.add("db/migration/V1__Create_customer.sql", """
				CREATE TABLE ${app_schema}.customer (id bigserial PRIMARY KEY, name varchar(200) NOT NULL);
				INSERT INTO calls (name) VALUES ('1');
				""")
			.add("db/migration/V1_1__Add_email.sql", """
					ALTER TABLE customer ADD COLUMN email varchar(200);
					INSERT INTO calls (name) VALUES ('1.1');
					""")
			.add("db/migration/2024/V2__Create_orders.sql", """
					CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint REFERENCES customer);
					INSERT INTO calls (name) VALUES ('2');
					""")
			.add("db/migration/R__Customer_view.sql",
					"""
							CREATE OR REPLACE VIEW customer_view AS SELECT id, name, '${country}'::text AS country FROM customer;
							INSERT INTO calls (name) VALUES ('R');
							""")
			.add("db/callback/beforeMigrate.sql",
					"""
							CREATE TABLE IF NOT EXISTS ${app_schema}.calls (id serial, name text, tx bigint DEFAULT txid_current());
							INSERT INTO calls (name) VALUES ('beforeMigrate');
							""")
			.add("db/callback/afterEachMigrate__audit.sql",
					"INSERT INTO calls (name) VALUES ('afterEachMigrate audit');\n")
			.add("db/callback/afterMigrate.sql", "INSERT INTO calls (name) VALUES ('afterMigrate in ${country}');\n")
			.add("db/callback/afterMigrate__grants.sql", """
					GRANT SELECT ON ALL TABLES IN SCHEMA ${app_schema} TO PUBLIC;
					INSERT INTO calls (name) VALUES ('afterMigrate grants');
					""")
			.add("db/callback/beforeClean.sql", "INSERT INTO calls (name) VALUES ('beforeClean');\n")
			.add("db/callback/afterInfo.sql", "INSERT INTO calls (name) VALUES ('afterInfo');\n");

		MigrationReport report = migrateSet();

		assertThat(calls()).containsExactly("beforeMigrate", "1", "afterEachMigrate audit", "1.1",
				"afterEachMigrate audit", "2", "afterEachMigrate audit", "R", "afterEachMigrate audit",
				"afterMigrate in AT", "afterMigrate grants");
		assertThat(this.database.values(Integer.class,
				"SELECT count(*) FROM calls GROUP BY tx HAVING count(*) > 1 ORDER BY min(id)"))
			.containsExactly(2, 2, 2, 2);
		assertThat(this.database.value(String.class,
				"SELECT pg_get_viewdef('customer_view') || has_table_privilege('public', 'customer_view', 'SELECT')"))
			.contains("'AT'")
			.endsWith("true");
		assertThat(report.applied()).hasSize(4);
		assertThat(report.warnings()).extracting(Finding::code)
			.containsExactly("callback-never-called", "callback-never-called");
		assertThat(migrateSet().applied()).isEmpty();
		assertThat(calls()).hasSize(11);
	}

	private MigrationReport migrateSet() {
		String root = this.scripts.location();
		return Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder()
				.locations(root + "/db/migration", root + "/db/callback")
				.placeholders(Placeholders.of(Map.of("app_schema", "public", "country", "AT")))
				.build())
			.build()
			.migrate();
	}

	private List<String> calls() {
		return this.database.values(String.class, "SELECT name FROM calls ORDER BY id");
	}

}
