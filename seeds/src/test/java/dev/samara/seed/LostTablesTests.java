package dev.samara.seed;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.samara.environment.Environment;
import dev.samara.placeholder.BuiltIns;
import dev.samara.script.Finding;
import dev.samara.seed.SeedLoss.Cause;

import static dev.samara.seed.SampleSeeds.entry;
import static dev.samara.seed.SampleSeeds.resolved;
import static dev.samara.seed.SampleSeeds.seed;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a seed whose tables a migration has dropped or emptied.
 */
class LostTablesTests {

	private static final String NAME = "common/001_a.sql";

	private static final Seed SEED = seed(NAME);

	@ParameterizedTest(name = "[{index}] {0} {1} {2} {3}: {4}")
	@CsvSource({ "APPLIED, same, none, '', APPLIED", "APPLIED, same, there, '', PENDING",
			"APPLIED, same, gone, '', INCOMPLETE", "APPLIED, same, partial, '', INCOMPLETE",
			"APPLIED, same, both, '', INCOMPLETE", "APPLIED, other, there, '', CHANGED",
			"APPLIED, other, gone, '', CHANGED", "APPLIED, older, none, '', FUTURE",
			"APPLIED, older, there, '', CHANGED", "APPLIED, older, gone, '', FUTURE",
			"APPLIED, same, there, FAILED, FAILED", "APPLIED, same, gone, FAILED, INCOMPLETE",
			"APPLIED, same, there, ROLLED_BACK, ROLLED_BACK" })
	void becomesPendingIfItCanRunAgain(SeedEvent event, String text, String lost, String last, SeedState state) {
		List<SeedEntry> entries = new ArrayList<>();
		Seed applied = text.equals("same") ? SEED : seed(NAME, "SELECT 'applied'");
		if (text.equals("older")) {
			entries.add(entry(1, event, SEED, 1));
		}
		entries.add(entry(2, event, applied, 2));
		if (!last.isEmpty()) {
			entries.add(entry(3, SeedEvent.valueOf(last), applied, 2));
		}

		assertThat(planning(SEED).statuses(snapshot(entries, lost))).singleElement()
			.extracting(SeedStatus::state)
			.isEqualTo(state);
	}

	@Test
	void reportsWhyItRunsAgain() {
		SeedPlan plan = planning(SEED).plan(snapshot(List.of(entry(1, SeedEvent.APPLIED, SEED, 1)), "there"));

		assertThat(plan.steps()).singleElement().satisfies((step) -> {
			assertThat(step.reason()).isEqualTo("table public.a was dropped and created again after it was applied");
			assertThat(step.version()).isOne();
		});
		assertThat(plan.findings()).isEmpty();
	}

	@Test
	void warnsOfWhatCannotRunAgainAndRunsItOnPurpose() {
		SeedSnapshot history = snapshot(List.of(entry(1, SeedEvent.APPLIED, SEED, 1)), "partial");

		assertThat(planning(SEED).plan(history).steps()).isEmpty();
		assertThat(planning(SEED).plan(history).findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.code()).isEqualTo("incomplete-seed");
			assertThat(finding.isError()).isFalse();
			assertThat(finding.message()).contains(NAME, "table public.a was emptied by a migration");
		});
		assertThat(planning(SEED).select(SeedSelection.of(NAME).again()).plan(history).steps()).hasSize(1);
		assertThat(planning(SEED).select(SeedSelection.EVERYTHING_AGAIN).plan(history).steps()).isEmpty();
	}

	@Test
	void leavesOutWhatIsNotForTheLevel() {
		SeedSnapshot history = snapshot(List.of(entry(1, SeedEvent.APPLIED, SEED, 1)), "there");

		assertThat(new SeedPlanning(resolved(SEED), Environment.PROD, SeedLevel.NONE).plan(history))
			.extracting(SeedPlan::steps, SeedPlan::findings)
			.containsExactly(List.of(), List.<Finding>of());
	}

	private static SeedPlanning planning(Seed seed) {
		return new SeedPlanning(resolved(seed), Environment.PROD, null);
	}

	private static SeedSnapshot snapshot(List<SeedEntry> entries, String lost) {
		SeedLoss there = new SeedLoss(NAME, "public.a", Cause.DROPPED, true, false);
		SeedLoss gone = new SeedLoss(NAME, "public.b", Cause.DROPPED, false, false);
		SeedLoss partial = new SeedLoss(NAME, "public.a", Cause.EMPTIED, true, true);
		List<SeedLoss> losses = switch (lost) {
			case "there" -> List.of(there);
			case "gone" -> List.of(gone);
			case "partial" -> List.of(partial);
			case "both" -> List.of(there, gone);
			default -> List.of();
		};
		return new SeedSnapshot(true, null, entries, () -> BuiltIns.NONE, losses, false);
	}

}
