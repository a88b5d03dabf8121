package dev.samara.seed.data;

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

	@Override
	public String toString() {
		return this.inserted + " inserted, " + this.updated + " updated, " + this.unchanged + " unchanged, "
				+ this.deleted + " deleted";
	}

}
