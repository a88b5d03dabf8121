package dev.samara.migration;

/**
 * Told of a run. Called in the thread that migrates, while the lock is held, outside a
 * transaction; the connection that migrates is not to be had. A {@code before…} method
 * may stop the run by throwing; an exception of the others is logged and changes nothing.
 * Not called when there is nothing to do. Callback files of the same event are called
 * after a {@code before…} method and before an {@code after…} method.
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
	 * Called before each migration. What is thrown here ends the run before it; the
	 * migrations before it stay applied.
	 * @param step the migration that runs next
	 */
	default void beforeEachMigrate(PlanStep step) {
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
	 * Called when a run does not end well for which {@link #beforeMigrate} was called,
	 * before the exception is thrown.
	 * @param failure a {@link MigrationFailedException}; a
	 * {@link dev.samara.lock.LeaseLostException} if another instance may be working
	 * already; a {@link CallbackFailedException}; or what a listener has thrown
	 */
	default void afterMigrateError(RuntimeException failure) {
	}

	/**
	 * Called before the first migration is rolled back.
	 * @param plan what is going to run
	 */
	default void beforeRollback(RollbackPlan plan) {
	}

	/**
	 * Called before each migration that is to be rolled back. What is thrown here ends
	 * the rollback before it; what was rolled back before stays so.
	 * @param step the migration that is rolled back next
	 */
	default void beforeEachRollback(RollbackStep step) {
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
	 * Called when a rollback does not end well for which {@link #beforeRollback} was
	 * called, before the exception is thrown.
	 * @param failure a {@link RollbackFailedException}, or one of the others of
	 * {@link #afterMigrateError}
	 */
	default void afterRollbackError(RuntimeException failure) {
	}

}
