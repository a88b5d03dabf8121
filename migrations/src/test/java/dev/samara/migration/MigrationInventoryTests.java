package dev.samara.migration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.samara.script.Directives;
import dev.samara.script.Finding;
import dev.samara.script.Script;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The merge and the plan that follows from it, without a database.
 */
class MigrationInventoryTests {

	private final List<Migration> migrations = new ArrayList<>();

	private final List<HistoryEntry> history = new ArrayList<>();

	@Test
	void ordersVersionsBeforeRepeatables() {
		file("R:b", "x");
		file("2", "x");
		file("10", "x");
		file("R:a", "x");

		assertThat(statuses()).containsExactly("2 PENDING", "10 PENDING", "R:a PENDING", "R:b PENDING");
	}

	@Test
	void tellsAppliedChangedMissingAndFuture() {
		file("1", "same");
		file("2", "edited");
		file("4", "same");
		entry("1", HistoryEvent.APPLIED, "same");
		entry("2", HistoryEvent.APPLIED, "before");
		entry("3", HistoryEvent.APPLIED, "gone");
		entry("4", HistoryEvent.APPLIED, "same");
		entry("5", HistoryEvent.APPLIED, "newer");

		assertThat(statuses()).containsExactly("1 APPLIED", "2 CHANGED", "3 MISSING", "4 APPLIED", "5 FUTURE");
		assertThat(findings(OutOfOrder.FAIL)).containsExactly("ERROR checksum-changed", "ERROR missing",
				"WARNING future");
	}

	@Test
	void tellsFailedFromInterrupted() {
		file("1", "x");
		file("2", "x");
		file("3", "x");
		entry("1", HistoryEvent.FAILED, "x");
		entry("2", HistoryEvent.STARTED, "x");
		entry("3", HistoryEvent.STARTED, "x");
		entry("3", HistoryEvent.FAILED, "x");

		assertThat(statuses()).containsExactly("1 FAILED", "2 INTERRUPTED", "3 FAILED");
		assertThat(plan(OutOfOrder.FAIL).steps()).extracting(PlanStep::reason)
			.containsExactly("the last attempt failed", "the last attempt is not finished", "the last attempt failed");
	}

	@Test
	void forgetsAFailedTransactionWhoseFileIsGone() {
		entry("1", HistoryEvent.FAILED, "x");
		entry("2", HistoryEvent.STARTED, "x");
		file("3", "x");

		assertThat(statuses()).containsExactly("2 MISSING", "3 PENDING");
	}

	@Test
	void treatsWhatIsBelowTheHighestAppliedByPolicy() {
		file("1", "x");
		file("2", "x");
		file("3", "x");
		entry("2", HistoryEvent.APPLIED, "x");
		entry("1", HistoryEvent.FAILED, "x");

		assertThat(statuses()).containsExactly("1 FAILED", "2 APPLIED", "3 PENDING");
		assertThat(findings(OutOfOrder.FAIL)).containsExactly("ERROR out-of-order");
		assertThat(findings(OutOfOrder.WARN)).containsExactly("WARNING out-of-order");
		assertThat(findings(OutOfOrder.ALLOW)).isEmpty();
		assertThat(plan(OutOfOrder.ALLOW).steps()).hasSize(2);
	}

	@Test
	void appliesAChangedRepeatableAgainAndForgivesAnAttemptThatWasTakenBack() {
		file("R:a", "new");
		file("R:b", "old");
		file("R:c", "broken");
		entry("R:a", HistoryEvent.APPLIED, "old");
		entry("R:b", HistoryEvent.APPLIED, "old");
		entry("R:b", HistoryEvent.FAILED, "broken");
		entry("R:c", HistoryEvent.APPLIED, "old");
		entry("R:c", HistoryEvent.FAILED, "broken");
		entry("R:d", HistoryEvent.APPLIED, "old");

		assertThat(statuses()).containsExactly("R:a OUTDATED", "R:b APPLIED", "R:c FAILED", "R:d MISSING");
		assertThat(findings(OutOfOrder.FAIL)).containsExactly("WARNING missing");
	}

	@Test
	void mergesThousandsInNoTime() {
		for (int i = 1; i <= 20_000; i++) {
			file(String.valueOf(i), "x");
			entry(String.valueOf(i), HistoryEvent.APPLIED, "x");
		}

		assertThat(plan(OutOfOrder.FAIL).isEmpty()).isTrue();
	}

	private List<String> statuses() {
		return MigrationInventory.merge(this.migrations, this.history, null)
			.stream()
			.map((status) -> status.key() + " " + status.state())
			.toList();
	}

	private List<String> findings(OutOfOrder outOfOrder) {
		return plan(outOfOrder).findings().stream().map(MigrationInventoryTests::text).toList();
	}

	private static String text(Finding finding) {
		return finding.severity() + " " + finding.code();
	}

	private MigrationPlan plan(OutOfOrder outOfOrder) {
		return MigrationPlanner.plan(MigrationInventory.merge(this.migrations, this.history, null), outOfOrder,
				MigrationTarget.LATEST);
	}

	private void file(String key, String checksum) {
		MigrationKey parsed = key(key);
		Script script = new Script("db/" + key + ".sql", "SELECT 1", checksum, Directives.NONE);
		this.migrations
			.add(new Migration((parsed.version() != null) ? MigrationKind.VERSIONED : MigrationKind.REPEATABLE,
					parsed.version(), parsed.name(), new MigrationContent.Sql(script), null, null, Set.of()));
	}

	private void entry(String key, HistoryEvent event, String checksum) {
		this.history.add(
				new HistoryEntry(this.history.size() + 1, "run", event, key(key), key(key).name(), "db/" + key + ".sql",
						checksum, 0, 1, null, "somebody", Instant.EPOCH, Duration.ZERO, null, null, null));
	}

	private static MigrationKey key(String text) {
		return text.startsWith("R:") ? MigrationKey.of(null, text.substring(2))
				: MigrationKey.of(MigrationVersion.of(text), "");
	}

}
