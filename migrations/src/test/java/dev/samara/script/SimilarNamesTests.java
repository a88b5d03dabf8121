package dev.samara.script;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.samara.environment.Environment;

import static org.assertj.core.api.Assertions.assertThat;

class SimilarNamesTests {

	@ParameterizedTest
	@CsvSource({ "'', '', 0", "'', abc, 3", "abc, '', 3", "prod, prod, 0", "prdo, prod, 1", "devv, dev, 1",
			"stagin, staging, 1", "tset, test, 1", "ca, abc, 3", "abcd, badc, 2", "levle, level, 1" })
	void countsASwapOfNeighboursAsOneChange(String a, String b, int distance) {
		assertThat(SimilarNames.distance(a, b)).isEqualTo(distance);
		assertThat(SimilarNames.distance(b, a)).isEqualTo(distance);
	}

	@ParameterizedTest
	@CsvSource({ "prdo, prod", "porduction, production", "devv, dev", "prodd, prod", "stagin, staging", "prd, prod",
			"lvie, live", "prod2, prod" })
	void findsWhatMayBeASlipForAnEnvironment(String profile, String meant) {
		assertThat(SimilarNames.nearest(profile, Environment.knownNames())).isEqualTo(meant);
		assertThat(SimilarNames.areSimilar(profile, meant)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "qa", "prod-eu", "develop", "demo", "dev2", "uat1", "preview", "eu-west", "ci" })
	void leavesOtherNamesAlone(String profile) {
		assertThat(Environment.knownNames()).noneMatch((known) -> SimilarNames.areSimilar(profile, known));
	}

	@ParameterizedTest
	@CsvSource({ "levle, level", "colour, color", "lok-timeout, lock-timeout", "tabel, table", "mail, email" })
	void suggestsWhatIsNear(String name, String known) {
		assertThat(SimilarNames.near(name, List.of("irreversible", known))).contains(known);
	}

	@ParameterizedTest
	@CsvSource({ "allow, encoding", "table, encoding", "'', encoding", "'', a", "x, y", ":, encoding", "2, V1__a",
			"role, samara.file", "level, delimiter" })
	void suggestsNothingElse(String name, String known) {
		assertThat(SimilarNames.near(name, List.of(known))).isEmpty();
		assertThat(SimilarNames.near(name, List.of())).isEmpty();
	}

	@Test
	void hasNothingToSayOfAKnownName() {
		assertThat(SimilarNames.nearest("test", Environment.knownNames())).isEqualTo("test");
	}

}
