package dev.samara.autoconfigure.migration;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.samara.autoconfigure.SamaraAutoConfiguration;
import dev.samara.environment.EnvironmentMismatchException;
import dev.samara.migration.MigrationListener;
import dev.samara.migration.MigrationPlan;
import dev.samara.migration.MigrationSettings;
import dev.samara.migration.MigrationValidationException;
import dev.samara.migration.Migrator;
import dev.samara.migration.PlanCheck;
import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class SamaraMigrationAutoConfigurationIntegrationTests {

	private TestDatabase database;

	private ApplicationContextRunner runner;

	@BeforeEach
	void migrateAnEmptyDatabase(TestDatabase shared, @TempDir Path folder) {
		this.database = shared.newDatabase();
		Scripts scripts = Scripts.in(folder)
			.add("V1__plant.sql", "CREATE TABLE plant (name text);")
			.add("V2__first_plant.sql", "INSERT INTO plant VALUES ('acer');");
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
					JdbcTemplateAutoConfiguration.class, JdbcClientAutoConfiguration.class,
					SamaraAutoConfiguration.class, SamaraMigrationAutoConfiguration.class))
			.withPropertyValues("spring.datasource.url=" + this.database.url(),
					"spring.datasource.username=" + this.database.username(),
					"spring.datasource.password=" + this.database.password(),
					"samara.migrations.locations=" + scripts.location());
	}

	@Test
	void migratesBeforeAnybodyUsesTheDatabase() {
		this.runner.withUserConfiguration(PlantCatalogue.class)
			.run((context) -> assertThat(context.getBean(PlantCatalogue.class).plants).containsExactly("acer"));
	}

	@Test
	void recordsTheApplication() {
		this.runner
			.withPropertyValues("spring.application.name=nursery", "spring.application.version=1.2",
					"spring.profiles.active=dev")
			.run((context) -> assertThat(context).hasNotFailed());

		assertThat(this.database.values(String.class,
				"SELECT DISTINCT application_name || ' ' || application_version FROM samara_migrations"))
			.containsExactly("nursery 1.2");
		assertThat(this.database.value(String.class, "SELECT environment FROM samara_environment")).isEqualTo("dev");
	}

	@Test
	void refusesTheDatabaseOfAnotherEnvironment() {
		this.runner.withPropertyValues("spring.profiles.active=prod")
			.run((context) -> assertThat(context).hasNotFailed());

		this.runner.withPropertyValues("spring.profiles.active=dev")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(EnvironmentMismatchException.class));
	}

	@Test
	void doesNotStartWithSomethingPendingIfItOnlyValidates() {
		ApplicationContextRunner validating = this.runner.withPropertyValues("samara.migrations.on-startup=validate");

		validating.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOfSatisfying(MigrationValidationException.class,
					(ex) -> assertThat(ex.getFindings()).extracting(Finding::code)
						.containsExactly("pending", "pending")));
		assertThat(exists("plant")).isFalse();

		this.runner.run((context) -> assertThat(context).hasNotFailed());
		validating.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void leavesTheDatabaseAloneWhenOff() {
		this.runner.withPropertyValues("samara.migrations.on-startup=off")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(Migrator.class));

		assertThat(exists("plant")).isFalse();
		assertThat(exists("samara_migrations")).isFalse();
	}

	@Test
	void leavesTheDatabaseAloneWhenDisabled() {
		this.runner.withPropertyValues("samara.enabled=false").run((context) -> assertThat(context).hasNotFailed());

		assertThat(exists("samara_migrations")).isFalse();
	}

	@Test
	void migratesAsTheApplicationsStrategySays() {
		this.runner.withBean(MigrationStrategy.class, () -> (migrator) -> {
			assertThat(migrator.plan().steps()).hasSize(2);
			this.database.execute("CREATE TABLE made_by_strategy ()");
		}).run((context) -> assertThat(context).hasNotFailed());

		assertThat(exists("made_by_strategy")).isTrue();
		assertThat(exists("plant")).isFalse();
	}

	@Test
	void asksTheStrategyOnlyToMigrate() {
		this.runner.withPropertyValues("samara.migrations.on-startup=off")
			.withBean(MigrationStrategy.class,
					() -> (migrator) -> this.database.execute("CREATE TABLE made_by_strategy ()"))
			.run((context) -> assertThat(context).hasNotFailed());

		assertThat(exists("made_by_strategy")).isFalse();
	}

	@Test
	void usesTheApplicationsChecksAndListenersInTheirOrder() {
		this.runner.withUserConfiguration(Listeners.class)
			.run((context) -> assertThat(context.getBean(Listeners.class).calls).containsExactly("check", "first",
					"second"));
	}

	@Test
	void migratesAllMigratorsOfTheApplication() {
		TestDatabase other = this.database.newDatabase();
		this.runner
			.withBean("one", Migrator.class,
					() -> Migrator.builder(this.database.dataSource()).settings(emptySettings("one")).build())
			.withBean("two", Migrator.class,
					() -> Migrator.builder(other.dataSource()).settings(emptySettings("two")).build())
			.withBean(MigrationStrategy.class,
					() -> (migrator) -> this.database.execute("CREATE TABLE " + migrator.settings().table() + " ()"))
			.run((context) -> assertThat(context).hasNotFailed());

		assertThat(exists("one")).isTrue();
		assertThat(exists("two")).isTrue();
	}

	private static MigrationSettings emptySettings(String table) {
		return MigrationSettings.builder().table(table).build();
	}

	private boolean exists(String table) {
		return this.database.value(Boolean.class, "SELECT to_regclass(?) IS NOT NULL", table);
	}

	static class PlantCatalogue {

		final List<String> plants;

		PlantCatalogue(JdbcClient jdbc) {
			this.plants = jdbc.sql("SELECT name FROM plant").query(String.class).list();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		final List<String> calls = new CopyOnWriteArrayList<>();

		@Bean
		PlanCheck check() {
			return (plan) -> {
				if (!this.calls.contains("check")) {
					this.calls.add("check");
				}
				return List.of();
			};
		}

		@Bean
		@Order(2)
		MigrationListener second() {
			return listener("second");
		}

		@Bean
		@Order(1)
		MigrationListener first() {
			return listener("first");
		}

		private MigrationListener listener(String name) {
			return new MigrationListener() {

				@Override
				public void beforeMigrate(MigrationPlan plan) {
					Listeners.this.calls.add(name);
				}

			};
		}

	}

}
