package dev.samara.autoconfigure;

import java.nio.file.Path;
import java.sql.SQLException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.samara.migration.MigrationListener;
import dev.samara.migration.MigrationPlan;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What the console says of a configuration that cannot be.
 */
@PostgresTest
@ExtendWith(OutputCaptureExtension.class)
class InvalidConfigurationIntegrationTests {

	private static final String[] TITLES = { "APPLICATION FAILED TO START", "Description:", "Action:" };

	private TestDatabase database;

	private Scripts scripts;

	@BeforeEach
	void startWithAnEmptyDatabase(TestDatabase shared, @TempDir Path folder) {
		this.database = shared.newDatabase();
		this.scripts = Scripts.in(folder)
			.add("migration/V1__plant.sql", "CREATE TABLE plant ();")
			.add("seed/common/001_plant.sql", "SELECT 1;");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~',
			textBlock = """
					samara.migrations.locations=             | samara.migrations.locations: There must be a location
					samara.migrations.table=a.b              | samara.migrations.table: "a.b" is no name for the history table
					samara.migrations.retries=-1             | samara.migrations.retries: Timeouts and retries must not be negative
					samara.migrations.lock-wait=-1s          | samara.migrations.lock-wait: Timeouts and retries
					samara.migrations.placeholder-prefix=    | samara.migrations.placeholder-prefix: "" and "}" cannot stand
					samara.migrations.placeholder-prefix='   | samara.migrations.placeholder-prefix: "'" and "}" cannot stand
					samara.migrations.placeholder-suffix=:   | samara.migrations.placeholder-suffix: "${" and ":" cannot stand
					samara.migrations.placeholders.samara.a=s3cret | samara.migrations.placeholders[samara.a]: "samara.a" is no name
					samara.migrations.placeholders[my/key]=s3cret  | samara.migrations.placeholders[my/key]: "my/key" is no name
					samara.seeds.placeholders.samara.a=s3cret      | samara.seeds.placeholders[samara.a]: "samara.a" is no name
					samara.seeds.placeholders[my/key]=s3cret       | samara.seeds.placeholders[my/key]: "my/key" is no name
					""")
	void namesTheKeyThatIsWrong(String property, String message, CapturedOutput output) {
		startInVain(property);

		assertThat(output).contains(TITLES).contains(message).doesNotContain("s3cret", "\tat ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			samara.migrations.placeholders.my-role=s3cret-${NOPE_VAR} | samara.migrations.placeholders.my-role
			samara.migrations.schema=s3cret${NOPE_VAR}                | samara.migrations.schema
			samara.seeds.placeholders.colour=${NOPE_VAR}              | samara.seeds.placeholders.colour
			samara.environment=${NOPE_VAR}                            | samara.environment
			samara.migrations.placeholders.a=${spring.application.name:${NOPE_VAR}} | samara.migrations.placeholders.a
			""")
	void namesTheVariableThatIsNotSet(String property, String key, CapturedOutput output) {
		startInVain(property);

		assertThat(output).contains(TITLES)
			.contains(key + ": ${NOPE_VAR} has no value, at \"" + key + "\" from property source \"commandLineArgs\"",
					"Set NOPE_VAR, or give it a default: ${NOPE_VAR:…}.", "write \\${NOPE_VAR}.")
			.doesNotContain("s3cret", "\tat ");
		assertThat(this.database.value(Boolean.class, "SELECT to_regclass('plant') IS NULL")).isTrue();
	}

	@Test
	void takesWhatHasAValueOrIsMeantAsText() {
		this.scripts.add("migration/V1__plant.sql",
				"-- samara: placeholders=on\nCREATE TABLE plant AS SELECT '${a} ${b} ${c} ${d}'::text AS name;");

		start("samara.migrations.placeholders.a=${colour}", "colour=red",
				"samara.migrations.placeholders.b=${NOPE:blue}", "samara.migrations.placeholders.c=\\${NOPE}",
				"samara.migrations.placeholders.d=");

		assertThat(this.database.values(String.class, "SELECT name FROM plant")).containsExactly("red blue ${NOPE} ");
	}

	@ParameterizedTest
	@CsvSource({ "nobody is on call, java.lang.IllegalStateException: nobody is on call",
			"sql, java.lang.IllegalStateException" })
	void namesTheListenerThatHasStoppedTheRun(String reason, String told, CapturedOutput output) {
		assertThatException().isThrownBy(() -> TestApplication.start(WebApplicationType.NONE,
				TestApplication.properties(this.database, this.scripts, "reason=" + reason), Veto.class));

		assertThat(output).contains(TITLES)
			.contains("Listener " + Veto.class.getName() + " has stopped the run in beforeMigrate: " + told
					+ System.lineSeparator(), "Do what it asks for and start again");
	}

	private void start(String... more) {
		TestApplication.start(WebApplicationType.NONE, TestApplication.properties(this.database, this.scripts, more))
			.close();
	}

	private void startInVain(String... more) {
		assertThatException().isThrownBy(() -> start(more));
	}

	static final class Veto implements MigrationListener {

		private final String reason;

		Veto(@Value("${reason}") String reason) {
			this.reason = reason;
		}

		@Override
		public void beforeMigrate(MigrationPlan plan) {
			throw new IllegalStateException(this.reason, this.reason.equals("sql") ? new SQLException("s3cret") : null);
		}

	}

}
