package dev.samara.migration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the run before which just those migrations were applied that are applied at the
 * end of a history. Pure.
 */
final class RunBoundaries {

	private RunBoundaries() {
	}

	/**
	 * Find the run, the latest if there are several.
	 * @param history the entries by ascending id, those of the rollback included
	 * @return its id
	 */
	static Optional<String> runThatBeganLikeThis(List<HistoryEntry> history) {
		Map<MigrationKey, String> now = new HashMap<>();
		history.forEach((entry) -> fold(now, entry));
		Map<MigrationKey, String> applied = new HashMap<>();
		Optional<String> found = Optional.empty();
		String run = "";
		for (HistoryEntry entry : history) {
			if (!entry.runId().equals(run)) {
				run = entry.runId();
				found = applied.equals(now) ? Optional.of(run) : found;
			}
			fold(applied, entry);
		}
		return found;
	}

	private static void fold(Map<MigrationKey, String> applied, HistoryEntry entry) {
		if (entry.event() == HistoryEvent.APPLIED) {
			applied.put(entry.key(), entry.checksum());
		}
		else if (entry.event() == HistoryEvent.ROLLED_BACK) {
			applied.remove(entry.key());
		}
	}

}
