package dev.samara.seed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;

/**
 * The one merge of what the locations hold with what the history says. Status, plan and
 * endpoint are views of its result. Pure; O(n log n).
 */
final class SeedInventory {

	private final SeedGuard guard;

	private final SeedLevel level;

	private final SeedOwner owner;

	private final Map<String, List<SeedLoss>> losses;

	private final Map<String, Recorded> recorded = new TreeMap<>();

	private SeedInventory(SeedGuard guard, SeedLevel level, SeedOwner owner, SeedSnapshot history) {
		this.guard = guard;
		this.level = level;
		this.owner = owner;
		this.losses = history.losses().stream().collect(Collectors.groupingBy(SeedLoss::seed));
		history.entries()
			.forEach((entry) -> this.recorded.merge(entry.name(), Recorded.of(entry),
					(before, now) -> before.followedBy(entry)));
	}

	/**
	 * Merge.
	 * @param seeds the seeds, in the order they run
	 * @param history the history, and what was lost of what it records
	 * @param guard which seeds may run
	 * @param level the level of the run
	 * @param owner the application that seeds
	 * @return a status for each seed, in the order they run; those without a file last
	 */
	static List<SeedStatus> merge(Collection<Seed> seeds, SeedSnapshot history, SeedGuard guard, SeedLevel level,
			SeedOwner owner) {
		return new SeedInventory(guard, level, owner, history).statuses(seeds);
	}

	private List<SeedStatus> statuses(Collection<Seed> seeds) {
		List<SeedStatus> statuses = new ArrayList<>(seeds.size());
		for (Seed seed : seeds) {
			Recorded entries = this.recorded.remove(seed.name());
			entries = (entries != null) ? entries : Recorded.NOTHING;
			statuses.add(new SeedStatus(seed.name(), seed.environment(), seed.level(), state(seed, entries), seed,
					entries.applied(), entries.last(), describe(lossesOf(seed, entries))));
		}
		this.recorded.forEach((name, entries) -> {
			SeedEntry applied = entries.applied();
			if (applied != null) {
				statuses.add(new SeedStatus(name, applied.folder(), applied.level(),
						isOlderThan(applied) ? SeedState.FUTURE : SeedState.ORPHANED, null, applied, entries.last(),
						null));
			}
		});
		return statuses;
	}

	private SeedState state(Seed seed, Recorded entries) {
		if (!this.guard.admits(seed.environment())) {
			return SeedState.NOT_FOR_ENVIRONMENT;
		}
		List<SeedLoss> lost = lossesOf(seed, entries);
		boolean isUnchanged = isUnchanged(seed, entries);
		if (isUnchanged && lost.isEmpty()) {
			return SeedState.APPLIED;
		}
		if (!this.level.includes(seed.level())) {
			return SeedState.NOT_AT_LEVEL;
		}
		if (isUnchanged && !canRunAgain(lost)) {
			return SeedState.INCOMPLETE;
		}
		if (entries.applied() != null && !canRunAgain(lost)
				&& isSuperseded(seed, entries.applied(), entries.replaced())) {
			return SeedState.FUTURE;
		}
		if (entries.last() != null && entries.last().event() == SeedEvent.FAILED) {
			return SeedState.FAILED;
		}
		if (entries.last() != null && entries.last().event() == SeedEvent.ROLLED_BACK) {
			return SeedState.ROLLED_BACK;
		}
		return (entries.applied() != null && !isUnchanged) ? SeedState.CHANGED : SeedState.PENDING;
	}

	private static boolean isUnchanged(Seed seed, Recorded entries) {
		return entries.applied() != null && (seed.isOnce() || entries.applied().checksum().equals(seed.checksum()));
	}

	private List<SeedLoss> lossesOf(Seed seed, Recorded entries) {
		return (entries.applied() != null) ? this.losses.getOrDefault(seed.name(), List.of()) : List.of();
	}

	/**
	 * Decide whether a seed can fill again what was lost: the tables exist, and it would
	 * not insert rows that other tables of it still have.
	 */
	private static boolean canRunAgain(List<SeedLoss> lost) {
		return !lost.isEmpty() && lost.stream().allMatch((loss) -> loss.isThere() && !loss.isPartial());
	}

	private static @Nullable String describe(List<SeedLoss> lost) {
		return lost.isEmpty() ? null : SeedLoss.describe(lost);
	}

	/**
	 * Decide whether another text has taken the place of a seed's own. The versions of
	 * the releases decide; where they do not, a text that was applied before and then
	 * replaced is the older one.
	 */
	private boolean isSuperseded(Seed seed, SeedEntry applied, Set<String> replaced) {
		if (isDevelopment() || this.owner.isOther(applied)) {
			return false;
		}
		return switch (this.owner.orderTo(applied)) {
			case OLDER -> true;
			case NEWER -> false;
			case UNKNOWN -> replaced.contains(seed.checksum());
		};
	}

	private boolean isOlderThan(SeedEntry applied) {
		return !isDevelopment() && !this.owner.isOther(applied) && this.owner.orderTo(applied) == ReleaseOrder.OLDER;
	}

	/** A developer who restores an older text wants to see it applied. */
	private boolean isDevelopment() {
		return Environment.DEV.equals(this.guard.environment());
	}

	/**
	 * The history of one seed, folded.
	 *
	 * @param applied the entry by which it was last applied, unless it was rolled back
	 * @param last its latest entry
	 * @param replaced checksums that were applied before that of {@code applied}
	 */
	private record Recorded(@Nullable SeedEntry applied, @Nullable SeedEntry last, Set<String> replaced) {

		static final Recorded NOTHING = new Recorded(null, null, Set.of());

		static Recorded of(SeedEntry entry) {
			return NOTHING.followedBy(entry);
		}

		Recorded followedBy(SeedEntry entry) {
			return switch (entry.event()) {
				case APPLIED -> new Recorded(entry, entry, replacedBy(entry));
				case ROLLED_BACK -> new Recorded(null, entry, Set.of());
				case FAILED, ROLLBACK_FAILED -> new Recorded(this.applied, entry, this.replaced);
				// They are of all seeds together.
				case CHECKS_PASSED, CHECKS_FAILED -> this;
			};
		}

		private Set<String> replacedBy(SeedEntry entry) {
			if (this.applied == null || this.applied.checksum().equals(entry.checksum())) {
				return this.replaced;
			}
			Set<String> checksums = new HashSet<>(this.replaced);
			checksums.add(this.applied.checksum());
			checksums.remove(entry.checksum());
			return checksums;
		}

	}

}
