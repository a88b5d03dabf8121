package dev.samara.autoconfigure;

import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

@PostgresTest
@ExtendWith(OutputCaptureExtension.class)
class StartupIntegrationTests {

	private TestDatabase database;

	private Scripts scripts;

	@BeforeEach
	void startWithAnEmptyDatabase(TestDatabase shared, @TempDir Path folder) {
		this.database = shared.newDatabase();
		this.scripts = Scripts.in(folder)
			.add("migration/V1__plant.sql", "CREATE TABLE plant (name text);")
			.add("seed/common/001_plants.sql", "INSERT INTO plant VALUES ('acer');");
	}

	@Test
	void migratesAndSeedsAlsoIfBeansAreLazy() {
		start("spring.main.lazy-initialization=true").close();

		assertThat(this.database.values(String.class, "SELECT name FROM plant")).containsExactly("acer");
	}

	@Test
	void tellsWhatItDidAndNothingOfTheRows(CapturedOutput output) {
		start("debug=true").close();

		assertThat(output).contains("Applied 1 (plant)", "common/001_plants.sql").doesNotContain("acer");
	}

	@Test
	void leavesWhatIsThereAlone() {
		start().close();
		start().close();

		assertThat(this.database.value(Integer.class, "SELECT count(*) FROM samara_migrations")).isOne();
		assertThat(this.database.value(Integer.class, "SELECT count(*) FROM plant")).isOne();
	}

	@Test
	void canBeSwitchedOff() {
		start("samara.enabled=false").close();

		assertThat(this.database.value(Boolean.class, "SELECT to_regclass('samara_migrations') IS NULL")).isTrue();
	}

	private ConfigurableApplicationContext start(String... more) {
		return TestApplication.start(WebApplicationType.NONE,
				TestApplication.properties(this.database, this.scripts, more));
	}

}
