package dev.samara.migration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * The one merge of what the locations hold with what the history says. Status, plan,
 * validation, endpoint and health are views of its result. Pure; O(n log n).
 */
final class MigrationInventory {

	private final Map<MigrationKey, Migration> migrations = new TreeMap<>();

	private final Map<MigrationKey, Recorded> recorded = new TreeMap<>();

	private MigrationInventory(Collection<Migration> migrations, Collection<HistoryEntry> history) {
		migrations.forEach((migration) -> this.migrations.put(migration.key(), migration));
		history.forEach((entry) -> this.recorded.merge(entry.key(), Recorded.of(entry),
				(before, now) -> before.followedBy(entry)));
	}

	/**
	 * Merge.
	 * @param migrations the migrations
	 * @param history the entries, by ascending id
	 * @return a status for each migration that is known to either, in the order they run
	 */
	static List<MigrationStatus> merge(Collection<Migration> migrations, Collection<HistoryEntry> history) {
		return new MigrationInventory(migrations, history).statuses();
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
			Recorded entries = this.recorded.getOrDefault(key, Recorded.NOTHING);
			if (migration != null) {
				statuses.add(new MigrationStatus(key, state(migration, entries, highestApplied), migration,
						entries.applied(), entries.last()));
			}
			else if (entries.leavesSomething()) {
				statuses.add(new MigrationStatus(key, stateWithoutFile(entries, isAbove(key, highestKnown)), null,
						entries.applied(), entries.last()));
			}
		}
		return statuses;
	}

	private static MigrationState state(Migration migration, Recorded entries,
			@Nullable MigrationVersion highestApplied) {
		HistoryEntry applied = entries.applied();
		HistoryEntry last = entries.last();
		if (last != null && last.isPartialRollback()) {
			return MigrationState.ROLLBACK_UNFINISHED;
		}
		boolean isUnfinished = last != null && last.isPartial();
		if (applied != null && !isUnfinished && applied.checksum().equals(migration.script().checksum())) {
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

	private static MigrationState stateWithoutFile(Recorded entries, boolean isAbove) {
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

	/**
	 * The history of one migration, folded.
	 */
	private record Recorded(@Nullable HistoryEntry applied, @Nullable HistoryEntry last) {

		static final Recorded NOTHING = new Recorded(null, null);

		static Recorded of(HistoryEntry entry) {
			return NOTHING.followedBy(entry);
		}

		Recorded followedBy(HistoryEntry entry) {
			return new Recorded(switch (entry.event()) {
				case APPLIED -> entry;
				case ROLLED_BACK -> null;
				default -> this.applied;
			}, entry);
		}

		/** A failed attempt at a transaction leaves nothing; its file may go. */
		boolean leavesSomething() {
			return this.applied != null || (this.last != null && this.last.isPartial());
		}

	}

}
