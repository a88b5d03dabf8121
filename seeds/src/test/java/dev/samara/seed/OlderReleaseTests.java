package dev.samara.seed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.samara.environment.Application;
import dev.samara.environment.Environment;
import dev.samara.script.Finding;

import static dev.samara.seed.SampleSeeds.resolved;
import static dev.samara.seed.SampleSeeds.seed;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whose text runs when releases or applications disagree about a seed.
 */
class OlderReleaseTests {

	private static final String NAME = "common/001_a.sql";

	/**
	 * Histories are "text by application/version", separated by blanks; "-" is a
	 * rollback.
	 */
	@ParameterizedTest(name = "[{index}] {0}: {1} with {2} in {3}")
	@CsvSource(nullValues = "none", value = {
			// The releases' versions decide, whether the text was applied before or not.
			"A/shop/1 B/shop/2, A/shop/1, prod, FUTURE", "B/shop/2, A/shop/1, prod, FUTURE",
			"B/shop/2, A/shop/1, none, FUTURE", "B/shop/2, A/shop/1, demo, FUTURE", "B/shop/2, B/shop/1, prod, APPLIED",
			"A/shop/1 B/shop/2, A/shop/3, prod, CHANGED", "A/shop/1 B/shop/2, C/shop/3, prod, CHANGED",
			"A/none/1 B/shop/2, A/none/1, prod, FUTURE",
			// Versions that cannot be compared: a text that was replaced is the older
			// one.
			"A/shop/none B/shop/none, A/shop/none, prod, FUTURE", "A/shop/1 B/shop/1, A/shop/1, staging, FUTURE",
			"A/none/none B/none/none, A/none/none, none, FUTURE", "A/shop/none, B/shop/none, prod, CHANGED",
			"A/shop/none B/shop/none A/shop/none, B/shop/none, prod, FUTURE",
			"A/shop/none B/shop/none A/shop/none, A/shop/none, prod, APPLIED",
			"A/shop/none B/shop/none - C/shop/none, A/shop/none, prod, CHANGED",
			"A/shop/none B/shop/none -, A/shop/none, prod, ROLLED_BACK",
			// A developer's change is a change.
			"A/shop/1 B/shop/2, A/shop/1, dev, CHANGED", "A/shop/none B/shop/none, A/shop/none, dev, CHANGED",
			// A failed attempt of a newer release changes nothing for an older one.
			"A/shop/1 B/shop/2 !C/shop/3, A/shop/1, prod, FUTURE", "A/shop/1 !B/shop/2, B/shop/2, prod, FAILED",
			"A/shop/1 !B/shop/2, A/shop/1, prod, APPLIED" })
	void decidesByVersionsAndThenByTheHistory(String history, String release, @Nullable String environment,
			SeedState state) {
		assertThat(planning(release, environment, List.of()).statuses(snapshot(history))).singleElement()
			.extracting(SeedStatus::state)
			.isEqualTo(state);
	}

	@ParameterizedTest(name = "[{index}] {0}: {1}")
	@CsvSource(nullValues = "none", value = { "A/shop/1, B/stock/1, '', true", "A/shop/1, A/stock/1, '', false",
			"A/shop/1, B/none/1, '', false", "A/none/1, B/stock/1, '', false", "A/shop/1, B/stock/1, shop, false",
			"A/shop/1, B/shop/2, '', false", "A/shop/1 B/stock/9, A/shop/1, '', true",
			"A/shop/1 -, B/stock/1, '', false", "A/shop/1, B/stock/1, store, true" })
	void refusesTheTextOfAnotherApplication(String history, String release, String alias, boolean isRefused) {
		for (String environment : List.of("dev", "prod")) {
			List<Finding> errors = planning(release, environment, alias.isEmpty() ? List.of() : List.of(alias))
				.plan(snapshot(history))
				.errors();

			if (isRefused) {
				assertThat(errors).singleElement().satisfies((error) -> {
					assertThat(error.code()).isEqualTo("other-application");
					assertThat(error.message()).contains(NAME, "\"shop\"", "\"stock\"");
					assertThat(error.remedy()).contains("samara.seeds.table", "samara.migrations.schema",
							"samara.seeds.application-aliases=");
				});
			}
			else {
				assertThat(errors).isEmpty();
			}
		}
	}

