package dev.samara.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;

import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Locations that a profile adds, in the way of Spring Boot's configuration files.
 */
@PostgresTest
class ProfileLocationsIntegrationTests {

	@Test
	void areThoseOfTheActiveProfile(TestDatabase server, @TempDir Path folder) throws IOException {
		Scripts scripts = Scripts.in(folder)
			.add("migration/V1__plant.sql", "CREATE TABLE plant ()")
			.add("migration/V3__bed.sql", "CREATE TABLE bed ()")
			.add("eu/V2__plant_passport.sql", "CREATE TABLE plant_passport ()");
		Files.writeString(folder.resolve("application.yml"), """
				samara:
				  migrations:
				    locations: %1$s/migration
				---
				spring:
				  config:
				    activate:
				      on-profile: eu
				samara:
				  migrations:
				    locations:
				      - %1$s/migration
				      - %1$s/eu
				""".formatted(scripts.location()));

		assertThat(versions(server.newDatabase(), folder, "")).containsExactly("1", "3");
		assertThat(versions(server.newDatabase(), folder, "eu")).containsExactly("1", "2", "3");
	}

	private static List<String> versions(TestDatabase database, Path folder, String profile) {
		List<String> properties = new ArrayList<>(
				TestApplication.properties(database, Scripts.in(folder), "samara.seeds.enabled=false",
						"spring.profiles.active=" + profile, "spring.config.additional-location=file:" + folder + "/"));
		properties.removeIf((property) -> property.startsWith("samara.migrations.locations"));
		TestApplication.start(WebApplicationType.NONE, properties).close();
		return database.values(String.class, "SELECT version FROM samara_migrations ORDER BY id");
	}

}
