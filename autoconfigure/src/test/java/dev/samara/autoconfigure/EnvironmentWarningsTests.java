package dev.samara.autoconfigure;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.samara.environment.Environment;

import static org.assertj.core.api.Assertions.assertThat;

class EnvironmentWarningsTests {

	@Test
	void warnThatNoEnvironmentIsKnownAlsoWithoutAnActiveProfile() {
		assertThat(EnvironmentWarnings.of(null, null, Map.of(), List.of("default"))).singleElement()
			.asString()
			.contains("The environment of this application is unknown", "Set samara.environment=prod",
					"samara.environments.prod=<profile>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "prd", "prod-eu", "production2", "live-eu", "prod_blue" })
	void warnOfProfilesThatLookLikeProductionBesideAnotherEnvironment(String profile) {
		assertThat(EnvironmentWarnings.of(Environment.DEV, null, Map.of(), List.of("dev", profile))).singleElement()
			.asString()
			.contains("Profile " + profile + " looks like production", "samara.environments.prod=" + profile);
	}

	@ParameterizedTest
	@ValueSource(strings = { "prd", "prod-eu", "prod,eu", "production2", "eu-prod" })
	void warnOfAPropertyThatLooksLikeProduction(String environment) {
		assertThat(EnvironmentWarnings.of(Environment.of(environment), environment, Map.of(), List.of("default")))
			.singleElement()
			.asString()
			.contains("samara.environment=" + environment + " looks like production");
	}

	@Test
	void doNotWarnOfMappedProfilesAndInProduction() {
		assertThat(EnvironmentWarnings.of(new Environment("qa"), null, Map.of("qa", List.of("Prod-Copy")),
				List.of("prod-copy")))
			.isEmpty();
		assertThat(EnvironmentWarnings.of(Environment.PROD, null, Map.of(), List.of("prod", "prod-eu"))).isEmpty();
	}

}
