package dev.samara.migration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;

/**
 * The one merge of what the locations hold with what the history says. Status, plan,
 * validation, endpoint and health are views of its result. Pure; O(n log n).
 */
final class MigrationInventory {

	private final Map<MigrationKey, Migration> migrations = new TreeMap<>();

	private final Map<MigrationKey, RecordedMigration> recorded = new TreeMap<>();

	private final long lastRollback;

	private final @Nullable Environment environment;

	private MigrationInventory(Collection<Migration> migrations, Collection<HistoryEntry> history,
			@Nullable Environment environment) {
		this.environment = environment;
		migrations.forEach((migration) -> this.migrations.put(migration.key(), migration));
		history.forEach((entry) -> this.recorded.merge(entry.key(), RecordedMigration.of(entry),
				(before, now) -> before.followedBy(entry)));
		this.lastRollback = history.stream()
			.filter((entry) -> entry.event() == HistoryEvent.ROLLED_BACK && entry.key().version() != null)
			.mapToLong(HistoryEntry::id)
			.max()
			.orElse(0);
	}

	/**
	 * Merge.
	 * @param migrations the migrations
	 * @param history the entries, by ascending id
	 * @param environment the environment of the application, or {@code null} if it has
	 * none
	 * @return a status for each migration that is known to either, in the order they run
	 */
	static List<MigrationStatus> merge(Collection<Migration> migrations, Collection<HistoryEntry> history,
			@Nullable Environment environment) {
		return new MigrationInventory(migrations, history, environment).statuses();
	}

	private List<MigrationStatus> statuses() {
		MigrationVersion highestApplied = highest(this.recorded.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().applied() != null)
			.map(Map.Entry::getKey)
			.toList());
		MigrationVersion highestKnown = highest(this.migrations.keySet());
		TreeSet<MigrationKey> keys = new TreeSet<>(this.migrations.keySet());
		keys.addAll(this.recorded.keySet());
		List<MigrationStatus> statuses = new ArrayList<>(keys.size());
		for (MigrationKey key : keys) {
			Migration migration = this.migrations.get(key);
			RecordedMigration entries = this.recorded.getOrDefault(key, RecordedMigration.NOTHING);
			if (migration != null) {
				MigrationState state = state(migration, entries, highestApplied);
				boolean isElsewhere = state.isToDo() && !entries.isHalfDone() && !migration.isFor(this.environment);
				statuses.add(new MigrationStatus(key, isElsewhere ? MigrationState.NOT_FOR_ENVIRONMENT : state,
						migration, entries.applied(), entries.last()));
			}
			else if (entries.leavesSomething()) {
				statuses.add(new MigrationStatus(key, stateWithoutFile(entries, isAbove(key, highestKnown)), null,
						entries.applied(), entries.last()));
			}
		}
		return statuses;
	}

	private MigrationState state(Migration migration, RecordedMigration entries,
			@Nullable MigrationVersion highestApplied) {
		HistoryEntry applied = entries.applied();
		HistoryEntry last = entries.last();
		if (last != null && last.isPartialRollback()) {
			return MigrationState.ROLLBACK_UNFINISHED;
		}
		boolean isUnfinished = last != null && last.isPartial();
		if (applied != null && !isUnfinished && applied.checksum().equals(migration.checksum())
				&& (migration.isVersioned() || applied.id() > this.lastRollback)) {
			return MigrationState.APPLIED;
		}
		if (applied != null && migration.isVersioned()) {
			return MigrationState.CHANGED;
		}
		if (last != null && last.event() == HistoryEvent.FAILED) {
			return MigrationState.FAILED;
		}
		if (isUnfinished) {
			return MigrationState.INTERRUPTED;
		}
		if (last != null && last.event() == HistoryEvent.ROLLED_BACK) {
			return MigrationState.ROLLED_BACK;
		}
		if (applied != null) {
			return MigrationState.OUTDATED;
		}
		return (highestApplied != null && migration.version() != null
				&& migration.version().compareTo(highestApplied) < 0) ? MigrationState.OUT_OF_ORDER
						: MigrationState.PENDING;
	}

	private static MigrationState stateWithoutFile(RecordedMigration entries, boolean isAbove) {
		if (entries.last() != null && entries.last().isPartialRollback()) {
			return MigrationState.ROLLBACK_UNFINISHED;
		}
		return isAbove ? MigrationState.FUTURE : MigrationState.MISSING;
	}

	private static boolean isAbove(MigrationKey key, @Nullable MigrationVersion highestKnown) {
		return key.version() != null && (highestKnown == null || key.version().compareTo(highestKnown) > 0);
	}

	private static @Nullable MigrationVersion highest(Collection<MigrationKey> ascending) {
		MigrationVersion highest = null;
		for (MigrationKey key : ascending) {
			highest = (key.version() != null) ? key.version() : highest;
		}
		return highest;
	}

}
