package dev.samara.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TranslatedSettingsTests {

	@Test
	void translatesSettingsOfFlyway() {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("flyway.locations", "classpath:db/migration,filesystem:/ops/sql");
		settings.put("flyway.default-schema", "shop");
		settings.put("flyway.out-of-order", "true");
		settings.put("flyway.target", "1.10");
		settings.put("flyway.user", "migrator");
		settings.put("flyway.password", "s3cret");
		settings.put("flyway.url", "jdbc:postgresql://db/shop?password=s3cret");
		settings.put("flyway.placeholders.admin", "s3cret");
		settings.put("flyway.baselineonmigrate", "true");
		settings.put("flyway.jdbc-properties.x", "s3cret");

		assertThat(TranslatedSettings.of(settings)).isEqualTo(
				"""
						samara:
						  migrations:
						    locations: classpath:db/migration,file:/ops/sql
						    schema: shop
						    out-of-order: allow
						    target: "1.10"
						    user: <value of spring.flyway.user>
						    password: <value of spring.flyway.password>
						    url: <value of spring.flyway.url>
						    replace-placeholders: true
						    placeholders:
						      admin: <value of spring.flyway.placeholders.admin>
						# spring.flyway.baselineonmigrate: Samara refuses a schema that is not empty; see samara.migrations.on-non-empty
						# spring.flyway.jdbc-properties.x: no counterpart""");
	}

	@Test
	void translatesSettingsOfLiquibase() {
		assertThat(TranslatedSettings.of(new LinkedHashMap<>(Map.of("liquibase.contexts", "test")))).isEqualTo(
				"# spring.liquibase.contexts: write -- samara: environments=… into the files that are not for all");
	}

}
