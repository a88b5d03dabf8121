package dev.samara.seed;

import java.util.Arrays;
import java.util.List;

/**
 * Which seeds are taken back, and how far that may go.
 *
 * @param names the seeds, by name
 * @param isCascading whether rows of others that point to rows of a data seed are deleted
 * as well
 * @since 0.1.0
 */
public record SeedRollback(List<String> names, boolean isCascading) {

	/**
	 * Create a request.
	 */
	public SeedRollback {
		names = List.copyOf(names);
		if (names.isEmpty()) {
			throw new IllegalArgumentException("At least one seed must be named");
		}
	}

	/**
	 * Take seeds back, and nothing that belongs to others.
	 * @param names their names, as in {@code dev/002_customers.csv}; the extension may be
	 * left out
	 * @return the request
	 */
	public static SeedRollback of(String... names) {
		return new SeedRollback(Arrays.asList(names), false);
	}

	/**
	 * Delete also what points to the rows of data seeds, and what points to that. Refused
	 * in production.
	 * @return such a request
	 */
	public SeedRollback cascade() {
		return new SeedRollback(this.names, true);
	}

}
