package dev.samara.seed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The one merge of what the locations hold with what the history says. Status, plan and
 * endpoint are views of its result. Pure; O(n log n).
 */
final class SeedInventory {

	private final SeedGuard guard;

	private final SeedLevel level;

	private final Map<String, Recorded> recorded = new TreeMap<>();

	private SeedInventory(SeedGuard guard, SeedLevel level, Collection<SeedEntry> history) {
		this.guard = guard;
		this.level = level;
		history.forEach((entry) -> this.recorded.merge(entry.name(), Recorded.of(entry),
				(before, now) -> before.followedBy(entry)));
	}

	/**
	 * Merge.
	 * @param seeds the seeds, in the order they run
	 * @param history the entries, by ascending id
	 * @param guard which seeds may run
	 * @param level the level of the run
	 * @return a status for each seed, in the order they run; those without a file last
	 */
	static List<SeedStatus> merge(Collection<Seed> seeds, Collection<SeedEntry> history, SeedGuard guard,
			SeedLevel level) {
		return new SeedInventory(guard, level, history).statuses(seeds);
	}

	private List<SeedStatus> statuses(Collection<Seed> seeds) {
		List<SeedStatus> statuses = new ArrayList<>(seeds.size());
		for (Seed seed : seeds) {
			Recorded entries = this.recorded.remove(seed.name());
			entries = (entries != null) ? entries : Recorded.NOTHING;
			statuses.add(new SeedStatus(seed.name(), seed.environment(), seed.level(), state(seed, entries), seed,
					entries.applied(), entries.last()));
		}
		this.recorded.forEach((name, entries) -> {
			SeedEntry applied = entries.applied();
			if (applied != null) {
				statuses.add(new SeedStatus(name, applied.folder(), applied.level(), SeedState.ORPHANED, null, applied,
						entries.last()));
			}
		});
		return statuses;
	}

	private SeedState state(Seed seed, Recorded entries) {
		if (!this.guard.admits(seed.environment())) {
			return SeedState.NOT_FOR_ENVIRONMENT;
		}
		if (entries.applied() != null && (seed.isOnce() || entries.applied().checksum().equals(seed.checksum()))) {
			return SeedState.APPLIED;
		}
		if (!this.level.includes(seed.level())) {
			return SeedState.NOT_AT_LEVEL;
		}
		if (entries.last() != null && entries.last().event() == SeedEvent.FAILED) {
			return SeedState.FAILED;
		}
		if (entries.last() != null && entries.last().event() == SeedEvent.ROLLED_BACK) {
			return SeedState.ROLLED_BACK;
		}
		return (entries.applied() != null) ? SeedState.CHANGED : SeedState.PENDING;
	}

	/**
	 * The history of one seed, folded.
	 */
	private record Recorded(@Nullable SeedEntry applied, @Nullable SeedEntry last) {

		static final Recorded NOTHING = new Recorded(null, null);

		static Recorded of(SeedEntry entry) {
			return NOTHING.followedBy(entry);
		}

		Recorded followedBy(SeedEntry entry) {
			return switch (entry.event()) {
				case APPLIED -> new Recorded(entry, entry);
				case ROLLED_BACK -> new Recorded(null, entry);
				case FAILED, ROLLBACK_FAILED -> new Recorded(this.applied, entry);
				// They are of all seeds together.
				case CHECKS_PASSED, CHECKS_FAILED -> this;
			};
		}

	}

}
