package dev.samara.autoconfigure.actuate;

import java.nio.file.Path;
import java.sql.Connection;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import dev.samara.migration.MigrationFailedException;
import dev.samara.migration.MigrationSettings;
import dev.samara.migration.Migrator;
import dev.samara.migration.RollbackFailedException;
import dev.samara.migration.RollbackTarget;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class MigrationsHealthIndicatorIntegrationTests {

	private TestDatabase database;

	private Scripts scripts;

	@BeforeEach
	void startWithAnEmptyDatabase(TestDatabase shared, @TempDir Path folder) {
		this.database = shared.newDatabase();
		this.scripts = Scripts.in(folder).add("V1__plant.sql", "CREATE TABLE plant (name text UNIQUE);");
	}

	@Test
	void isUpWhenAllIsApplied() {
		migrator().migrate();

		assertThat(health())
			.isEqualTo(up().withDetail("current", "1").withDetail("applied", 1L).withDetail("pending", 0).build());
	}

	@Test
	void isUpWithAPendingMigration() {
		assertThat(health()).isEqualTo(up().withDetail("applied", 0L).withDetail("pending", 1).build());
	}

	@Test
	void isUpWithAMigrationOfANewerRelease() {
		this.scripts.add("V2__pot.sql", "CREATE TABLE pot ();");
		migrator().migrate();
		this.scripts.remove("V2__pot.sql");

		assertThat(health().getStatus()).isEqualTo(Status.UP);
	}

	@Test
	void isDownWithAFailedMigration() {
		this.scripts.add("V2__twice.sql", "INSERT INTO plant VALUES ('s3cret');\nINSERT INTO plant VALUES ('s3cret');");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(() -> migrator().migrate());

		assertThat(problems()).contains("Migration 2 (twice) failed").doesNotContain("s3cret");
	}

	@Test
	void isDownWithAnInterruptedMigration() {
		migrator().migrate();
		this.scripts.add("V2__vacuum.sql", "-- samara: transaction=none\nVACUUM plant;");
		migrator().migrate();
		this.database.execute("DELETE FROM samara_migrations WHERE event = 'APPLIED' AND version = '2'");

		assertThat(problems()).contains("Migration 2 (vacuum) was interrupted");
	}

	@Test
	void isDownWithARollbackThatStoppedInTheMiddle() {
		this.scripts.add("V2__index.sql", "CREATE INDEX plant_idx ON plant (name);")
			.add("V2__index.down.sql", "DROP INDEX CONCURRENTLY plant_idx;\nDROP TABLE missing;");
		migrator().migrate();
		assertThatExceptionOfType(RollbackFailedException.class)
			.isThrownBy(() -> migrator().rollback(RollbackTarget.LAST));

		assertThat(problems()).contains("The rollback of 2 (index) stopped after statement 1 of 2",
				"[rollback-unfinished]");
	}

	@Test
	void isUpWithAMigrationThatWasRolledBack() {
		this.scripts.add("V1__plant.down.sql", "DROP TABLE plant;");
		migrator().migrate();
		migrator().rollback(RollbackTarget.LAST);

		assertThat(health()).isEqualTo(up().withDetail("applied", 0L).withDetail("pending", 1).build());
	}

	@Test
	void isDownWithAnAlteredMigration() {
		migrator().migrate();
		this.scripts.add("V1__plant.sql", "CREATE TABLE plant (name text);");

		assertThat(problems()).contains("Migration 1 (plant) was changed", "[checksum-changed]");
	}

	@Test
	void isDownWithAMissingMigration() {
		this.scripts.add("V2__pot.sql", "CREATE TABLE pot ();");
		migrator().migrate();
		this.scripts.remove("V1__plant.sql");

		assertThat(problems()).contains("Migration 1 (plant) is applied, but its file is gone");
	}

	@Test
	void isDownWithAMigrationThatMayNotRun() {
		this.scripts.add("V3__pot.sql", "CREATE TABLE pot ();");
		migrator().migrate();
		this.scripts.add("V2__late.sql", "CREATE TABLE late ();");

		assertThat(problems()).contains("[out-of-order]");
	}

	@Test
	void isDownAndDoesNotThrowWithoutTheDatabase() {
		PGSimpleDataSource nowhere = new PGSimpleDataSource();
		nowhere.setURL("jdbc:postgresql://localhost:1/nursery?user=app&password=s3cret");

		Health health = new MigrationsHealthIndicator(Migrator.builder(nowhere).settings(settings()).build()).health();

		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).extractingByKey("error")
			.asString()
			.startsWith("The database cannot be reached")
			.doesNotContain("s3cret");
	}

	@Test
	void isDownAndTellsNoWordsOfOthers() {
		DelegatingDataSource broken = new DelegatingDataSource(this.database.dataSource()) {

			@Override
			public Connection getConnection() {
				throw new IllegalStateException("s3cret");
			}

		};

		Health health = new MigrationsHealthIndicator(Migrator.builder(broken).settings(settings()).build()).health();

		assertThat(health).isEqualTo(Health.down().withDetail("error", "java.lang.IllegalStateException").build());
	}

	@Test
	void isDownWithoutTheLocation() {
		MigrationSettings settings = MigrationSettings.builder().locations("file:/nowhere/at/all").build();

		Health health = new MigrationsHealthIndicator(
				Migrator.builder(this.database.dataSource()).settings(settings).build())
			.health();

		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails().toString()).contains("/nowhere/at/all");
	}

	private String problems() {
		Health health = health();
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		return String.valueOf(health.getDetails().get("problems"));
	}

	private Health health() {
		return new MigrationsHealthIndicator(migrator()).health();
	}

	private Migrator migrator() {
		return Migrator.builder(this.database.dataSource()).settings(settings()).build();
	}

	private MigrationSettings settings() {
		return MigrationSettings.builder().locations(this.scripts.location()).build();
	}

	private static Health.Builder up() {
		return Health.up().withDetail("environment", "unknown").withDetail("databaseEnvironment", "unmarked");
	}

}
