package dev.samara.migration;

/**
 * What happens when a schema contains objects, but no history of Samara's.
 *
 * @since 0.1.0
 */
public enum OnNonEmpty {

	/** Nothing runs. */
	FAIL,

	/** All migrations run, from the first one on. */
	MIGRATE

}
