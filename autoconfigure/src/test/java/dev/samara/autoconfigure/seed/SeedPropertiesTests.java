package dev.samara.autoconfigure.seed;

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

import static org.assertj.core.api.Assertions.assertThat;

class SeedPropertiesTests {

	@Test
	void haveTheDefaultsOfTheEngine() {
		MigrationProperties migrations = binder(Map.of()).bindOrCreate("samara.migrations", MigrationProperties.class);

		assertThat(bind(Map.of()).settings(migrations, new RunningApplication(null, Application.UNKNOWN)))
			.isEqualTo(SeedSettings.builder().build());
		assertThat(bind(Map.of()).enabled()).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void knowTheLevels(SeedLevel level) {
		assertThat(bind(Map.of("samara.seeds.level", level.name().toLowerCase(Locale.ROOT))).level()).isEqualTo(level);
	}

	private static SeedProperties bind(Map<String, String> values) {
		return binder(values).bindOrCreate("samara.seeds", SeedProperties.class);
	}

	private static Binder binder(Map<String, String> values) {
		return new Binder(new MapConfigurationPropertySource(values));
	}

}
