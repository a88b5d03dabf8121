package dev.samara.migration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the run before which just those migrations were applied that are applied at the
 * end of a history, and none was half applied, neither then nor now. Pure.
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
		Fold now = new Fold();
		history.forEach(now::add);
		if (!now.isWhole()) {
			return Optional.empty();
		}
		Map<MigrationKey, String> applied = now.applied();
		Fold then = new Fold();
		Optional<String> found = Optional.empty();
		String run = "";
		for (HistoryEntry entry : history) {
			if (!entry.runId().equals(run)) {
				run = entry.runId();
				found = then.isSameAs(applied) ? Optional.of(run) : found;
			}
			then.add(entry);
		}
		return found;
	}

	/**
	 * What is applied at a point of the history, and what is half applied.
	 */
	private static final class Fold {

		private final Map<MigrationKey, RecordedMigration> migrations = new HashMap<>();

		void add(HistoryEntry entry) {
			this.migrations.merge(entry.key(), RecordedMigration.of(entry), (before, now) -> before.followedBy(entry));
		}

		boolean isSameAs(Map<MigrationKey, String> applied) {
			return isWhole() && applied().equals(applied);
		}

		boolean isWhole() {
			return this.migrations.values().stream().noneMatch(RecordedMigration::isHalfDone);
		}

		Map<MigrationKey, String> applied() {
			Map<MigrationKey, String> applied = new HashMap<>();
			this.migrations.forEach((key, recorded) -> {
				if (recorded.applied() != null) {
					applied.put(key, recorded.applied().checksum());
				}
			});
			return applied;
		}

	}

}
