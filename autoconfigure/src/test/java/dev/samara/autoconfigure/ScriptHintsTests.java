package dev.samara.autoconfigure;

import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class ScriptHintsTests {

	@Test
	void bringTheDefaultLocations() {
		RuntimeHints hints = hints(new MockEnvironment());

		assertThat(RuntimeHintsPredicates.resource().forResource("db/migration/V1__a.sql")).accepts(hints);
		assertThat(RuntimeHintsPredicates.resource().forResource("db/migration/2026/V2__b.sql")).accepts(hints);
		assertThat(RuntimeHintsPredicates.resource().forResource("db/seed/common/001_a.sql")).accepts(hints);
	}

	@Test
	void bringTheConfiguredLocations() {
		RuntimeHints hints = hints(
				new MockEnvironment().withProperty("samara.migrations.locations", "classpath:/sql/,file:/ops/db")
					.withProperty("samara.seeds.locations[0]", "data"));

		assertThat(RuntimeHintsPredicates.resource().forResource("sql/V1__a.sql")).accepts(hints);
		assertThat(RuntimeHintsPredicates.resource().forResource("data/common/001_a.sql")).accepts(hints);
		assertThat(RuntimeHintsPredicates.resource().forResource("db/migration/V1__a.sql")).rejects(hints);
		assertThat(RuntimeHintsPredicates.resource().forResource("ops/db/V1__a.sql")).rejects(hints);
	}

	@Test
	void areForApplicationsThatUseSamara() {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SamaraAutoConfiguration.class));

		runner.run((context) -> assertThat(new ScriptHints().processAheadOfTime(context.getBeanFactory())).isNotNull());
		runner.withPropertyValues("samara.enabled=false")
			.run((context) -> assertThat(new ScriptHints().processAheadOfTime(context.getBeanFactory())).isNull());
	}

	@Test
	void areKnownToSpring() {
		assertThat(SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(BeanFactoryInitializationAotProcessor.class)).hasAtLeastOneElementOfType(ScriptHints.class);
	}

	private static RuntimeHints hints(MockEnvironment environment) {
		RuntimeHints hints = new RuntimeHints();
		ScriptHints.register(environment, hints);
		return hints;
	}

}
