package dev.samara.autoconfigure.seed;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import dev.samara.autoconfigure.RunningApplication;
import dev.samara.autoconfigure.migration.MigrationProperties;
import dev.samara.environment.Application;
import dev.samara.seed.SeedLevel;
import dev.samara.seed.SeedSettings;
import dev.samara.seed.check.CheckSettings;

import static org.assertj.core.api.Assertions.assertThat;

class SeedPropertiesTests {

	@Test
	void haveTheDefaultsOfTheEngine() {
		MigrationProperties migrations = binder(Map.of()).bindOrCreate("samara.migrations", MigrationProperties.class);

		assertThat(bind(Map.of()).settings(migrations, new RunningApplication(null, Application.UNKNOWN, null)))
			.isEqualTo(SeedSettings.builder().build());
		assertThat(bind(Map.of()).enabled()).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void knowTheLevels(SeedLevel level) {
		assertThat(bind(Map.of("samara.seeds.level", level.name().toLowerCase(Locale.ROOT))).level()).isEqualTo(level);
	}

	@Test
	void knowTheChecks() {
		CheckSettings checks = bind(Map.of("samara.seeds.checks.on-failure", "warn", "samara.seeds.checks.timeout",
				"5s", "samara.seeds.checks.queries.no-tag", "SELECT 1", "samara.seeds.checks.rows",
				"species >= 2, plant = 1", "samara.seeds.checks.foreign-keys", "true"))
			.checks()
			.settings();

		assertThat(checks).isEqualTo(new CheckSettings(CheckSettings.OnFailure.WARN, Duration.ofSeconds(5),
				Map.of("no-tag", "SELECT 1"), List.of("species >= 2", "plant = 1"), true));
	}

	private static SeedProperties bind(Map<String, String> values) {
		return binder(values).bindOrCreate("samara.seeds", SeedProperties.class);
	}

	private static Binder binder(Map<String, String> values) {
		return new Binder(new MapConfigurationPropertySource(values));
	}

}
