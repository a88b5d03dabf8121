package dev.samara.autoconfigure.seed;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.samara.autoconfigure.SamaraAutoConfiguration;
import dev.samara.autoconfigure.migration.SamaraMigrationAutoConfiguration;
import dev.samara.environment.EnvironmentConflictException;
import dev.samara.environment.EnvironmentMismatchException;
import dev.samara.seed.SeedContext;
import dev.samara.seed.SeedRunner;
import dev.samara.seed.SeedState;
import dev.samara.seed.SeedValidationException;
import dev.samara.seed.Seeder;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every way somebody may try, on purpose or not, to bring seeds of other environments
 * into production, by the configuration of a Spring Boot application.
 */
@PostgresTest
@ExtendWith(OutputCaptureExtension.class)
class SeedGuardIntegrationTests {

	private TestDatabase database;

	private Scripts scripts;

	private ApplicationContextRunner runner;

	@BeforeEach
	void applicationOnAnEmptyDatabase(TestDatabase shared, @TempDir Path folder) {
		this.database = shared.newDatabase();
		this.scripts = Scripts.in(folder).add("migration/V1__plant.sql", "CREATE TABLE plant (name text);");
		for (String environment : List.of("common", "dev", "staging", "prod")) {
			this.scripts.add("seed/" + environment + "/001_plants.sql",
					"INSERT INTO plant VALUES ('" + environment + "');");
		}
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, SamaraAutoConfiguration.class,
					SamaraMigrationAutoConfiguration.class, SamaraSeedAutoConfiguration.class))
			.withBean("dev", Seeder.class, () -> new PlantSeeder(List.of("dev", "staging")))
			.withPropertyValues("spring.datasource.url=" + this.database.url(),
					"spring.datasource.username=" + this.database.username(),
					"spring.datasource.password=" + this.database.password(),
					"samara.migrations.locations=" + this.scripts.location() + "/migration",
					"samara.seeds.locations=" + this.scripts.location() + "/seed");
	}

	/** Without an environment only common seeds run, whatever the marker is. */
	@ParameterizedTest
	@ValueSource(
			strings = { "spring.profiles.active=prodd", "spring.profiles.active=", "spring.profiles.active=eu-west",
					"samara.environment= ", "samara.seeds.level=all", "spring.profiles.active=development-eu" })
	void withoutAnEnvironmentOnlyCommonSeedsRun(String property, CapturedOutput output) {
		becomeProduction();

		this.runner.withPropertyValues(property, "samara.seeds.table=other_history")
			.run((context) -> assertThat(context).hasNotFailed());

		assertThat(plants()).containsOnly("common", "prod");
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM other_history WHERE folder = 'prod'"))
			.isZero();
		assertThat(output).contains("The environment of this application is unknown");
		if (property.endsWith("=prodd")) {
			assertThat(output).contains("Did you mean prod instead of prodd?");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.profiles.active=dev", "spring.profiles.active=local", "spring.profiles.active=uat",
			"spring.profiles.default=test", "samara.environment=dev", "samara.environment=demo" })
	void anotherEnvironmentStopsAtTheUrlOfProduction(String property) {
		becomeProduction();

		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(EnvironmentMismatchException.class));
		this.runner.withPropertyValues(property, "samara.seeds.table=other_history", "samara.seeds.level=all")
			.run((context) -> assertThat(context).hasFailed());

		assertThat(plants()).containsExactly("common", "prod");
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.profiles.active=prod,dev", "spring.profiles.active=dev,live",
			"spring.profiles.active=prod;samara.environment=dev",
			"spring.profiles.active=prod;samara.environments.dev=prod",
			"spring.profiles.active=production;samara.environments.staging=production" })
	void severalEnvironmentsAtOnceStop(String properties) {
		this.runner.withPropertyValues(properties.split(";"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(EnvironmentConflictException.class));

		assertThat(this.database.value(Boolean.class, "SELECT to_regclass('plant') IS NULL")).isTrue();
	}

	@Test
	void aSystemPropertyIsNoWayAround() {
		becomeProduction();

		this.runner.withSystemProperties("samara.environment=dev").run((context) -> assertThat(context).hasFailed());
		this.runner.withSystemProperties("samara.environment=dev")
			.withPropertyValues("spring.profiles.active=prod")
			.run((context) -> assertThat(context).hasFailed());

		assertThat(plants()).containsExactly("common", "prod");
	}

	@Test
	void noLevelAndNoMappingBringsOthersIn() {
		this.runner
			.withPropertyValues("spring.profiles.active=prod", "samara.seeds.level=all",
					"samara.environments.dev=somebody", "samara.migrations.out-of-order=allow")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(SeedRunner.class).status().in(SeedState.NOT_FOR_ENVIRONMENT))
					.extracting(Object::toString)
					.containsExactly("dev/001_plants.sql", "dev/002_seeder", "staging/001_plants.sql",
							"staging/002_seeder");
			});

		assertThat(plants()).containsExactly("common", "prod");
	}

	/** A mark in one schema holds for the database. */
	@ParameterizedTest
	@CsvSource({ "samara.migrations.schema=other, dev", "samara.migrations.schema=other, demo",
			"spring.datasource.url=URL&currentSchema=other, dev", "spring.datasource.url=URL&currentSchema=other, uat",
			"spring.datasource.url=URL&currentSchema=other%2Cpublic, dev", "ROLE, dev", "DATABASE, staging" })
	void anotherSchemaIsNoWayAround(String way, String environment) {
		becomeProduction();
		this.database.execute("CREATE SCHEMA other");

		in(way).withPropertyValues("samara.environment=" + environment)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(EnvironmentMismatchException.class));
		in(way)
			.withPropertyValues("samara.environment=" + environment, "samara.seeds.table=other_history",
					"samara.migrations.table=other_migrations", "samara.seeds.level=all")
			.run((context) -> assertThat(context).hasFailed());

		assertThat(this.database.values(String.class, "SELECT name FROM public.plant")).containsExactly("common",
				"prod");
		assertThat(this.database.value(Boolean.class, "SELECT to_regclass('other.plant') IS NULL")).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "samara.migrations.schema=other", "spring.datasource.url=URL&currentSchema=other", "DATABASE" })
	void inAnotherSchemaAProfileThatSaysNothingGetsCommonSeedsOnly(String way) {
		becomeProduction();
		this.database.execute("CREATE SCHEMA other");

		in(way).withPropertyValues("spring.profiles.active=prodd", "samara.seeds.level=all")
			.run((context) -> assertThat(context).hasNotFailed());

		assertThat(this.database.values(String.class, "SELECT name FROM other.plant")).containsExactly("common");
	}

	private ApplicationContextRunner in(String way) {
		switch (way) {
			case "ROLE" -> this.database.execute(
					"ALTER ROLE CURRENT_USER IN DATABASE \"" + this.database.name() + "\" SET search_path = other");
			case "DATABASE" ->
				this.database.execute("ALTER DATABASE \"" + this.database.name() + "\" SET search_path = other");
			default -> {
				String url = this.database.url();
				String extended = url.contains("?") ? url : url + "?";
				return this.runner.withPropertyValues(way.replace("URL", extended));
			}
		}
		return this.runner;
	}

	@ParameterizedTest
	@ValueSource(strings = { "/seed/dev", "/seed,LOCATION/seed/dev", "/seed/staging/../dev" })
	void aLocationInAnotherFolderIsRefused(String location) {
		this.runner
			.withPropertyValues("spring.profiles.active=prod",
					"samara.seeds.locations=" + this.scripts.location()
							+ location.replace("LOCATION", this.scripts.location()))
			.run((context) -> assertThat(context).getFailure().rootCause().isInstanceOf(SeedValidationException.class));

		assertThat(plants()).isEmpty();
	}

	@Test
	void aSeederThatDoesNotSayWhereItRunsIsRefused() {
		this.runner.withBean("nowhere", Seeder.class, () -> new PlantSeeder(List.of()))
			.withPropertyValues("spring.profiles.active=prod")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(SeedValidationException.class)
				.hasMessageContaining("no-environment"));

		assertThat(plants()).isEmpty();
	}

	@Test
	void aSeederRunsWhereItBelongs() {
		this.runner.withPropertyValues("spring.profiles.active=dev")
			.run((context) -> assertThat(context).hasNotFailed());

		assertThat(plants()).containsExactly("common", "dev", "seeder in dev");
	}

	private void becomeProduction() {
		this.runner.withPropertyValues("spring.profiles.active=prod")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(plants()).containsExactly("common", "prod");
	}

	private List<String> plants() {
		return this.database.values(String.class, "SELECT name FROM plant");
	}

	private record PlantSeeder(List<String> environments) implements Seeder {

		@Override
		public String name() {
			return "002_seeder";
		}

		@Override
		public void seed(SeedContext context) {
			context.jdbc().update("INSERT INTO plant VALUES (?)", "seeder in " + context.environment());
		}

	}

}
