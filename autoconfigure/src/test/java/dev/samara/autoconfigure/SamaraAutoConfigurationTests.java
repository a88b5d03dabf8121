package dev.samara.autoconfigure;

import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import dev.samara.environment.Application;
import dev.samara.environment.Environment;
import dev.samara.environment.EnvironmentConflictException;

import static org.assertj.core.api.Assertions.assertThat;

class SamaraAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SamaraAutoConfiguration.class));

	@Test
	void hasNoEnvironmentWithoutProfiles() {
		this.runner.run((context) -> assertThat(context.getBean(RunningApplication.class))
			.isEqualTo(new RunningApplication(null, Application.UNKNOWN, null)));
	}

	@Test
	void derivesTheEnvironmentFromTheActiveProfiles() {
		this.runner.withPropertyValues("spring.profiles.active=eu,production")
			.run((context) -> assertThat(environment(context)).isEqualTo(Environment.PROD));
	}

	@Test
	void derivesTheEnvironmentFromTheDefaultProfilesIfNoneIsActive() {
		this.runner.withPropertyValues("spring.profiles.default=dev")
			.run((context) -> assertThat(environment(context)).isEqualTo(Environment.DEV));
		this.runner.withPropertyValues("spring.profiles.default=dev", "spring.profiles.active=uat")
			.run((context) -> assertThat(environment(context)).isEqualTo(Environment.STAGING));
	}

	@Test
	void mapsProfilesToEnvironments() {
		this.runner
			.withPropertyValues("samara.environments.prod=eu,us", "samara.environments.qa=acceptance",
					"spring.profiles.active=us")
			.run((context) -> assertThat(environment(context)).isEqualTo(Environment.PROD));
		this.runner.withPropertyValues("samara.environments.qa[0]=acceptance", "spring.profiles.active=acceptance")
			.run((context) -> assertThat(environment(context)).isEqualTo(Environment.of("qa")));
	}

	@Test
	void takesTheConfiguredEnvironment() {
		this.runner.withPropertyValues("samara.environment=prod", "spring.profiles.active=eu")
			.run((context) -> assertThat(environment(context)).isEqualTo(Environment.PROD));
	}

	@Test
	void refusesSeveralEnvironmentsAndSaysWhatToDo() {
		this.runner.withPropertyValues("spring.profiles.active=dev,prod").run((context) -> {
			assertThat(context).getFailure().rootCause().isInstanceOf(EnvironmentConflictException.class);
			assertThat(new SamaraFailureAnalyzer().analyze(context.getStartupFailure())).satisfies((analysis) -> {
				assertThat(analysis.getDescription()).contains("dev (profile dev), prod (profile prod)");
				assertThat(analysis.getAction()).contains("samara.environments.<environment>=<profile>");
			});
		});
	}

	@Test
	void knowsNameAndVersionOfTheApplication() {
		Properties build = new Properties();
		build.setProperty("version", "2.1");
		this.runner.withPropertyValues("spring.application.name=billing", "spring.application.version=1.0")
			.run((context) -> assertThat(application(context)).isEqualTo(new Application("billing", "1.0")));
		this.runner.withPropertyValues("spring.application.name=billing", "spring.application.version=1.0")
			.withBean(BuildProperties.class, () -> new BuildProperties(build))
			.run((context) -> assertThat(application(context)).isEqualTo(new Application("billing", "2.1")));
	}

	@Test
	void doesNothingWhenDisabled() {
		this.runner.withPropertyValues("samara.enabled=false", "spring.profiles.active=dev,prod")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RunningApplication.class));
	}

	private static Environment environment(ApplicationContext context) {
		return context.getBean(RunningApplication.class).environment();
	}

	private static Application application(ApplicationContext context) {
		return context.getBean(RunningApplication.class).application();
	}

}
