package dev.samara.environment;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProductionNamesTests {

	@ParameterizedTest
	@ValueSource(strings = { "prd", "PRD", "prod-eu", "prod,eu", "production2", "live-eu", "prod_blue", "eu-prod",
			"prodd", "porduction", "prodution", "eu.production", "prod eu", "prdeu", "prod1", "liveeu-live",
			"produktion" })
	void looksLikeProduction(String name) {
		assertThat(ProductionNames.resembles(name)).isTrue();
		assertThat(Environment.of(name).isProduction()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "prod", "live", "production", "dev", "staging", "preprod", "pre-prod", "non-prod", "nonprod",
					"product", "metrics", "eu-west", "qa", "delivery", "cloud", "test", "e2e", "perf", "kubernetes" })
	void doesNotLookLikeProductionOrIsIt(String name) {
		assertThat(ProductionNames.resembles(name)).isFalse();
	}

}
