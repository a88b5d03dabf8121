package dev.samara.seed;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.samara.environment.Environment;
import dev.samara.script.Finding;

import static dev.samara.seed.SampleSeeds.entry;
import static dev.samara.seed.SampleSeeds.resolved;
import static dev.samara.seed.SampleSeeds.seed;
import static org.assertj.core.api.Assertions.assertThat;

class SeedPlanningTests {

	private static final Seed COMMON = seed("common/001_a.sql");

	private static final Seed DEV = seed("dev/001_b.sql");

	private static final Seed STAGING = seed("staging/001_c.sql");

	private static final Seed PROD = seed("prod/001_d.sql");

	@ParameterizedTest
	@CsvSource({ "dev, , common/001_a.sql dev/001_b.sql", "staging, , common/001_a.sql staging/001_c.sql",
			"prod, , common/001_a.sql prod/001_d.sql", "prod, ALL, common/001_a.sql prod/001_d.sql",
			", , common/001_a.sql", ", ALL, common/001_a.sql", "dev, ESSENTIAL, common/001_a.sql", "dev, NONE, ''",
			"demo, ALL, common/001_a.sql" })
	void runsTheSeedsOfEnvironmentAndLevel(@Nullable String environment, @Nullable SeedLevel level, String names) {
		SeedPlan plan = planning(environment, level).plan(snapshot(null));

		assertThat(String.join(" ", plan.steps().stream().map((step) -> step.seed().name()).toList())).isEqualTo(names);
		assertThat(plan.findings()).isEmpty();
	}

	@Test
	void runsOnlyCommonSeedsWithoutAnEnvironmentWhateverTheMarkerIs() {
		SeedPlan plan = planning(null, null).plan(snapshot("prod"));

		assertThat(plan.steps()).extracting(SeedStep::seed).containsExactly(COMMON);
		assertThat(plan.environment()).isNull();
		assertThat(plan.level()).isEqualTo(SeedLevel.MINIMAL);
	}

	@Test
	void saysWhyASeedDoesNotRun() {
		SeedOverview overview = planning("prod", SeedLevel.NONE).overview(snapshot("prod"));

		assertThat(overview.seeds()).extracting(SeedStatus::state)
			.containsExactly(SeedState.NOT_AT_LEVEL, SeedState.NOT_FOR_ENVIRONMENT, SeedState.NOT_AT_LEVEL,
					SeedState.NOT_FOR_ENVIRONMENT);
		assertThat(overview.environment()).isEqualTo(Environment.PROD);
		assertThat(overview.databaseEnvironment()).isEqualTo(Environment.PROD);
		assertThat(overview.level()).isEqualTo(SeedLevel.NONE);
	}

	@Test
	void leavesAloneWhatHasNotChanged() {
		SeedPlanning planning = planning("dev", null);
		SeedSnapshot history = snapshot("dev", entry(1, SeedEvent.APPLIED, COMMON, 1));
		SeedPlan plan = planning.plan(history);

		assertThat(plan.steps()).extracting(SeedStep::seed).containsExactly(DEV);
		SeedReport report = planning.report(null, history, plan, List.of(), Duration.ZERO);
		assertThat(report.skipped()).isOne();
		assertThat(report.notApplicable()).isEqualTo(2);
	}

	@Test
	void keepsSayingAppliedBelowTheLevel() {
		SeedSnapshot history = snapshot("dev", entry(1, SeedEvent.APPLIED, COMMON, 1));

		assertThat(planning("dev", SeedLevel.NONE).overview(history).in(SeedState.APPLIED)).extracting(SeedStatus::name)
			.containsExactly(COMMON.name());
	}

	@Test
	void runsAgainWhatHasChangedAndCountsItsContents() {
		Seed second = seed("common/001_a.sql", "SELECT 2");
		Seed third = seed("common/001_a.sql", "SELECT 3");
		SeedSnapshot history = snapshot(null, entry(1, SeedEvent.APPLIED, COMMON, 1),
				entry(2, SeedEvent.APPLIED, DEV, 1), entry(3, SeedEvent.APPLIED, second, 2));

		assertThat(step(third, history).version()).isEqualTo(3);
		assertThat(step(third, history).reason()).isEqualTo("its file has changed");
		assertThat(step(COMMON, history).version()).isEqualTo(1);
		assertThat(new SeedPlanning(resolved(second), null, null).plan(history).isEmpty()).isTrue();
	}

