package dev.samara.autoconfigure;

import java.util.Map;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class OtherToolsGuardTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SamaraAutoConfiguration.class));

	@ParameterizedTest
	@ValueSource(strings = { "spring.flyway.locations=classpath:db/migration", "spring.flyway.baselineOnMigrate=true",
			"spring.flyway.placeholders.admin=s3cret", "spring.liquibase.contexts=test", "spring.flyway.enabled=true" })
	void refusesSettingsOfAnotherTool(String property) {
		String key = property.substring(0, property.indexOf('='));

		this.application.withPropertyValues(property)
			.run((context) -> assertThat(context.getStartupFailure()).isInstanceOf(OtherToolsException.class)
				.hasMessageContaining(
						"Samara does not read them:\n- " + key.replace("baselineOnMigrate", "baselineonmigrate"))
				.satisfies((ex) -> assertThat(((OtherToolsException) ex).getRemedy()).contains("Remove them.",
						"samara.other-tools=ignore"))
				.satisfies((ex) -> assertThat(ex + ((OtherToolsException) ex).getRemedy()).doesNotContain("s3cret")));
	}

	@Test
	void refusesSettingsInVariablesOfTheSystem() {
		this.application
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
						Map.of("SPRING_FLYWAY_DEFAULTSCHEMA", "shop", "SPRING_FLYWAY_LOCATIONS_0", "filesystem:/sql"))))
			.run((context) -> assertThat(context.getStartupFailure()).isInstanceOf(OtherToolsException.class)
				.extracting((ex) -> ((OtherToolsException) ex).getRemedy())
				.asString()
				.contains("    schema: shop", "    locations: file:/sql"));
	}

	@Test
	void refusesABeanOfAnotherTool() {
		this.application.withBean("legacy", Flyway.class)
			.run((context) -> assertThat(context.getStartupFailure()).isInstanceOf(OtherToolsException.class)
				.hasMessage("Bean \"legacy\" is Flyway, which would migrate beside Samara.")
				.extracting((ex) -> ((OtherToolsException) ex).getRemedy())
				.asString()
				.contains("spring.flyway.enabled=false"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "samara.other-tools=ignore", "samara.migrations.on-startup=off",
			"samara.migrations.on-startup=false", "samara.enabled=false" })
	void ignoresThemWhereThatIsConfigured(String property) {
		this.application.withBean(Flyway.class)
			.withPropertyValues(property, "spring.flyway.locations=classpath:db/other")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void acceptsThatAnotherToolIsSwitchedOff() {
		this.application.withPropertyValues("spring.flyway.enabled=false", "spring.liquibase.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void translatesTheListOfTheProfileAndNotThatOfTheSourceBelowIt() {
		this.application.withInitializer((context) -> {
			context.getEnvironment()
				.getPropertySources()
				.addLast(new MapPropertySource("application-prod",
						Map.of("spring.flyway.locations[0]", "classpath:db/a")));
			context.getEnvironment()
				.getPropertySources()
				.addLast(new MapPropertySource("application", Map.of("spring.flyway.locations[0]", "classpath:db/a",
						"spring.flyway.locations[1]", "classpath:db/testdata")));
		}).run((context) -> {
			assertThat(context.getStartupFailure()).isInstanceOf(OtherToolsException.class)
				.hasMessageContaining("- spring.flyway.locations[1]");
			assertThat(((OtherToolsException) context.getStartupFailure()).getRemedy())
				.contains("    locations: classpath:db/a\n")
				.doesNotContain("testdata");
		});
	}

	@Test
	void translatesVariablesOfTheSystemWithAnUnderscoreForEachWord() {
		this.application
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
						Map.of("SPRING_FLYWAY_DEFAULT_SCHEMA", "shop", "SPRING_FLYWAY_OUT_OF_ORDER", "true"))))
			.run((context) -> assertThat(((OtherToolsException) context.getStartupFailure()).getRemedy())
				.contains("    schema: shop", "    out-of-order: allow"));
	}

	@Test
	void refusesABeanOfAParentContext() {
		new ApplicationContextRunner().withBean("legacy", Flyway.class)
			.run((parent) -> this.application.withParent(parent)
				.run((context) -> assertThat(context.getStartupFailure()).isInstanceOf(OtherToolsException.class)
					.hasMessageContaining("Bean \"legacy\" is Flyway")));
	}

	@Test
	void refusesAToolThatOneSourceSwitchesOffAndAStrongerOneOn() {
		this.application.withPropertyValues("spring.flyway.enabled=true")
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addLast(new MapPropertySource("application", Map.of("spring.flyway.enabled", "false"))))
			.run((context) -> assertThat(context.getStartupFailure()).isInstanceOf(OtherToolsException.class));
	}

}