	@Test
	void runsAnOlderTextOrThatOfAnotherApplicationOnPurpose() {
		SeedPlanning older = planning("A/shop/1", "prod", List.of());
		SeedSnapshot newer = snapshot("A/shop/1 B/shop/2");

		assertThat(older.plan(newer).steps()).isEmpty();
		assertThat(older.plan(newer).warnings()).singleElement().satisfies((warning) -> {
			assertThat(warning.code()).isEqualTo("newer-seed");
			assertThat(warning.message()).contains(NAME, "applied by version 2");
			assertThat(warning.remedy()).contains("SeedSelection.of(\"" + NAME + "\").again()");
		});
		assertThat(older.select(SeedSelection.EVERYTHING_AGAIN).plan(newer).steps()).isEmpty();
		assertThat(older.select(SeedSelection.of(NAME)).plan(newer).steps()).isEmpty();
		assertThat(older.select(SeedSelection.of(NAME).again()).plan(newer).steps()).hasSize(1);

		SeedPlan foreign = planning("B/stock/1", "prod", List.of()).select(SeedSelection.of(NAME).again())
			.plan(snapshot("A/shop/1"));
		assertThat(foreign.findings()).isEmpty();
		assertThat(foreign.steps()).hasSize(1);
	}

	@Test
	void tellsASeedOfANewerReleaseFromOneThatWasRemoved() {
		SeedSnapshot history = snapshot("A/shop/2");

		assertThat(withoutSeeds("1").statuses(history)).extracting(SeedStatus::state).containsExactly(SeedState.FUTURE);
		assertThat(withoutSeeds("3").statuses(history)).extracting(SeedStatus::state)
			.containsExactly(SeedState.ORPHANED);
		assertThat(withoutSeeds("1").plan(history).findings()).isEmpty();
	}

	private static SeedPlanning withoutSeeds(String version) {
		return new SeedPlanning(resolved(), Environment.PROD, null, SeedSelection.PENDING,
				new SeedOwner(new Application("shop", version), Set.of()), false);
	}

	private static SeedPlanning planning(String release, @Nullable String environment, List<String> aliases) {
		String[] parts = release.split("/");
		return new SeedPlanning(resolved(text(parts[0])), (environment != null) ? Environment.of(environment) : null,
				null, SeedSelection.PENDING, new SeedOwner(application(parts), aliases), false);
	}

	private static SeedSnapshot snapshot(String history) {
		List<SeedEntry> entries = new ArrayList<>();
		for (String event : history.split(" ")) {
			String[] parts = event.replace("!", "").split("/");
			if (event.equals("-")) {
				entries.add(entry(entries.size() + 1, SeedEvent.ROLLED_BACK, text("A"), Application.UNKNOWN));
			}
			else {
				entries.add(entry(entries.size() + 1, event.startsWith("!") ? SeedEvent.FAILED : SeedEvent.APPLIED,
						text(parts[0]), application(parts)));
			}
		}
		return new SeedSnapshot(true, null, entries);
	}

	private static Application application(String... parts) {
		return new Application(parts[1].equals("none") ? null : parts[1], parts[2].equals("none") ? null : parts[2]);
	}

	private static Seed text(String text) {
		return seed(NAME, "SELECT '" + text + "'");
	}

	private static SeedEntry entry(long id, SeedEvent event, Seed seed, Application application) {
		return new SeedEntry(id, "00000000-0000-0000-0000-000000000000", event, seed.name(), 1, seed.environment(),
				seed.level(), seed.path(), seed.checksum(), null, 1, "owner", application, Instant.EPOCH, Duration.ZERO,
				null, null, null);
	}

}
