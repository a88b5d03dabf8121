package dev.samara.seed;

import java.util.Arrays;
import java.util.List;

/**
 * Which seeds a run is for. Whatever is selected, a seed that is not for the environment
 * or the level never runs.
 *
 * @param names the seeds, by name; empty for all of them
 * @param isAgain whether they also run if they are applied and unchanged, or if they are
 * named and a newer release or another application has applied another text; what they
 * depend on does not
 * @since 0.1.0
 */
public record SeedSelection(List<String> names, boolean isAgain) {

	/** All seeds that are to be applied: what an application does at its start. */
	public static final SeedSelection PENDING = new SeedSelection(List.of(), false);

	/** All seeds, also those that are applied and unchanged. */
	public static final SeedSelection EVERYTHING_AGAIN = new SeedSelection(List.of(), true);

	/**
	 * Create a selection.
	 */
	public SeedSelection {
		names = List.copyOf(names);
	}

	/**
	 * Select seeds, together with what they depend on. They run if they are to be
	 * applied.
	 * @param names their names, as in {@code dev/002_customers.csv}; the extension may be
	 * left out
	 * @return the selection
	 */
	public static SeedSelection of(String... names) {
		if (names.length == 0) {
			throw new IllegalArgumentException("At least one seed must be named");
		}
		return new SeedSelection(Arrays.asList(names), false);
	}

	/**
	 * Run them also if they are applied and unchanged. Seeds that are named also run
	 * where that overwrites what a newer release or another application has applied.
	 * @return such a selection
	 */
	public SeedSelection again() {
		return new SeedSelection(this.names, true);
	}

}
