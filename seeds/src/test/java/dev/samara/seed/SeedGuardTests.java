package dev.samara.seed;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.samara.environment.Environment;
import dev.samara.script.Finding;
import dev.samara.script.Location;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No way around: production gets the seeds of {@code common} and {@code prod} and no
 * others.
 */
class SeedGuardTests {

	private static final List<String> OTHERS = List.of("dev", "local", "test", "staging", "uat", "demo", "PRODUCTION2",
			"prod-like", "");

	@ParameterizedTest
	@CsvSource({ "prod, ", "prod, prod", ", prod", "dev, prod", "prod, dev", "staging, prod", "demo, prod",
			"prod, demo" })
	void neverAdmitsAnotherFolderInProduction(String application, String database) {
		SeedGuard guard = guard(application, database);

		assertThat(guard.isProduction()).isTrue();
		assertThat(OTHERS).noneMatch((folder) -> guard.admits(Environment.of(folder)));
		assertThat(guard.admits(null)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "prod, ", "live, production" })
	void admitsTheFolderOfProductionInProduction(String application, String database) {
		assertThat(guard(application, database).admits(Environment.of("production"))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "dev, , dev", "uat, staging, stage", "demo, demo, Demo" })
	void admitsTheFolderOfTheEnvironment(String application, String database, String folder) {
		SeedGuard guard = guard(application, database);

		assertThat(guard.admits(Environment.of(folder))).isTrue();
		assertThat(guard.admits(null)).isTrue();
		assertThat(guard.admits(Environment.PROD)).isFalse();
		assertThat(guard.admits(Environment.of("other"))).isFalse();
	}

	@Test
	void admitsOnlyCommonSeedsWithoutAnEnvironment() {
		admitsOnlyCommonSeeds(guard(null, null));
		admitsOnlyCommonSeeds(guard(null, "dev"));
		admitsOnlyCommonSeeds(guard(null, "prod"));
	}

	private static void admitsOnlyCommonSeeds(SeedGuard guard) {
		assertThat(guard.admits(null)).isTrue();
		assertThat(guard.admits(Environment.PROD)).isFalse();
		assertThat(OTHERS).noneMatch((folder) -> guard.admits(Environment.of(folder)));
	}

	@Test
	void findsThatApplicationAndDatabaseDoNotBelongTogether() {
		assertThat(guard("dev", "prod").check(SampleSeeds.resolved())).singleElement()
			.satisfies((finding) -> assertThat(finding.toString()).contains("\"dev\"", "\"prod\"",
					"environment-mismatch"));
		assertThat(guard("dev", "dev").check(SampleSeeds.resolved())).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "common/dev/001_a.sql", "common/x/Test/001_a.sql", "prod/staging/001_a.sql",
			"prod/live/local/001_a.sql", "production/uat/y/001_a.sql", "Common/DEV /001_a.sql" })
	void refusesAFolderOfAnotherEnvironmentBelowThoseOfProduction(String name) {
		Seed seed = SampleSeeds.seed(name);

		assertThat(guard("prod", null).check(SampleSeeds.resolved(seed))).singleElement().satisfies((finding) -> {
			assertThat(finding.isError()).isTrue();
			assertThat(finding.code()).isEqualTo("foreign-folder");
		});
		assertThat(guard(null, "prod").check(SampleSeeds.resolved(seed))).singleElement().matches(Finding::isError);
		assertThat(guard("dev", null).check(SampleSeeds.resolved(seed))).singleElement()
			.satisfies((finding) -> assertThat(finding.message()).endsWith("production refuses it"))
			.matches((finding) -> !finding.isError());
	}

	@ParameterizedTest
	@ValueSource(strings = { "common/001_dev.sql", "common/plants/001_a.sql", "prod/production/001_a.sql",
			"common/prod/001_a.sql", "dev/staging/001_a.sql" })
	void acceptsOtherFolders(String name) {
		assertThat(guard("prod", null).check(SampleSeeds.resolved(SampleSeeds.seed(name)))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "comon/001_a.sql, common", "prd/001_a.sql, prod", "stagging/x/001_a.sql, staging" })
	void warnsOfAFolderWithASlipInItsName(String name, String meant) {
		assertThat(guard("dev", null).check(SampleSeeds.resolved(SampleSeeds.seed(name)))).singleElement()
			.satisfies((finding) -> {
				assertThat(finding.isError()).isFalse();
				assertThat(finding.code()).isEqualTo("unknown-environment");
				assertThat(finding.remedy()).contains("call it " + meant + ".");
			});
		assertThat(guard("dev", null).check(SampleSeeds.resolved(SampleSeeds.seed("demo/001_a.sql")))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "classpath:db/seed/dev", "classpath:db/seed/Test/x", "classpath:db/seed/x/../dev/",
			"classpath:db/seed/dev/c*", "classpath:db\\seed\\dev", "file:db/seed/dev", "file:db/seed/dev/x",
			"file:/srv/app/seed/dev", "file:/srv/app/seed/dev/x", "file:/srv/app/seed/dev/c*", "file:/srv/app/dev/.",
			"file:/x/dev/common", "file:/x/development/a/b", "file:/dev", "file:local" })
	void refusesALocationInsideTheFolderOfAnotherEnvironment(String location) {
		ResolvedSeeds resolved = SampleSeeds.resolved(location, SampleSeeds.seed("common/001_a.sql"));

		assertThat(guard("prod", null).check(resolved)).singleElement().satisfies((finding) -> {
			assertThat(finding.isError()).isTrue();
			assertThat(finding.code()).isEqualTo("foreign-location");
		});
		assertThat(guard(null, "prod").check(resolved)).hasSize(1);
		assertThat(guard(null, null).check(resolved)).hasSize(1);
		assertThat(guard(null, "dev").check(resolved)).hasSize(1);
		assertThat(guard("demo", null).check(resolved)).hasSize(1);
		assertThat(guard("dev", "dev").check(resolved)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "classpath:db/seed", "classpath:db/*", "file:/usr/local/nursery/seed",
			"file:/home/test/seed", "file:/opt/shop/local/seed", "file:/data/volumes/stage/app/db/seeds",
			"file:../seed", "file:/", "classpath:db/seed/prod" })
	void acceptsOtherLocations(String location) {
		assertThat(guard("prod", "prod").check(
				new ResolvedSeeds(List.of(new Location(kind(location), path(location), false)), List.of(), List.of())))
			.isEmpty();
	}

	@Test
	void isNotFooledByAnEnvironmentThatWasMadeByHand() {
		SeedSettings settings = SeedSettings.builder().environment(new Environment("Production")).build();

		assertThat(settings.environment()).isEqualTo(Environment.PROD);
	}

	private static Location.Kind kind(String location) {
		return location.startsWith("file:") ? Location.Kind.FILE : Location.Kind.CLASSPATH;
	}

	private static String path(String location) {
		return location.substring(location.indexOf(':') + 1);
	}

	private static SeedGuard guard(@Nullable String application, @Nullable String database) {
		return new SeedGuard((application != null) ? Environment.of(application) : null,
				(database != null) ? Environment.of(database) : null);
	}

}
