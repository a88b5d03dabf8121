package dev.samara.migration;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.samara.lock.LockKey;
import dev.samara.lock.LockNotAcquiredException;
import dev.samara.postgres.TableName;
import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Plans are shown, and tried without leaving a trace.
 */
@PostgresTest
class DryRunIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts scripts;

	DryRunIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.scripts = Scripts.in(folder);
	}

	@Test
	void describesAPlanAsTextAndJson() {
		this.scripts.add("V1__create_pet.sql", "CREATE TABLE pet (id integer); CREATE INDEX pet_id ON shop.pet (id);")
			.add("V1__create_pet.down.sql", "DROP TABLE pet")
			.add("V2__index.sql", "INSERT INTO pet VALUES (1); CREATE INDEX CONCURRENTLY a ON pet (id);");

		PlanDescription plan = migrator().plan().describe();

		assertThat(plan.toString().replaceAll("/\\S+/V", "V")).isEqualToNormalizingNewlines("""
				1 create pet
				    pending; one transaction, 2 statements
				    V1__create_pet.sql
				    touches table pet, table shop.pet
				2 index
				    pending; 2 parts, 1 of them outside a transaction, 2 statements, no way back
				    V2__index.sql
				    touches table pet
				""");
		JsonNode json = JsonMapper.shared().valueToTree(plan);
		assertThat(json.at("/direction").asString()).isEqualTo("migrate");
		assertThat(json.at("/steps/0/objects/1").asString()).isEqualTo("table shop.pet");
		assertThat(json.at("/steps/0/hasDown").asBoolean()).isTrue();
	}

	@Test
	void triesWhatIsPendingAndLeavesNoTrace() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id serial PRIMARY KEY, name text);");
		migrator().migrate();
		this.scripts
			.add("V2__b.sql", "INSERT INTO a (name) VALUES ('x'), ('y');\nALTER TABLE a ADD COLUMN size integer;")
			.add("V3__c.sql", "SET search_path = ''; NOTIFY somebody;")
			.add("V4__d.sql", "CREATE INDEX CONCURRENTLY a_name ON a (name);")
			.add("V5__e.sql", "CREATE TABLE e AS SELECT * FROM a;");

		DryRunReport report = migrator().dryRun();

		assertThat(report.isSuccessful()).isTrue();
		assertThat(report.tried()).extracting((tried) -> tried.migration().key().toString())
			.containsExactly("2", "3", "5");
		assertThat(report.tried().get(0).statements()).satisfiesExactly((insert) -> {
			assertThat(insert.rows()).isEqualTo(2);
			assertThat(insert.place().line()).isEqualTo(1);
		}, (alter) -> assertThat(alter.place().line()).isEqualTo(2));
		assertThat(report.difference().lines()).anySatisfy((line) -> assertThat(line).startsWith("+ table public.e"))
			.anySatisfy((line) -> assertThat(line).startsWith("+ column public.a.size"));
		assertThat(report.warnings()).extracting(Finding::code)
			.containsExactlyInAnyOrder("sequences-moved", "not-notified", "not-tried");
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM a")).isZero();
		assertThat(this.database.value(String.class, "SELECT to_regclass('e')::text")).isNull();
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM samara_migrations")).isEqualTo(1);
		assertThat(migrator().migrate().applied()).hasSize(4);
	}

	@Test
	void saysWhereAMigrationWouldFail() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer);")
			.add("V2__b.sql", "ALTER TABLE a\n  DROP COLUMN missing;")
			.add("V3__c.sql", "SELECT 1");

		DryRunReport report = migrator().dryRun();

		assertThat(report.findFailure()).hasValueSatisfying((failure) -> assertThat(failure.toString())
			.contains("Migration 2 (b) would fail at ")
			.contains("V2__b.sql:1:1 (statement 1 of 1): column \"missing\" of relation \"a\" does not exist [42703]"));
		assertThat(report.tried()).hasSize(1);
		assertThat(report.difference().lines()).isNotEmpty()
			.allSatisfy((line) -> assertThat(line).contains("public.a"));
		assertThat(this.database.value(String.class, "SELECT to_regclass('a')::text")).isNull();
	}

	@Test
	void findsWhatOnlyTheCommitWouldFind() {
		this.scripts.add("V1__a.sql", """
				CREATE TABLE a (id integer PRIMARY KEY, parent integer REFERENCES a DEFERRABLE INITIALLY DEFERRED);
				INSERT INTO a VALUES (1, 2);
				""");

		assertThat(migrator().dryRun().findFailure())
			.hasValueSatisfying((failure) -> assertThat(failure.toString()).contains("[23503]"));
	}

	@Test
	void doesNotWaitLongForWhoMigrates() throws Exception {
		this.scripts.add("V1__a.sql", "SELECT 1");
		migrator().migrate();
		this.scripts.add("V2__b.sql", "SELECT 2");
		long key = LockKey.of(new TableName("public", "samara_environment")).value();
		try (Connection other = this.database.connection(); Statement statement = other.createStatement()) {
			statement.execute("SELECT pg_advisory_lock(" + key + ")");

			long start = System.nanoTime();
			assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(() -> migrator().dryRun());
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(2),
					Duration.ofSeconds(30));
		}
	}

	private Migrator migrator() {
		return Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder().locations(this.scripts.location()).build())
			.build();
	}

}
