package dev.samara.seed;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.environment.Environment;
import dev.samara.environment.EnvironmentMismatchException;
import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * An environment's seeds are cleared only where nothing says production, and only for
 * those who name the database. Also: which seeds a run is for.
 */
@PostgresTest
class SeedClearIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts files;

	SeedClearIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.database.execute("CREATE TABLE plant (name text PRIMARY KEY)");
		this.files = Scripts.in(folder);
		for (String environment : List.of("common", "dev", "prod")) {
			this.files.add(environment + "/001_plant.csv", "name\n" + environment + "\n");
		}
	}

	@Test
	void clearsTheEnvironmentsOwnSeedsWhenConfirmed() {
		this.files.add("dev/002_b.sql", "-- samara: depends-on=001_plant\nINSERT INTO plant VALUES ('b')")
			.add("dev/002_b.down.sql", "DELETE FROM plant WHERE name = 'b'");
		runner(Environment.DEV).run();

		assertThat(clearing(Environment.DEV, "dev")).containsExactly("not-confirmed");
		assertThat(plants()).containsExactly("b", "common", "dev");
		SeedRollbackReport report = runner(Environment.DEV).clear(this.database.name());

		assertThat(report.rolledBack()).extracting(SeedRollbackResult::name)
			.containsExactly("dev/002_b.sql", "dev/001_plant.csv");
		assertThat(plants()).containsExactly("common");
		assertThat(runner(Environment.DEV).clear(this.database.name()).runId()).isNull();
	}

	@Test
	void neverClearsProduction() {
		runner(Environment.PROD).run();

		assertThat(clearing(Environment.PROD, this.database.name())).containsExactly("clear-in-production");
		assertThat(clearing(null, this.database.name())).containsExactly("clear-in-production");
		assertThatExceptionOfType(EnvironmentMismatchException.class)
			.isThrownBy(() -> runner(Environment.DEV).clear(this.database.name()));
		this.database.execute("UPDATE samara_environment SET environment = 'dev'");
		assertThat(clearing(Environment.DEV, this.database.name())).containsExactly("clear-in-production");
		assertThat(plants()).containsExactly("common", "prod");
	}

	@Test
	void neverClearsWhatDoesNotSayWhatItIs() {
		runner(Environment.DEV).run();
		this.database.execute("DROP TABLE samara_environment");

		assertThat(clearing(Environment.DEV, this.database.name())).containsExactly("clear-without-environment");
		assertThat(clearing(null, this.database.name())).containsExactly("clear-without-environment");
	}

	@Test
	void deletesNothingOfOthersInProduction() {
		runner(Environment.PROD).run();

		assertThat(catchThrowableOfType(SeedValidationException.class,
				() -> runner(Environment.PROD).rollback(SeedRollback.of("prod/001_plant").cascade())))
			.hasMessageContaining("cascade-in-production");
		assertThat(runner(Environment.PROD).rollback(SeedRollback.of("prod/001_plant")).rolledBack()).hasSize(1);
	}

	@Test
	void runsWhatIsNamedWithWhatItNeeds() {
		this.files.add("dev/002_b.sql", "-- samara: depends-on=003_c\nINSERT INTO plant VALUES ('b')")
			.add("dev/003_c.sql", "INSERT INTO plant VALUES ('c')");

		assertThat(names(runner(Environment.DEV).run(SeedSelection.of("dev/002_b")))).containsExactly("dev/003_c.sql",
				"dev/002_b.sql");
		assertThat(runner(Environment.DEV).run(SeedSelection.of("dev/002_b")).applied()).isEmpty();
		assertThat(names(runner(Environment.DEV).run())).containsExactly("common/001_plant.csv", "dev/001_plant.csv");
	}

	@Test
	void runsAgainWhatIsNamedWhenAsked() {
		runner(Environment.DEV).run();
		this.database.execute("DELETE FROM plant");

		assertThat(names(runner(Environment.DEV).run(SeedSelection.of("dev/001_plant").again())))
			.containsExactly("dev/001_plant.csv");
		assertThat(runner(Environment.DEV).run(SeedSelection.EVERYTHING_AGAIN).applied()).hasSize(2);
		assertThat(plants()).containsExactly("common", "dev");
	}

	@Test
	void refusesToRunWhatIsNotForHere() {
		assertThat(runner(Environment.DEV).plan(SeedSelection.of("prod/001_plant", "dev/1_plant")).errors())
			.extracting(Finding::code)
			.containsExactly("not-for-environment", "unknown-seed");
		runner(Environment.PROD).run();
		for (SeedSelection selection : List.of(SeedSelection.of("dev/001_plant"),
				SeedSelection.of("dev/001_plant").again())) {
			assertThatExceptionOfType(SeedValidationException.class)
				.isThrownBy(() -> runner(Environment.PROD).run(selection));
		}
		runner(Environment.PROD).run(SeedSelection.EVERYTHING_AGAIN);
		assertThat(plants()).containsExactly("common", "prod");
	}

	private List<String> clearing(@Nullable Environment environment, String confirmation) {
		return catchThrowableOfType(SeedValidationException.class, () -> runner(environment).clear(confirmation))
			.getFindings()
			.stream()
			.map(Finding::code)
			.toList();
	}

	private static List<String> names(SeedReport report) {
		return report.applied().stream().map((result) -> result.seed().name()).toList();
	}

	private List<String> plants() {
		return this.database.values(String.class, "SELECT name FROM plant ORDER BY 1");
	}

	private SeedRunner runner(@Nullable Environment environment) {
		return SeedRunner.builder(this.database.dataSource())
			.settings(SeedSettings.builder().locations(this.files.location()).environment(environment).build())
			.build();
	}

}
