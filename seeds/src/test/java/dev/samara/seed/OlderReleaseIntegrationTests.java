package dev.samara.seed;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.environment.Application;
import dev.samara.environment.Environment;
import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;
import dev.samara.testing.WireTap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Two releases, or two services, on one database.
 */
@PostgresTest
class OlderReleaseIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Path folder;

	OlderReleaseIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.folder = folder;
		this.database.execute("CREATE TABLE currency (code text PRIMARY KEY, name text NOT NULL)");
	}

	@Test
	void anOldPodThatRestartsDoesNotRevertTheRowsOfTheNewRelease() {
		release("shop", "1.9", "euro").run();
		release("shop", "1.10", "Euro").run();

		try (WireTap tap = WireTap.on(this.database)) {
			SeedRunner old = SeedRunner.builder(tap.dataSource(this.database))
				.settings(settings("shop", "1.9", "euro"))
				.build();
			SeedReport report = old.run();

			assertThat(report.applied()).isEmpty();
			assertThat(report.warnings()).extracting(Finding::code).containsExactly("newer-seed");
			assertThat(tap.roundTrips()).isOne();
			assertThat(names()).containsExactly("Euro");
			assertThat(old.status().in(SeedState.FUTURE)).hasSize(1);
		}

		release("shop", "1.11", "euro").run();
		assertThat(names()).as("a newer release may return to an older text").containsExactly("euro");
	}

	@Test
	void anOldPodWithoutAVersionDoesNotRevertTheRowsEither() {
		release("shop", null, "euro").run();
		release("shop", null, "Euro").run();

		assertThat(release("shop", null, "euro").run().warnings()).hasSize(1);
		assertThat(names()).containsExactly("Euro");

		release("shop", null, "euro").run(SeedSelection.of("common/010_currency").again());
		assertThat(names()).as("on purpose").containsExactly("euro");
	}

	@Test
	void aSecondServiceOnTheSameHistoryIsRefusedBeforeItDeletesRows() {
		release("shop", "1", "Euro").run();

		assertThatExceptionOfType(SeedValidationException.class).isThrownBy(() -> release("stock", "1", "Peso").run())
			.satisfies((ex) -> assertThat(ex.getFindings()).extracting(Finding::code)
				.containsExactly("other-application"));
		assertThat(names()).containsExactly("Euro");
		assertThat(this.database.value(Integer.class, "SELECT count(*) FROM samara_seeds")).isOne();
	}

	@Test
	void aRenamedApplicationContinuesWithTheSeedsItHas() {
		release("shop", "1", "Euro").run();

		assertThat(release("store", "1", "Euro").run().applied()).isEmpty();
		SeedRunner changed = SeedRunner.builder(this.database.dataSource())
			.settings(builder("store", "2", "EUR").applicationAliases(List.of("shop")).build())
			.build();
		assertThat(changed.run().applied()).hasSize(1);
		assertThat(names()).containsExactly("EUR");
	}

	private SeedRunner release(String name, String version, String euro) {
		return SeedRunner.builder(this.database.dataSource()).settings(settings(name, version, euro)).build();
	}

	private SeedSettings settings(String name, String version, String euro) {
		return builder(name, version, euro).build();
	}

	/** Each text has a folder of its own, as each release has a jar. */
	private SeedSettings.Builder builder(String name, String version, String euro) {
		Scripts scripts = Scripts.in(this.folder.resolve(name + euro))
			.add("common/010_currency.csv", "# samara: mode=replace\ncode,name\nEUR," + euro + "\n");
		return SeedSettings.builder()
			.locations(scripts.location())
			.environment(Environment.PROD)
			.application(new Application(name, version));
	}

	private List<String> names() {
		return this.database.values(String.class, "SELECT name FROM currency ORDER BY 1");
	}

}
