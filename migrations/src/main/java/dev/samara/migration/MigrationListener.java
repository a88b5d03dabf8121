package dev.samara.migration;

/**
 * Told of a run. Called in the thread that migrates, while the lock is held. A
 * {@code before…} method may stop the run by throwing; an exception of the others is
 * logged and changes nothing. Not called when there is nothing to do.
 *
 * @since 0.1.0
 */
public interface MigrationListener {

	/**
	 * Called before the first migration.
	 * @param plan what is going to run
	 */
	default void beforeMigrate(MigrationPlan plan) {
	}

	/**
	 * Called after each migration, when it is committed.
	 * @param result the migration and what it took
	 */
	default void afterEachMigrate(MigrationResult result) {
	}

	/**
	 * Called when all migrations are applied.
	 * @param report what the run has come to
	 */
	default void afterMigrate(MigrationReport report) {
	}

	/**
	 * Called when a migration has failed, before the exception is thrown.
	 * @param failure what failed
	 */
	default void afterMigrateError(MigrationFailedException failure) {
	}

	/**
	 * Called before the first migration is rolled back.
	 * @param plan what is going to run
	 */
	default void beforeRollback(RollbackPlan plan) {
	}

	/**
	 * Called after each migration that was rolled back, when that is committed.
	 * @param result the migration and what it took
	 */
	default void afterEachRollback(RollbackResult result) {
	}

	/**
	 * Called when a rollback is done.
	 * @param report what it has come to
	 */
	default void afterRollback(RollbackReport report) {
	}

	/**
	 * Called when a down script has failed, before the exception is thrown.
	 * @param failure what failed
	 */
	default void afterRollbackError(RollbackFailedException failure) {
	}

}
