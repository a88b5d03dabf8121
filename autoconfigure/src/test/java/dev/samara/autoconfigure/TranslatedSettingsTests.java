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
						    locations: classpath:db/migration, file:/ops/sql
						    schema: shop
						    out-of-order: allow
						    target: "1.10"
						    user: <value of spring.flyway.user>
						    password: <value of spring.flyway.password>
						    url: <value of spring.flyway.url>
						    replace-placeholders: true
						    placeholders:
						      admin: <value of spring.flyway.placeholders.admin>
						# spring.flyway.baseline-on-migrate: Samara refuses a schema that is not empty; see samara.migrations.on-non-empty
						# spring.flyway.jdbc-properties.x: no counterpart""");
	}

	@Test
	void translatesSettingsOfLiquibase() {
		assertThat(TranslatedSettings.of(new LinkedHashMap<>(Map.of("liquibase.contexts", "test")))).isEqualTo(
				"# spring.liquibase.contexts: write -- samara: environments=… into the files that are not for all");
	}

	@Test
	void translatesEverySpellingOfAKey() {
		for (String key : new String[] { "flyway.default-schema", "flyway.default.schema", "flyway.defaultschema" }) {
			assertThat(TranslatedSettings.of(Map.of(key, "shop"))).endsWith("    schema: shop");
		}
		assertThat(TranslatedSettings.of(Map.of("flyway.baseline.on.migrate", "true")))
			.startsWith("# spring.flyway.baseline-on-migrate: Samara refuses");
	}

	@Test
	void writesEachKeyOnceAndSaysWhatIsLeftOut() {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("flyway.default-schema", "shop");
		settings.put("flyway.locations", "classpath:db/{vendor}, s3:bucket/sql, filesystem:/sql");
		settings.put("flyway.schemas", "other,shop");
		settings.put("flyway.target", "current");

		assertThat(TranslatedSettings.of(settings)).isEqualTo("""
				samara:
				  migrations:
				    schema: shop
				    locations: classpath:db/postgresql, file:/sql
				# spring.flyway.locations: Samara does not read s3:bucket/sql
				# spring.flyway.schemas: Samara migrates one schema; name the others in the files
				# spring.flyway.target: no counterpart""");
	}

	@Test
	void keepsVariablesButNoValueThatMayBeSecret() {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("flyway.password", "${DB_PASSWORD}");
		settings.put("flyway.user", "${DB_USER:s3cret}");
		settings.put("flyway.placeholders[api.Key]", "s3cret");

		assertThat(TranslatedSettings.of(settings)).isEqualTo("""
				samara:
				  migrations:
				    password: ${DB_PASSWORD}
				    user: <value of spring.flyway.user>
				    replace-placeholders: true
				    placeholders:
				      "[api.Key]": <value of spring.flyway.placeholders[api.Key]>""");
	}

}
