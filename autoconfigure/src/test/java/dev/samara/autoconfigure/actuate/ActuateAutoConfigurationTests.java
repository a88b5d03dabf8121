package dev.samara.autoconfigure.actuate;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

import dev.samara.autoconfigure.SamaraAutoConfiguration;
import dev.samara.autoconfigure.migration.SamaraMigrationAutoConfiguration;
import dev.samara.autoconfigure.seed.SamaraSeedAutoConfiguration;
import dev.samara.migration.Migrator;
import dev.samara.seed.SeedRunner;

import static org.assertj.core.api.Assertions.assertThat;

class ActuateAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, SamaraAutoConfiguration.class,
				SamaraMigrationAutoConfiguration.class, SamaraSeedAutoConfiguration.class,
				MigrationsEndpointAutoConfiguration.class, SeedsEndpointAutoConfiguration.class,
				MigrationsHealthContributorAutoConfiguration.class))
		.withPropertyValues("samara.migrations.on-startup=off", "spring.datasource.url=jdbc:postgresql://localhost:1/a",
				"management.endpoints.web.exposure.include=*");

	@Test
	void offersEndpointsAndHealth() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(MigrationsEndpoint.class)
			.hasSingleBean(SeedsEndpoint.class)
			.hasBean("migrationsHealthContributor"));
	}

	@Test
	void exposesNoEndpointUnlessAsked() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(MigrationsEndpoint.class)
				.doesNotHaveBean(SeedsEndpoint.class)
				.hasBean("migrationsHealthContributor"));
	}

	@Test
	void respectsTheAccessToTheEndpoints() {
		this.runner
			.withPropertyValues("management.endpoint.migrations.access=NONE", "management.endpoint.seeds.access=NONE")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(MigrationsEndpoint.class)
				.doesNotHaveBean(SeedsEndpoint.class));
	}

	@Test
	void offersNoHealthIfThatIsSwitchedOff() {
		this.runner.withPropertyValues("management.health.migrations.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthContributor.class));
	}

	@Test
	void offersNothingWhenDisabled() {
		this.runner.withPropertyValues("samara.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(MigrationsEndpoint.class)
				.doesNotHaveBean(SeedsEndpoint.class)
				.doesNotHaveBean(HealthContributor.class));
	}

	@Test
	void offersNoSeedsWithoutTheirEngine() {
		this.runner.withClassLoader(new FilteredClassLoader(SeedRunner.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(MigrationsEndpoint.class)
				.doesNotHaveBean(SeedsEndpoint.class));
	}

	@Test
	void offersNoEndpointsWithoutTheActuator() {
		this.runner.withClassLoader(new FilteredClassLoader(Endpoint.class, ConditionalOnAvailableEndpoint.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Migrator.class)
				.doesNotHaveBean("migrationsEndpoint")
				.doesNotHaveBean("seedsEndpoint"));
	}

	@Test
	void offersNoHealthWithoutItsModule() {
		this.runner
			.withClassLoader(
					new FilteredClassLoader(HealthContributor.class, ConditionalOnEnabledHealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(MigrationsEndpoint.class)
				.doesNotHaveBean("migrationsHealthContributor"));
	}

	@Test
	void letsTheApplicationReplaceHealthAndEndpoint() {
		MigrationsEndpoint own = new MigrationsEndpoint(Map.of());
		this.runner.withBean("migrationsHealthIndicator", HealthIndicator.class, () -> () -> null)
			.withBean("own", MigrationsEndpoint.class, () -> own)
			.run((context) -> {
				assertThat(context).hasSingleBean(HealthContributor.class);
				assertThat(context.getBean(MigrationsEndpoint.class)).isSameAs(own);
			});
	}

	@Test
	void tellsTheHealthOfEachMigrator() {
		this.runner.withBean("one", Migrator.class, () -> Migrator.builder(new SimpleDriverDataSource()).build())
			.withBean("two", Migrator.class, () -> Migrator.builder(new SimpleDriverDataSource()).build())
			.run((context) -> assertThat(context.getBean("migrationsHealthContributor")).isInstanceOfSatisfying(
					CompositeHealthContributor.class, (health) -> assertThat(health.stream()).extracting("name")
						.containsExactlyInAnyOrder("one", "two")));
	}

}
