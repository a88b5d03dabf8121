package dev.samara.seed;

import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;
import dev.samara.placeholder.BuiltIns;

/**
 * The history as it was read.
 *
 * @param exists whether all tables of Samara's are there
 * @param marker the environment in the marker of the database, or {@code null}
 * @param entries the entries by ascending id
 * @param builtIns what the database knows for placeholders; of a database without a
 * history that takes a query of its own
 * @param losses the tables of seeds that have lost their rows
 * @param isChecksDue whether a migration has changed something since the latest checks
 */
record SeedSnapshot(boolean exists, @Nullable String marker, List<SeedEntry> entries, Supplier<BuiltIns> builtIns,
		List<SeedLoss> losses, boolean isChecksDue) {

	SeedSnapshot {
		entries = List.copyOf(entries);
		losses = List.copyOf(losses);
	}

	SeedSnapshot(boolean exists, @Nullable String marker, List<SeedEntry> entries, Supplier<BuiltIns> builtIns) {
		this(exists, marker, entries, builtIns, List.of(), false);
	}

	SeedSnapshot(boolean exists, @Nullable String marker, List<SeedEntry> entries) {
		this(exists, marker, entries, () -> BuiltIns.NONE);
	}

	/**
	 * Return the environment of the database.
	 * @return that of the marker; where the marker is missing, that of the latest event
	 * which has one; {@code null} if neither is known
	 */
	@Nullable String environment() {
		if (this.marker != null) {
			return this.marker;
		}
		for (int i = this.entries.size() - 1; i >= 0; i--) {
			Environment environment = this.entries.get(i).environment();
			if (environment != null) {
				return environment.name();
			}
		}
		return null;
	}

	/** Return the highest id, 0 if there is no entry. */
	long lastId() {
		return this.entries.isEmpty() ? 0 : this.entries.get(this.entries.size() - 1).id();
	}

	/** Return the outcome of the latest checks, or {@code null} if there were none. */
	@Nullable SeedEntry checks() {
		return this.entries.stream()
			.filter((entry) -> entry.event() == SeedEvent.CHECKS_PASSED || entry.event() == SeedEvent.CHECKS_FAILED)
			.reduce((first, last) -> last)
			.orElse(null);
	}

	boolean hasFailedChecks() {
		SeedEntry checks = checks();
		return checks != null && checks.event() == SeedEvent.CHECKS_FAILED;
	}

	/**
	 * Return how many rows a data seed has inserted since it was last taken back, without
	 * those it has deleted again.
	 * @return the number; {@code null} if the history does not say, as in its first
	 * layout
	 */
	@Nullable Long inserted(String seed) {
		long rows = 0;
		boolean isKnown = true;
		for (SeedEntry entry : this.entries) {
			if (entry.name().equals(seed) && entry.event() == SeedEvent.ROLLED_BACK) {
				rows = 0;
				isKnown = true;
			}
			else if (entry.name().equals(seed) && entry.event() == SeedEvent.APPLIED) {
				isKnown = isKnown && entry.rows() != null;
				rows += (entry.rows() != null) ? entry.rows().inserted() - entry.rows().deleted() : 0;
			}
		}
		return isKnown ? rows : null;
	}

	/**
	 * Return whether a data seed is known to have no rows of its own in the database.
	 */
	boolean hasInsertedNothing(String seed) {
		Long inserted = inserted(seed);
		return inserted != null && inserted <= 0;
	}

	/**
	 * Return whether the history is there, but has an older layout.
	 */
	boolean isOlder() {
		return !this.exists && !this.entries.isEmpty();
	}

	/**
	 * Return whether a run has nothing to write of its own.
	 * @param application the environment of the application, or {@code null}
	 */
	boolean isReadyFor(@Nullable Environment application) {
		return this.exists && (application == null || this.marker != null);
	}

}