	@Test
	void triesAgainWhatHasFailed() {
		Seed fixed = seed("common/001_a.sql", "SELECT 2");
		SeedSnapshot history = snapshot(null, entry(1, SeedEvent.FAILED, COMMON, 1));

		assertThat(step(COMMON, history).reason()).isEqualTo("the last attempt failed");
		assertThat(step(COMMON, history).version()).isEqualTo(1);
		assertThat(step(fixed, history).version()).isEqualTo(2);
		assertThat(step(fixed, history).status().failure()).isPresent();
	}

	@Test
	void takesBackAChangeThatFailed() {
		Seed broken = seed("common/001_a.sql", "SELEC 2");
		SeedSnapshot history = snapshot(null, entry(1, SeedEvent.APPLIED, COMMON, 1),
				entry(2, SeedEvent.FAILED, broken, 2));

		assertThat(new SeedPlanning(resolved(COMMON), null, null).plan(history).isEmpty()).isTrue();
	}

	@Test
	void showsWhatIsAppliedAndGoneAndForgetsWhatFailedAndIsGone() {
		SeedSnapshot history = snapshot("dev", entry(1, SeedEvent.APPLIED, DEV, 1),
				entry(2, SeedEvent.FAILED, COMMON, 1));
		SeedPlanning planning = new SeedPlanning(resolved(), null, null);

		assertThat(planning.overview(history).seeds()).singleElement().satisfies((status) -> {
			assertThat(status.name()).isEqualTo("dev/001_b.sql");
			assertThat(status.state()).isEqualTo(SeedState.ORPHANED);
			assertThat(status.folder()).isEqualTo("dev");
			assertThat(status.script()).isEqualTo("db/seed/dev/001_b.sql");
		});
		assertThat(planning.plan(history).findings()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "SELECT 1; VACUUM | not-a-transaction | 1:11",
			"BEGIN; COMMIT; SELECT 1 | transaction-control | 1:1", "SELECT 'a | syntax | 1:8" })
	void refusesWhatIsNoTransaction(String text, String code, String place) {
		SeedPlan plan = new SeedPlanning(resolved(seed("common/001_a.sql", text)), null, null).plan(snapshot(null));

		assertThat(plan.steps()).isEmpty();
		assertThat(plan.errors()).singleElement().satisfies((finding) -> {
			assertThat(finding.code()).isEqualTo(code);
			assertThat(finding.place()).hasToString("db/seed/common/001_a.sql:" + place);
			assertThat(finding.remedy()).doesNotContain("transaction=none");
		});
	}

	@Test
	void takesBeginAndCommitAroundEverything() {
		assertThat(step(seed("common/001_a.sql", "BEGIN; SELECT 1; COMMIT"), snapshot(null)).work().statements())
			.isOne();
	}

	@Test
	void tellsEverythingThatIsWrong() {
		Finding found = Finding.error("bad-name", "Bad", "Rename", null);
		ResolvedSeeds resolved = new ResolvedSeeds(List.of(), List.of(seed("common/1_a.sql", "VACUUM")),
				List.of(found));

		assertThat(new SeedPlanning(resolved, Environment.DEV, null).plan(snapshot("prod")).errors())
			.extracting(Finding::code)
			.containsExactly("bad-name", "environment-mismatch", "not-a-transaction");
	}

	private static SeedStep step(Seed seed, SeedSnapshot history) {
		SeedPlan plan = new SeedPlanning(resolved(seed), Environment.DEV, null).plan(history);
		assertThat(plan.findings()).isEmpty();
		assertThat(plan.steps()).hasSize(1);
		return plan.steps().get(0);
	}

	private static SeedPlanning planning(@Nullable String environment, @Nullable SeedLevel level) {
		return new SeedPlanning(resolved(COMMON, DEV, PROD, STAGING),
				(environment != null) ? Environment.of(environment) : null, level);
	}

	private static SeedSnapshot snapshot(@Nullable String mark, SeedEntry... entries) {
		return new SeedSnapshot(true, mark, List.of(entries));
	}

}
