package dev.samara.autoconfigure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.samara.migration.MigrationValidationException;
import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@PostgresTest
@ExtendWith(OutputCaptureExtension.class)
class PlaceholderStartupIntegrationTests {

	private TestDatabase database;

	private Scripts scripts;

	@BeforeEach
	void startWithAnEmptyDatabase(TestDatabase shared, @TempDir Path folder) {
		this.database = shared.newDatabase();
		this.scripts = Scripts.in(folder)
			.add("migration/V1__plant.sql",
					"CREATE TABLE plant AS SELECT '${app_owner} ${samara.environment}' AS name;")
			.add("seed/common/001_plants.sql", "INSERT INTO plant VALUES ('${appOwner} ${colour}');")
			.add("config/application.yml", """
					samara:
					  migrations:
					    replace-placeholders: true
					    placeholders: { app-owner: nobody, colour: green }
					  seeds:
					    replace-placeholders: true
					    placeholders: { colour: red }
					""")
			.add("config/application-dev.yml", "samara.migrations.placeholders.app-owner: ada-of-dev");
	}

	@Test
	void bindsValuesThatDependOnTheProfile(CapturedOutput output) {
		start("spring.profiles.active=dev", "debug=true");

		assertThat(plants()).containsExactlyInAnyOrder("ada-of-dev dev", "ada-of-dev red");
		assertThat(output).doesNotContain("ada-of-dev");
	}

	@Test
	void isOffUnlessSwitchedOn() {
		String[] off = { "samara.migrations.replace-placeholders=false", "samara.seeds.replace-placeholders=false" };

		assertThatThrownBy(() -> start(off)).rootCause()
			.isInstanceOfSatisfying(MigrationValidationException.class,
					(ex) -> assertThat(ex.getFindings()).extracting(Finding::code)
						.containsOnly("unreplaced-placeholder"));
		this.scripts
			.add("migration/V1__plant.sql",
					"-- samara: placeholders=off\nCREATE TABLE plant AS SELECT '${app_owner}'::text AS name;")
			.add("seed/common/001_plants.sql", "-- samara: placeholders=off\nINSERT INTO plant VALUES ('${colour}');");
		start(off);
		assertThat(plants()).containsExactly("${app_owner}", "${colour}");
	}

	@Test
	void knowsOtherSigns() {
		this.scripts.add("migration/V1__plant.sql", "CREATE TABLE plant AS SELECT '[[colour]] ${x}'::text AS name;");
		start("samara.migrations.placeholder-prefix=[[", "samara.migrations.placeholder-suffix=]]",
				"samara.seeds.enabled=false");

		assertThat(plants()).containsExactly("green ${x}");
	}

	@Test
	void namesTheKeyOfAMissingValue() {
		this.scripts.add("migration/V1__plant.sql", "SELECT '${color}'");

		assertThatThrownBy(this::start).rootCause()
			.isInstanceOfSatisfying(MigrationValidationException.class, (ex) -> assertThat(ex.getRemedy())
				.startsWith("Did you mean \"colour\"? Set samara.migrations.placeholders.color"));
	}

	private List<String> plants() {
		return this.database.values(String.class, "SELECT name FROM plant");
	}

	private void start(String... more) {
		List<String> properties = new ArrayList<>(TestApplication.properties(this.database, this.scripts, more));
		properties.add("spring.config.additional-location=" + this.scripts.location() + "/config/");
		TestApplication.start(WebApplicationType.NONE, properties).close();
	}

}
