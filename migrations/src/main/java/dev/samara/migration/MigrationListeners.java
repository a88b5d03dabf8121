package dev.samara.migration;

import java.util.List;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Several listeners as one, which holds to the contract: what throws before a run stops
 * it, what throws later is logged.
 */
final class MigrationListeners implements MigrationListener {

	private static final Log logger = LogFactory.getLog(MigrationListeners.class);

	private final List<MigrationListener> listeners;

	MigrationListeners(List<MigrationListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	@Override
	public void beforeMigrate(MigrationPlan plan) {
		this.listeners.forEach((listener) -> listener.beforeMigrate(plan));
	}

	@Override
	public void beforeEachMigrate(PlanStep step) {
		this.listeners.forEach((listener) -> listener.beforeEachMigrate(step));
	}

	@Override
	public void afterEachMigrate(MigrationResult result) {
		tell((listener) -> listener.afterEachMigrate(result));
	}

	@Override
	public void afterMigrate(MigrationReport report) {
		tell((listener) -> listener.afterMigrate(report));
	}

	@Override
	public void afterMigrateError(RuntimeException failure) {
		tell((listener) -> listener.afterMigrateError(failure));
	}

	@Override
	public void beforeRollback(RollbackPlan plan) {
		this.listeners.forEach((listener) -> listener.beforeRollback(plan));
	}

	@Override
	public void beforeEachRollback(RollbackStep step) {
		this.listeners.forEach((listener) -> listener.beforeEachRollback(step));
	}

	@Override
	public void afterEachRollback(RollbackResult result) {
		tell((listener) -> listener.afterEachRollback(result));
	}

	@Override
	public void afterRollback(RollbackReport report) {
		tell((listener) -> listener.afterRollback(report));
	}

	@Override
	public void afterRollbackError(RuntimeException failure) {
		tell((listener) -> listener.afterRollbackError(failure));
	}

	private void tell(Consumer<MigrationListener> call) {
		for (MigrationListener listener : this.listeners) {
			try {
				call.accept(listener);
			}
			catch (RuntimeException ex) {
				logger.warn("Migration listener " + listener.getClass().getName()
						+ " failed; what was migrated stays as it is", ex);
			}
		}
	}

}
