package dev.samara.seed.data;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What loading a file has done to its table.
 *
 * @param inserted rows that are new
 * @param updated rows that were there and have changed
 * @param unchanged rows that were left as they are
 * @param deleted rows that had left the file
 * @since 0.1.0
 */
public record RowCounts(long inserted, long updated, long unchanged, long deleted) {

	/**
	 * Return how many rows have changed.
	 * @return rows inserted, updated and deleted
	 */
	public long changed() {
		return this.inserted + this.updated + this.deleted;
	}

	/**
	 * Add what was done to other rows.
	 * @param other the other counts
	 * @return the sums
	 */
	public RowCounts plus(RowCounts other) {
		return new RowCounts(this.inserted + other.inserted, this.updated + other.updated,
				this.unchanged + other.unchanged, this.deleted + other.deleted);
	}

	/**
	 * Return the counts that are not zero, {@code 9 inserted, 3 unchanged} for example.
	 */
	@Override
	public String toString() {
		String counts = Stream
			.of(named(this.inserted, "inserted"), named(this.updated, "updated"), named(this.unchanged, "unchanged"),
					named(this.deleted, "deleted"))
			.filter((count) -> !count.isEmpty())
			.collect(Collectors.joining(", "));
		return counts.isEmpty() ? "none" : counts;
	}

	private static String named(long count, String what) {
		return (count == 0) ? "" : count + " " + what;
	}

}
