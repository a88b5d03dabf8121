package dev.samara.autoconfigure.seed;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

import dev.samara.autoconfigure.SamaraAutoConfiguration;
import dev.samara.autoconfigure.migration.MigrationInitializer;
import dev.samara.autoconfigure.migration.SamaraMigrationAutoConfiguration;
import dev.samara.seed.SeedListener;
import dev.samara.seed.SeedPlan;
import dev.samara.seed.SeedRunner;
import dev.samara.seed.check.ChecksFailedException;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
class SamaraSeedAutoConfigurationIntegrationTests {

	private TestDatabase database;

	private ApplicationContextRunner runner;

	@BeforeEach
	void seedAnEmptyDatabase(TestDatabase shared, @TempDir Path folder) {
		this.database = shared.newDatabase();
		Scripts scripts = Scripts.in(folder)
			.add("migration/V1__plant.sql", "CREATE TABLE plant (name text);")
			.add("seed/common/001_plants.sql", "INSERT INTO plant VALUES ('acer');")
			.add("seed/dev/001_plants.sql", "INSERT INTO plant VALUES ('dev plant');")
			.add("seed/prod/001_plants.sql", "INSERT INTO plant VALUES ('prod plant');");
		this.runner = new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(DataSourceAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
							JdbcClientAutoConfiguration.class, SamaraAutoConfiguration.class,
							SamaraMigrationAutoConfiguration.class, SamaraSeedAutoConfiguration.class))
			.withPropertyValues("spring.datasource.url=" + this.database.url(),
					"spring.datasource.username=" + this.database.username(),
					"spring.datasource.password=" + this.database.password(),
					"samara.migrations.locations=" + scripts.location() + "/migration",
					"samara.seeds.locations=" + scripts.location() + "/seed");
	}

	@Test
	void seedsBeforeAnybodyUsesTheDatabase() {
		this.runner.withUserConfiguration(PlantCatalogue.class)
			.run((context) -> assertThat(context.getBean(PlantCatalogue.class).plants).containsExactly("acer"));
	}

	@Test
	void makesSeedsWaitForMigrationsAndTheRestForBoth() {
		this.runner.run((context) -> {
			var definitions = context.getBeanFactory();
			String client = context.getBeanNamesForType(JdbcClient.class)[0];
			assertThat(definitions.getBeanDefinition(SeedInitializer.BEAN_NAME).getDependsOn())
				.containsExactly(MigrationInitializer.BEAN_NAME);
			assertThat(definitions.getBeanDefinition(client).getDependsOn()).contains(MigrationInitializer.BEAN_NAME,
					SeedInitializer.BEAN_NAME);
		});
	}

	@Test
	void runsTheSeedsOfTheEnvironment() {
		this.runner.withPropertyValues("spring.profiles.active=dev")
			.run((context) -> assertThat(context).hasNotFailed());

		assertThat(plants()).containsExactly("acer", "dev plant");
	}

	@Test
	void runsTheSeedsOfTheLevel() {
		this.runner.withPropertyValues("spring.profiles.active=dev", "samara.seeds.level=minimal")
			.run((context) -> assertThat(context).hasNotFailed());

		assertThat(plants()).containsExactly("acer");
	}

	@Test
	void doesNotStartWithDataThatFailsItsChecks() {
		var checked = this.runner.withPropertyValues("spring.profiles.active=dev",
				"samara.seeds.checks.queries.no-acer=SELECT name FROM plant WHERE name = 'acer'");
		for (int start = 1; start <= 2; start++) {
			checked.run((context) -> assertThat(context).hasFailed()
				.getFailure()
				.rootCause()
				.isInstanceOf(ChecksFailedException.class)
				.hasMessageContaining("samara.seeds.checks.queries.no-acer: expected no rows, found 1 row"));
		}

		checked.withPropertyValues("samara.seeds.checks.on-failure=warn")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(plants()).containsExactly("acer", "dev plant");
	}

	@Test
	void seedsNothingAtLevelNone() {
		this.runner.withPropertyValues("samara.seeds.level=none").run((context) -> assertThat(context).hasNotFailed());

		assertThat(plants()).isEmpty();
	}

	@Test
	void seedsNothingWhenDisabled() {
		this.runner.withPropertyValues("samara.seeds.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SeedRunner.class));

		assertThat(plants()).isEmpty();
	}

	@Test
	void doesNothingWithoutTheEngine() {
		this.runner.withClassLoader(new FilteredClassLoader(SeedRunner.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SeedInitializer.BEAN_NAME));

		assertThat(plants()).isEmpty();
	}

	@Test
	void doesNothingWithoutADatabase() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SamaraAutoConfiguration.class,
					SamaraMigrationAutoConfiguration.class, SamaraSeedAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SeedRunner.class));
	}

	@Test
	void leavesSeedsToTheOneWhoMigrates() {
		this.runner.withPropertyValues("samara.seeds.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed());
		this.runner.withPropertyValues("samara.migrations.on-startup=validate")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(SeedRunner.class));
		this.runner.withPropertyValues("samara.migrations.on-startup=off")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(SeedRunner.class));

		assertThat(plants()).isEmpty();
	}

	@Test
	void backsOffForTheApplicationsSeedRunner() {
		SeedRunner own = SeedRunner.builder(this.database.dataSource()).build();
		this.runner.withBean("own", SeedRunner.class, () -> own)
			.run((context) -> assertThat(context).hasSingleBean(SeedRunner.class)
				.getBean(SeedRunner.class)
				.isSameAs(own));
	}

	@Test
	void tellsTheApplicationsListeners() {
		this.runner.withUserConfiguration(CountingListener.class)
			.run((context) -> assertThat(context.getBean(CountingListener.class).seeds).isOne());
	}

	@Test
	void sharesSchemaAndWaitsWithTheMigrations() {
		this.runner
			.withPropertyValues("samara.migrations.schema=nursery", "samara.migrations.lock-timeout=3s",
					"samara.migrations.retries=4", "samara.migrations.lock-wait=5s", "samara.migrations.lock=lease",
					"samara.migrations.statement-timeout=6s", "samara.seeds.table=sown", "spring.profiles.active=prod")
			.run((context) -> assertThat(context.getBean(SeedRunner.class).settings().toString()).contains(
					"schema=nursery, table=sown, level=null, lockTimeout=PT3S, retries=4, lockWait=PT5S, lock=LEASE, "
							+ "statementTimeout=PT6S, environment=prod"));

		assertThat(this.database.value(Boolean.class, "SELECT to_regclass('nursery.sown') IS NOT NULL")).isTrue();
		assertThat(this.database.values(String.class, "SELECT name FROM nursery.plant")).containsExactly("acer",
				"prod plant");
	}

	private List<String> plants() {
		if (this.database.value(Boolean.class, "SELECT to_regclass('plant') IS NULL")) {
			return List.of();
		}
		return this.database.values(String.class, "SELECT name FROM plant");
	}

	static class PlantCatalogue {

		final List<String> plants;

		PlantCatalogue(JdbcClient jdbc) {
			this.plants = jdbc.sql("SELECT name FROM plant").query(String.class).list();
		}

	}

	static class CountingListener implements SeedListener {

		int seeds;

		@Override
		public void beforeSeed(SeedPlan plan) {
			this.seeds += plan.steps().size();
		}

	}

}
