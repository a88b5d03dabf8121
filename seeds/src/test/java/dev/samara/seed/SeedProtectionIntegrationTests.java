package dev.samara.seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

import dev.samara.environment.Environment;
import dev.samara.environment.EnvironmentMismatchException;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a database remembers, and what never reaches production.
 */
@PostgresTest
class SeedProtectionIntegrationTests {

	private static final String MARK = """
			CREATE TABLE samara_environment (environment text NOT NULL, marked_at timestamptz NOT NULL DEFAULT now(),
				marked_by text NOT NULL DEFAULT session_user, only_row boolean NOT NULL DEFAULT true PRIMARY KEY)
			""";

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts scripts;

	SeedProtectionIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.database.execute("CREATE TABLE seeded (folder text)");
		this.scripts = Scripts.in(folder);
		for (String name : List.of("common", "dev", "staging", "prod")) {
			this.scripts.add(name + "/001_a.sql", "INSERT INTO seeded VALUES ('" + name + "')");
		}
	}

	@Test
	void theFirstRunThatKnowsItsEnvironmentMarksTheDatabase() {
		run(null);
		assertThat(marks()).isEmpty();

		SeedReport report = SeedRunner.builder(this.database.dataSource())
			.settings(settings(Environment.DEV).claimDatabase(this.database.name()).build())
			.build()
			.run();

		assertThat(report.applied()).hasSize(1);
		assertThat(marks()).containsExactly("dev");
	}

	@Test
	void refusesADatabaseThatWasSeededWithoutAnEnvironment() {
		run(null);

		assertThatExceptionOfType(SeedValidationException.class).isThrownBy(() -> run(Environment.DEV))
			.withMessageContaining("unmarked-database")
			.withMessageContaining("the history public.samara_seeds of runs without an environment");

		assertThat(seeded()).containsExactly("common");
		assertThat(marks()).isEmpty();
	}

	@Test
	void theMarkIsWrittenEvenIfNothingIsToDo() {
		run(null);
		SeedReport report = SeedRunner.builder(this.database.dataSource())
			.settings(settings(Environment.PROD).level(SeedLevel.NONE).build())
			.build()
			.run();

		assertThat(report.runId()).isNull();
		assertThat(marks()).containsExactly("prod");
	}

	@Test
	void anotherEnvironmentStopsBeforeAnythingIsWritten() {
		mark("prod");

		assertThatExceptionOfType(EnvironmentMismatchException.class).isThrownBy(() -> run(Environment.DEV))
			.withMessageContaining("\"dev\"")
			.withMessageContaining("\"prod\"");

		assertThat(seeded()).isEmpty();
		assertThat(this.database.values(String.class,
				"SELECT relname FROM pg_class WHERE relname LIKE 'samara%' AND relkind IN ('r', 'v')"))
			.containsExactly("samara_environment");
	}

	@Test
	void statusAndPlanTellOfAnotherEnvironment() {
		mark("prod");

		assertThat(runner(Environment.DEV).plan().errors()).singleElement()
			.satisfies((finding) -> assertThat(finding.code()).isEqualTo("environment-mismatch"));
		SeedOverview overview = runner(Environment.DEV).status();
		assertThat(overview.databaseEnvironment()).isEqualTo(Environment.PROD);
		assertThat(overview.pending()).extracting(SeedStatus::name).containsExactly("common/001_a.sql");
	}

	@ParameterizedTest
	@EnumSource(SeedLevel.class)
	void productionNeverGetsOtherSeedsAtAnyLevel(SeedLevel level) {
		SeedRunner.builder(this.database.dataSource())
			.settings(settings(Environment.PROD).level(level).build())
			.build()
			.run();

		assertThat(seeded()).isSubsetOf("common", "prod");
	}

	@Test
	void runsOnlyCommonSeedsWithoutAnEnvironmentWhateverTheMarkerIs() {
		mark("production");

		run(null);

		assertThat(seeded()).containsExactly("common");
		assertThat(this.database.values(String.class, "SELECT DISTINCT environment FROM samara_seeds"))
			.containsOnlyNulls();
	}

	@Test
	void anotherSchemaOfTheSearchPathHidesNoMark() {
		mark("prod");
		this.database.execute("CREATE SCHEMA other");
		PGSimpleDataSource dataSource = this.database.dataSource();
		dataSource.setCurrentSchema("other,public");

		SeedRunner.builder(dataSource).settings(settings(null).build()).build().run();

		assertThat(seeded()).containsExactly("common");
		assertThatExceptionOfType(EnvironmentMismatchException.class)
			.isThrownBy(() -> SeedRunner.builder(dataSource).settings(settings(Environment.DEV).build()).build().run());
		assertThat(this.database.values(String.class,
				"SELECT DISTINCT relnamespace::regnamespace::text FROM pg_class WHERE relname LIKE 'samara%'"))
			.containsExactly("public");
	}

	@ParameterizedTest
	@ValueSource(strings = { "common", "prod" })
	void aLinkedFolderIsNoWayAround(String folder) throws IOException {
		this.scripts.add("dev/005_b.sql", "INSERT INTO seeded VALUES ('linked')")
			.add(folder + "/006_c.sql", "INSERT INTO seeded VALUES ('c')");
		Files.createSymbolicLink(this.scripts.path(folder + "/more"), this.scripts.path("dev"));

		assertThatExceptionOfType(SeedValidationException.class).isThrownBy(() -> run(Environment.PROD))
			.withMessageContaining("foreign-link");
		assertThatExceptionOfType(SeedValidationException.class).isThrownBy(() -> run(Environment.DEV))
			.withMessageContaining("foreign-link");
		assertThat(seeded()).isEmpty();
	}

	@Test
	void aLinkedFileIsNoWayAround(@TempDir Path elsewhere) throws IOException {
		Path target = Files.createDirectories(elsewhere.resolve("data/Development")).resolve("rows.sql");
		Files.writeString(target, "INSERT INTO seeded VALUES ('linked')");
		Files.createSymbolicLink(this.scripts.path("common/005_b.sql"), target);

		assertThatExceptionOfType(SeedValidationException.class).isThrownBy(() -> run(null))
			.withMessageContaining("foreign-link");
	}

	@Test
	void aLinkedLocationIsNoWayAround(@TempDir Path elsewhere) throws IOException {
		this.scripts.add("dev/common/001_b.sql", "INSERT INTO seeded VALUES ('linked')");
		Path link = Files.createSymbolicLink(elsewhere.resolve("data"), this.scripts.path("dev"));

		for (Environment environment : Arrays.asList(Environment.PROD, Environment.STAGING, null)) {
			SeedSettings settings = SeedSettings.builder().locations("file:" + link).environment(environment).build();
			assertThatExceptionOfType(SeedValidationException.class)
				.isThrownBy(() -> SeedRunner.builder(this.database.dataSource()).settings(settings).build().run())
				.withMessageContaining("foreign-location");
		}
	}

	@Test
	void linksOfAMountedConfigMapAreNoneOfAnEnvironment(@TempDir Path mount) throws IOException {
		Path version = Files.createDirectories(mount.resolve("seed/common/..2026_01"));
		Files.writeString(version.resolve("001_a.sql"), "INSERT INTO seeded VALUES ('mounted')");
		Files.createSymbolicLink(mount.resolve("seed/common/..data"), Path.of("..2026_01"));
		Files.createSymbolicLink(mount.resolve("seed/common/001_a.sql"), Path.of("..data/001_a.sql"));

		SeedRunner.builder(this.database.dataSource())
			.settings(SeedSettings.builder()
				.locations("file:" + mount.resolve("seed"))
				.environment(Environment.PROD)
				.build())
			.build()
			.run();

		assertThat(seeded()).containsExactly("mounted");
	}

	@Test
	void aLocationInsideAnotherFolderIsNoWayAround() {
		this.scripts.add("dev/common/001_b.sql", "INSERT INTO seeded VALUES ('dev')");
		SeedSettings settings = SeedSettings.builder()
			.locations(this.scripts.location() + "/dev")
			.environment(Environment.PROD)
			.build();

		assertThatExceptionOfType(SeedValidationException.class)
			.isThrownBy(() -> SeedRunner.builder(this.database.dataSource()).settings(settings).build().run())
			.satisfies((ex) -> assertThat(ex.getFindings()).extracting((finding) -> finding.code())
				.containsExactly("no-folder", "foreign-location"));
		assertThat(seeded()).isEmpty();
		assertThat(this.database.values(String.class, "SELECT relname FROM pg_class WHERE relname LIKE 'samara%'"))
			.isEmpty();
	}

	@Test
	void aFolderInsideCommonIsNoWayAround() {
		this.scripts.add("common/dev/001_b.sql", "INSERT INTO seeded VALUES ('dev')");

		assertThatExceptionOfType(SeedValidationException.class).isThrownBy(() -> run(Environment.PROD));
		assertThat(seeded()).isEmpty();

		assertThat(run(Environment.DEV).warnings()).extracting((finding) -> finding.code())
			.containsExactly("foreign-folder");
	}

	@Test
	void aMarkThatGotLostIsWrittenAgainAndNothingRunsTwice() {
		run(Environment.DEV);
		this.database.execute("DROP TABLE samara_environment");

		assertThat(run(Environment.DEV).applied()).isEmpty();
		assertThat(marks()).containsExactly("dev");
		assertThat(seeded()).containsExactly("common", "dev");
	}

	@Test
	void productionIsKnownByItsHistoryWhenTheMarkGotLost() {
		run(Environment.PROD);
		this.database.execute("DROP TABLE samara_environment");

		assertThatExceptionOfType(EnvironmentMismatchException.class).isThrownBy(() -> run(Environment.DEV))
			.withMessageContaining("the database belongs to \"prod\"");
		assertThat(seeded()).doesNotContain("dev");
		assertThat(run(Environment.PROD).applied()).isEmpty();
		assertThat(marks()).containsExactly("prod");
	}

	private SeedReport run(@Nullable Environment environment) {
		return runner(environment).run();
	}

	private SeedRunner runner(@Nullable Environment environment) {
		return SeedRunner.builder(this.database.dataSource()).settings(settings(environment).build()).build();
	}

	private SeedSettings.Builder settings(@Nullable Environment environment) {
		return SeedSettings.builder().locations(this.scripts.location()).environment(environment);
	}

	private void mark(String environment) {
		this.database.execute(MARK, "INSERT INTO samara_environment (environment) VALUES ('" + environment + "')");
	}

	private List<String> marks() {
		return this.database.values(String.class, "SELECT environment FROM samara_environment");
	}

	private List<String> seeded() {
		return this.database.values(String.class, "SELECT folder FROM seeded");
	}

}
