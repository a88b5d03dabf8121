package dev.samara.seed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.samara.environment.Environment;

import static org.assertj.core.api.Assertions.assertThat;

class SeedLevelTests {

	@ParameterizedTest
	@CsvSource({ "ALL, true, true, true", "ESSENTIAL, false, true, true", "MINIMAL, false, false, true",
			"NONE, false, false, false" })
	void includesTheMoreImportantOnes(SeedLevel run, boolean all, boolean essential, boolean minimal) {
		assertThat(run.includes(SeedLevel.ALL)).isEqualTo(all);
		assertThat(run.includes(SeedLevel.ESSENTIAL)).isEqualTo(essential);
		assertThat(run.includes(SeedLevel.MINIMAL)).isEqualTo(minimal);
		assertThat(run.includes(SeedLevel.NONE)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "dev, ALL", "local, ALL", "staging, ESSENTIAL", "uat, ESSENTIAL", "prod, MINIMAL", "live, MINIMAL",
			"demo, ALL" })
	void ofARunFollowsItsEnvironment(String environment, SeedLevel level) {
		assertThat(SeedLevel.ofRun(Environment.of(environment))).isEqualTo(level);
	}

	@Test
	void ofARunWithoutEnvironmentIsAll() {
		assertThat(SeedLevel.ofRun(null)).isEqualTo(SeedLevel.ALL);
	}

	@Test
	void ofASeedMakesItRunWhereverItsFolderIsRead() {
		assertThat(SeedLevel.ofSeed(null)).isEqualTo(SeedLevel.MINIMAL);
		for (String name : new String[] { "dev", "staging", "prod", "demo" }) {
			Environment environment = Environment.of(name);
			assertThat(SeedLevel.ofRun(environment).includes(SeedLevel.ofSeed(environment))).isTrue();
			assertThat(SeedLevel.ofRun(environment).includes(SeedLevel.ofSeed(null))).isTrue();
		}
	}

}
