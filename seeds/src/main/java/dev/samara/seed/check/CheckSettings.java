package dev.samara.seed.check;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is checked beside the check files, and how.
 *
 * @param onFailure what a failed check does after seeding
 * @param timeout longest time of one check; zero means no limit
 * @param queries queries that must return nothing, by name
 * @param rows expected numbers of rows, such as {@code shop.customer >= 12}
 * @param foreignKeys whether to look for rows whose foreign key points to nothing
 * @since 0.1.0
 */
public record CheckSettings(OnFailure onFailure, Duration timeout, Map<String, String> queries, List<String> rows,
		boolean foreignKeys) {

	/** Longest time of one check unless configured otherwise. */
	public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

	/** Check files only, and a failed one is an error. */
	public static final CheckSettings DEFAULT = new CheckSettings(OnFailure.FAIL, DEFAULT_TIMEOUT, Map.of(), List.of(),
			false);

	/**
	 * Return whether there are checks beside those of files.
	 * @return whether any is configured
	 */
	public boolean isAnyConfigured() {
		return !this.queries.isEmpty() || !this.rows.isEmpty() || this.foreignKeys;
	}

	/**
	 * Create settings.
	 */
	public CheckSettings {
		queries = Map.copyOf(queries);
		rows = List.copyOf(rows);
	}

	/**
	 * What a failed check does after seeding.
	 */
	public enum OnFailure {

		/** The run fails. What was seeded stays. */
		FAIL,

		/** A warning in the log. */
		WARN

	}

}
