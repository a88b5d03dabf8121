package dev.samara.seed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.samara.environment.Environment;
import dev.samara.script.Directive;
import dev.samara.script.Directives;
import dev.samara.script.Finding;
import dev.samara.script.Place;
import dev.samara.script.Script;

import static org.assertj.core.api.Assertions.assertThat;

class SeedOrderTests {

	/** Seeds as {@code name>dependency+dependency}. */
	@ParameterizedTest
	@CsvSource({ "common/1 common/2 dev/1, common/1 common/2 dev/1", "dev/1 common/2 common/1, common/1 common/2 dev/1",
			"common/1>2 common/2 common/3, common/2 common/1 common/3",
			"common/1>common/3 common/2>1 common/3 common/4, common/3 common/1 common/2 common/4",
			"dev/1>common/3+3 common/2 dev/2 dev/3 common/3, common/2 common/3 dev/2 dev/3 dev/1",
			"common/1>3+2 common/2 common/3 common/4, common/2 common/3 common/1 common/4" })
	void putsASeedBehindWhatItNeedsAndKeepsTheOrderOtherwise(String seeds, String expected) {
		ResolvedSeeds sorted = sort(seeds);

		assertThat(names(sorted)).isEqualTo(expected);
		assertThat(sorted.findings()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "common/1>1, common/1 -> common/1",
			"common/1>2 common/2>3 common/3>1, common/1 -> common/2 -> common/3",
			"common/0>1 common/1>2 common/2>1, common/1 -> common/2 -> common/1" })
	void showsACircleAsAPath(String seeds, String path) {
		ResolvedSeeds sorted = sort(seeds);

		assertThat(sorted.findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.code()).isEqualTo("dependency-cycle");
			assertThat(finding.message().replace("_x.sql", "")).contains(path);
			assertThat(finding.place()).isNotNull();
		});
		assertThat(sorted.seeds()).hasSize(seeds.split(" ").length);
	}

	@Test
	void tellsEveryCircle() {
		assertThat(sort("common/1>2 common/2>1 dev/1>2 dev/2>1").findings()).hasSize(2);
	}

	@Test
	void namesTheNearestSeedAndThePlace() {
		Finding finding = sort("common/1>common/02_x common/2").findings().get(0);

		assertThat(finding.toString()).isEqualTo(
				"db/seed/common/1_x.sql:1:1: Seed common/1_x.sql depends on \"common/02_x\", which does not exist "
						+ "[unknown-seed]");
		assertThat(finding.remedy()).startsWith("Did you mean \"common/2_x.sql\"?");
		assertThat(sort("common/1>02 common/2").findings().get(0).remedy())
			.startsWith("Did you mean \"common/2_x.sql\"?");
		assertThat(sort("common/1>settings common/2").findings().get(0).remedy())
			.startsWith("A seed is called by its path");
	}

	@Test
	void refusesANameThatMayBeSeveralSeeds() {
		Seed sql = seed("common/1", "");
		Seed again = new Seed("common/1_x.csv", null, 1, "", SeedLevel.MINIMAL, sql.content());

		assertThat(SeedOrder.sort(SampleSeeds.resolved(sql, again, seed("common/2", "1_x"))).findings()).singleElement()
			.satisfies((finding) -> {
				assertThat(finding.code()).isEqualTo("ambiguous-seed");
				assertThat(finding.message()).endsWith("which may be common/1_x.sql or common/1_x.csv");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "common/1>dev/1 dev/1", "staging/1>dev/1 dev/1", "prod/1>dev/1 dev/1" })
	void refusesADependencyOnAnotherEnvironmentEverywhere(String seeds) {
		String name = seeds.substring(0, seeds.indexOf('>')) + "_x.sql";
		for (Environment environment : List.of(Environment.DEV, Environment.STAGING, Environment.PROD)) {
			assertThat(errors(sort(seeds), environment, SeedLevel.ALL)).singleElement().satisfies((finding) -> {
				assertThat(finding.code()).isEqualTo("foreign-dependency");
				assertThat(finding.message()).isEqualTo("Seed " + name + " depends on dev/1_x.sql, which runs in "
						+ "environment \"dev\" only, so that it could run nowhere else");
				assertThat(String.valueOf(finding.place())).isEqualTo("db/seed/" + name + ":1:1");
			});
		}
	}

	@Test
	void refusesADependencyThatIsNotAtTheLevel() {
		ResolvedSeeds resolved = sort("dev/1>common/1 common/1");
		Seed later = new Seed("common/1_x.sql", null, 1, "", SeedLevel.ALL, resolved.seeds().get(0).content());
		ResolvedSeeds levelled = SeedOrder.sort(SampleSeeds.resolved(later,
				new Seed("dev/1_x.sql", Environment.DEV, 1, "", SeedLevel.MINIMAL, resolved.seeds().get(1).content())));

		assertThat(errors(levelled, Environment.DEV, SeedLevel.ALL)).isEmpty();
		assertThat(errors(levelled, Environment.DEV, SeedLevel.MINIMAL)).singleElement().satisfies((finding) -> {
			assertThat(finding.code()).isEqualTo("not-at-level");
			assertThat(finding.remedy()).contains("samara.seeds.level=all");
		});
	}

	private static List<Finding> errors(ResolvedSeeds seeds, Environment environment, SeedLevel level) {
		return new SeedPlanning(seeds, environment, level).plan(new SeedSnapshot(true, null, List.of())).errors();
	}

	@Test
	void pointsAtTheLineThatNamesTheDependency() {
		Seed asking = seed("common/9", List.of("3_x", "dev/1_x", "2_x"));
		Seed inCircle = seed("common/2", List.of("3_x", "9_x"));
		ResolvedSeeds sorted = SeedOrder
			.sort(SampleSeeds.resolved(asking, inCircle, seed("common/3", ""), seed("dev/1", "")));

		assertThat(sorted.findings()).filteredOn((finding) -> finding.code().equals("dependency-cycle"))
			.extracting((finding) -> String.valueOf(finding.place()))
			.containsExactly("db/seed/common/2_x.sql:2:1");
		ResolvedSeeds apart = SeedOrder
			.sort(SampleSeeds.resolved(asking, seed("common/2", ""), seed("common/3", ""), seed("dev/1", "")));
		assertThat(new SeedPlanning(apart, Environment.DEV, SeedLevel.MINIMAL)
			.plan(new SeedSnapshot(true, null, List.of()))
			.errors()).extracting((finding) -> finding.code() + " " + finding.place())
			.contains("not-at-level db/seed/common/9_x.sql:2:1");
	}

	private static ResolvedSeeds sort(String seeds) {
		return SeedOrder.sort(SampleSeeds.resolved(Arrays.stream(seeds.split(" ")).map((text) -> {
			String[] parts = text.split(">");
			return seed(parts[0],
					(parts.length > 1) ? Arrays.stream(parts[1].split("\\+"))
						.map((name) -> name.endsWith("_x") ? name : name + "_x")
						.collect(Collectors.joining(",")) : "");
		}).toArray(Seed[]::new)));
	}

	private static Seed seed(String name, String dependsOn) {
		return seed(name, dependsOn.isEmpty() ? List.of() : List.of(dependsOn));
	}

	/** One whose lines each name what it depends on. */
	private static Seed seed(String name, List<String> dependsOn) {
		Seed plain = SampleSeeds.seed(name + "_x.sql");
		if (dependsOn.isEmpty()) {
			return plain;
		}
		List<Directive> directives = new ArrayList<>();
		for (String needed : dependsOn) {
			directives.add(new Directive("depends-on", needed, new Place(plain.path(), directives.size() + 1, 1)));
		}
		Script script = new Script(plain.path(), "SELECT 1", plain.checksum(), new Directives(directives, Map.of()));
		return new Seed(plain.name(), plain.environment(), plain.number(), "", plain.level(),
				new SeedContent.Sql(script));
	}

	private static String names(ResolvedSeeds seeds) {
		return seeds.seeds().stream().map((seed) -> seed.name().replace("_x.sql", "")).collect(Collectors.joining(" "));
	}

}
