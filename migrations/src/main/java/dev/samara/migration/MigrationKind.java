package dev.samara.migration;

/**
 * What makes a migration run.
 *
 * @since 0.1.0
 */
public enum MigrationKind {

	/** Runs once, in the order of the versions. */
	VERSIONED,

	/** Runs again whenever it has changed, after the versioned ones. */
	REPEATABLE

}
