package dev.samara.environment;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EnvironmentResolverTests {

	private final EnvironmentResolver resolver = new EnvironmentResolver(Map.of());

	@ParameterizedTest
	@CsvSource({ "dev, dev", "development, dev", "local, dev", "test, dev", "staging, staging", "stage, staging",
			"uat, staging", "prod, prod", "Production, prod", "live, prod" })
	void knowsTheUsualProfiles(String profile, String environment) {
		assertThat(this.resolver.resolve(null, List.of("metrics", profile))).contains(new Environment(environment));
		assertThat(this.resolver.resolve(profile, List.of())).contains(new Environment(environment));
	}

	@Test
	void hasNoneWhenNothingTells() {
		assertThat(this.resolver.resolve(null, List.of("metrics"))).isEmpty();
		assertThat(this.resolver.resolve(" ", List.of())).isEmpty();
	}

	@Test
	void takesProfilesThatAreMapped() {
		EnvironmentResolver mapped = new EnvironmentResolver(
				Map.of("prod", List.of("eu-west"), "demo", List.of("Show"), "staging", List.of("test")));

		assertThat(mapped.resolve(null, List.of("eu-west"))).contains(Environment.PROD);
		assertThat(mapped.resolve(null, List.of("show"))).contains(new Environment("demo"));
		assertThat(mapped.resolve(null, List.of("test"))).contains(Environment.STAGING);
	}

	@Test
	void acceptsSeveralNamesOfOneEnvironment() {
		assertThat(this.resolver.resolve("production", List.of("prod", "live"))).contains(Environment.PROD);
	}

	@Test
	void doesNotLetAMappingMakeProductionHarmless() {
		EnvironmentResolver mapped = new EnvironmentResolver(Map.of("dev", List.of("prod")));

		assertThatExceptionOfType(EnvironmentConflictException.class)
			.isThrownBy(() -> mapped.resolve(null, List.of("prod")));
	}

	@Test
	void refusesAProfileThatIsMappedToSeveralEnvironments() {
		EnvironmentResolver mapped = new EnvironmentResolver(Map.of("dev", List.of("emea"), "prod", List.of("emea")));

		assertThatExceptionOfType(EnvironmentConflictException.class)
			.isThrownBy(() -> mapped.resolve(null, List.of("emea")))
			.withMessageContaining("prod (profile emea)");
	}

	@Test
	void refusesSeveralEnvironmentsAtOnce() {
		assertThatExceptionOfType(EnvironmentConflictException.class)
			.isThrownBy(() -> this.resolver.resolve(null, List.of("dev", "prod")))
			.withMessageContaining("dev (profile dev), prod (profile prod)");
		assertThatExceptionOfType(EnvironmentConflictException.class)
			.isThrownBy(() -> this.resolver.resolve("dev", List.of("production")))
			.withMessageContaining("dev (samara.environment=dev), prod (profile production)");
	}

}
