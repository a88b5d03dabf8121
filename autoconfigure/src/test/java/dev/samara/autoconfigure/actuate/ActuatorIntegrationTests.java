package dev.samara.autoconfigure.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.json.JsonContent;

import dev.samara.autoconfigure.TestApplication;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Endpoints and health as the web shows them.
 */
@PostgresTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActuatorIntegrationTests {

	private final HttpClient http = HttpClient.newHttpClient();

	private ConfigurableApplicationContext application;

	@BeforeAll
	void startTheApplication(TestDatabase database, @TempDir Path folder) {
		Scripts scripts = Scripts.in(folder)
			.add("migration/V1__plant.sql", "CREATE TABLE plant (name text);")
			.add("migration/V1__plant.down.sql", "DROP TABLE plant;")
			.add("migration/V2__s3cret.sql", "INSERT INTO plant VALUES ('s3cret');")
			.add("migration/R__plant_names.sql", "CREATE OR REPLACE VIEW plant_names AS SELECT name FROM plant;")
			.add("seed/common/001_plants.sql", "INSERT INTO plant VALUES ('acer s3cret');")
			.add("seed/prod/001_plants.sql", "INSERT INTO plant VALUES ('prod s3cret');");
		this.application = TestApplication.start(WebApplicationType.SERVLET,
				TestApplication.properties(database, scripts, "spring.profiles.active=dev",
						"management.endpoints.web.exposure.include=health,migrations,seeds,configprops",
						"management.endpoint.health.show-details=always",
						"samara.migrations.user=" + database.username(),
						"samara.migrations.password=" + database.password()));
	}

	@AfterAll
	void stopTheApplication() {
		this.application.close();
	}

	@Test
	void showsMigrations() throws Exception {
		JsonContent json = json("/actuator/migrations");

		assertThat(json).extractingPath("$.migrations.samaraMigrator")
			.asMap()
			.containsEntry("environment", "dev")
			.containsEntry("databaseEnvironment", "dev")
			.containsEntry("table", "samara_migrations")
			.containsEntry("current", "2")
			.containsEntry("pending", 0)
			.containsEntry("failed", 0)
			.doesNotContainKeys("schema", "error");
		assertThat(json).extractingPath("$.migrations.samaraMigrator.states").asMap().containsEntry("APPLIED", 3);
		assertThat(json).extractingPath("$.migrations.samaraMigrator.migrations[0]")
			.asMap()
			.containsEntry("version", "1")
			.containsEntry("kind", "VERSIONED")
			.containsEntry("description", "plant")
			.containsEntry("state", "APPLIED")
			.containsEntry("hasDown", true)
			.containsKeys("script", "checksum", "installedBy", "installedOn", "durationMs")
			.doesNotContainKey("error");
		assertThat(json).extractingPath("$.migrations.samaraMigrator.migrations[2]")
			.asMap()
			.containsEntry("kind", "REPEATABLE")
			.containsEntry("description", "plant names")
			.doesNotContainKey("version");
	}

	@Test
	void showsOneMigration() throws Exception {
		assertThat(json("/actuator/migrations/1")).extractingPath("$.migrations.samaraMigrator")
			.asMap()
			.containsEntry("statements", 1)
			.containsKeys("migration", "fileChecksum", "lastAttempt");
		assertThat(json("/actuator/migrations/001")).extractingPath("$.migrations.samaraMigrator.migration.version")
			.isEqualTo("1");
		assertThat(json("/actuator/migrations/R:plant%20names"))
			.extractingPath("$.migrations.samaraMigrator.migration.kind")
			.isEqualTo("REPEATABLE");
	}

	@Test
	void knowsNoOtherMigration() throws Exception {
		assertThat(get("/actuator/migrations/3").statusCode()).isEqualTo(404);
		assertThat(get("/actuator/migrations/plant").statusCode()).isEqualTo(404);
	}

	@Test
	void showsSeeds() throws Exception {
		JsonContent json = json("/actuator/seeds");

		assertThat(json).extractingPath("$.seeds.samaraSeedRunner")
			.asMap()
			.containsEntry("environment", "dev")
			.containsEntry("table", "samara_seeds")
			.containsEntry("level", "ALL")
			.containsEntry("pending", 0);
		assertThat(json).extractingPath("$.seeds.samaraSeedRunner.seeds[0]")
			.asMap()
			.containsEntry("name", "common/001_plants.sql")
			.containsEntry("folder", "common")
			.containsEntry("level", "MINIMAL")
			.containsEntry("state", "APPLIED")
			.containsKeys("checksum", "executedBy", "executedOn", "durationMs");
		assertThat(json).extractingPath("$.seeds.samaraSeedRunner.seeds[1].state").isEqualTo("NOT_FOR_ENVIRONMENT");
	}

	@Test
	void showsHealth() throws Exception {
		JsonContent json = json("/actuator/health/migrations");

		assertThat(json).extractingPath("$.status").isEqualTo("UP");
		assertThat(json).extractingPath("$.details")
			.asMap()
			.containsEntry("environment", "dev")
			.containsEntry("databaseEnvironment", "dev")
			.containsEntry("current", "2")
			.containsEntry("applied", 3)
			.containsEntry("pending", 0);
	}

	@Test
	void showsNeitherSqlNorValuesNorCredentials() throws Exception {
		String password = this.application.getEnvironment().getProperty("samara.migrations.password");
		for (String path : new String[] { "/actuator/migrations", "/actuator/migrations/2", "/actuator/seeds",
				"/actuator/health", "/actuator/configprops" }) {
			assertThat(get(path).body()).doesNotContain("INSERT", "CREATE", "acer", "'s3cret'", "\"" + password + "\"",
					"jdbc:postgresql:");
		}
	}

	@Test
	void letsNobodyWrite() throws Exception {
		for (String method : new String[] { "POST", "PUT", "DELETE" }) {
			HttpRequest request = HttpRequest.newBuilder(uri("/actuator/migrations"))
				.method(method, HttpRequest.BodyPublishers.noBody())
				.build();
			assertThat(this.http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
		}
	}

	private JsonContent json(String path) throws IOException, InterruptedException {
		HttpResponse<String> response = get(path);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return new JsonContent(response.body());
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
	}

	private URI uri(String path) {
		return URI
			.create("http://localhost:" + this.application.getEnvironment().getProperty("local.server.port") + path);
	}

}
