package dev.samara.migration;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.environment.Environment;
import dev.samara.environment.EnvironmentMark;
import dev.samara.environment.EnvironmentMismatchException;
import dev.samara.postgres.TableName;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A database remembers its environment, and an application of another one stops before it
 * writes.
 */
@PostgresTest
class EnvironmentMarkIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts scripts;

	EnvironmentMarkIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.scripts = Scripts.in(folder).add("V1__a.sql", "CREATE TABLE a (id integer)");
	}

	@Test
	void isWrittenByTheFirstRunThatKnowsIt() {
		migrator(null).migrate();
		assertThat(this.database.values(String.class, "SELECT environment FROM samara_environment")).isEmpty();

		MigrationReport report = migrator(Environment.PROD).migrate();

		assertThat(report.applied()).isEmpty();
		assertThat(this.database.values(String.class, "SELECT environment FROM samara_environment"))
			.containsExactly("prod");
		assertThat(migrator(null).status().databaseEnvironment()).isEqualTo(Environment.PROD);
	}

	@Test
	void stopsAnApplicationOfAnotherEnvironmentBeforeItWrites() {
		migrator(Environment.PROD).migrate();
		this.scripts.add("V2__b.sql", "CREATE TABLE b (id integer)");

		assertThatExceptionOfType(EnvironmentMismatchException.class)
			.isThrownBy(() -> migrator(Environment.DEV).migrate())
			.withMessageContaining("runs in environment \"dev\", but the database belongs to \"prod\"")
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("docs/environments.md").doesNotContain("UPDATE"));
		assertThatExceptionOfType(EnvironmentMismatchException.class)
			.isThrownBy(() -> migrator(Environment.DEV).validate());

		assertThat(this.database.value(String.class, "SELECT to_regclass('b')::text")).isNull();
	}

	@Test
	void saysHowToChangeAMarkThatIsNotOfProduction() {
		migrator(Environment.STAGING).migrate();

		assertThatExceptionOfType(EnvironmentMismatchException.class)
			.isThrownBy(() -> migrator(Environment.DEV).migrate())
			.satisfies((ex) -> assertThat(ex.getRemedy())
				.contains("INSERT INTO \"samara_environment\" (environment) VALUES (E'dev') ON CONFLICT"));
	}

	@Test
	void countsWhenItIsThereBeforeTheHistory() {
		this.database.execute(new EnvironmentMark(new TableName("public", "samara_seeds")).createSql(),
				"INSERT INTO samara_environment VALUES ('prod')");

		assertThatExceptionOfType(EnvironmentMismatchException.class)
			.isThrownBy(() -> migrator(Environment.DEV).migrate());

		assertThat(this.database.value(String.class, "SELECT to_regclass('samara_migrations')::text")).isNull();
	}

	@Test
	void isNoWayRoundProductionToTakeAnotherSchema() {
		migrator(Environment.PROD).migrate();
		Migrator elsewhere = Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder()
				.locations(this.scripts.location())
				.schema("elsewhere")
				.environment(Environment.DEV)
				.build())
			.build();

		assertThatExceptionOfType(EnvironmentMismatchException.class).isThrownBy(elsewhere::migrate)
			.withMessageContaining("belongs to \"prod\"");

		assertThat(this.database.value(Boolean.class, "SELECT to_regnamespace('elsewhere') IS NULL")).isTrue();
	}

	@Test
	void doesNotStopAnApplicationThatHasNone() {
		migrator(Environment.PROD).migrate();
		this.scripts.add("V2__b.sql", "CREATE TABLE b (id integer)");

		assertThat(migrator(null).migrate().applied()).hasSize(1);
	}

	@Test
	void isMadeAgainWhenSomebodyHasDroppedIt() {
		migrator(Environment.PROD).migrate();
		this.database.execute("DROP TABLE samara_environment");

		assertThat(migrator(null).status().pending()).isEmpty();
		assertThat(migrator(Environment.PROD).migrate().applied()).isEmpty();

		assertThat(this.database.values(String.class, "SELECT environment FROM samara_environment"))
			.containsExactly("prod");
	}

	private Migrator migrator(@Nullable Environment environment) {
		return Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder().locations(this.scripts.location()).environment(environment).build())
			.build();
	}

}
