package dev.samara.autoconfigure.migration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

import dev.samara.migration.MigrationTarget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class ConfiguredTargetTests {

	@ParameterizedTest
	@ValueSource(strings = { "latest", "+1", "+12", "12", "1.10", "20260115103000" })
	void readsTargets(String text) {
		assertThat(ConfiguredTarget.parse(text)).hasToString(text);
	}

	@Test
	void readsNextAsOneStep() {
		assertThat(ConfiguredTarget.parse("next")).isEqualTo(new MigrationTarget.Steps(1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "newest", "-1", "+", "+0", "1.x", "V1" })
	void refusesWhatIsNoTarget(String text) {
		assertThatExceptionOfType(InvalidTargetException.class).isThrownBy(() -> ConfiguredTarget.parse(text))
			.withMessage("samara.migrations.target is \"" + text + "\", which is no target");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "0.0", "000" })
	void refusesToTakeBackEverything(String text) {
		assertThatExceptionOfType(InvalidTargetException.class).isThrownBy(() -> ConfiguredTarget.parse(text))
			.withMessageContaining("no application takes back everything when it starts");
	}

	@ParameterizedTest
	@ValueSource(strings = { "+1", "1.10", "12" })
	void refusesANumberWithoutQuotesAsYamlMayHaveMadeAnotherOfIt(String number) throws IOException {
		StandardEnvironment environment = yaml(number);

		assertThatExceptionOfType(InvalidTargetException.class)
			.isThrownBy(() -> ConfiguredTarget.requireText(environment))
			.withMessageMatching("samara\\.migrations\\.target is [0-9.]+, a number without quotes, at .* - 1:27\\. .*")
			.satisfies((ex) -> assertThat(ex.getRemedy()).startsWith("Write what is meant in quotes"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"+1\"", "'1.10'", "latest", "1.2.3", "${nowhere:+1}" })
	void takesAnythingElseFromYaml(String text) throws IOException {
		StandardEnvironment environment = yaml(text);

		assertThatNoException().isThrownBy(() -> ConfiguredTarget.requireText(environment));
	}

	@Test
	void looksAtTheSourceThatWinsOnly() throws IOException {
		StandardEnvironment environment = yaml("12");
		environment.getPropertySources()
			.addFirst(new MapPropertySource("arguments", Map.of("samara.migrations.target", "+1")));

		assertThatNoException().isThrownBy(() -> ConfiguredTarget.requireText(environment));
	}

	private static StandardEnvironment yaml(String value) throws IOException {
		String document = "samara.migrations.target: " + value;
		StandardEnvironment environment = new StandardEnvironment();
		new YamlPropertySourceLoader()
			.load("application.yml", new ByteArrayResource(document.getBytes(StandardCharsets.UTF_8)))
			.forEach(environment.getPropertySources()::addLast);
		return environment;
	}

}
