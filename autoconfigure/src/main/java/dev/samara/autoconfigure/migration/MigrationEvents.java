package dev.samara.autoconfigure.migration;

import org.springframework.core.Ordered;

import dev.samara.autoconfigure.StartupEvents;
import dev.samara.migration.MigrationListener;
import dev.samara.migration.MigrationResult;
import dev.samara.migration.RollbackResult;

/**
 * Publishes what happens to migrations as events of the application. Last of the
 * listeners.
 */
final class MigrationEvents implements MigrationListener, Ordered {

	private final StartupEvents events;

	MigrationEvents(StartupEvents events) {
		this.events = events;
	}

	@Override
	public void afterEachMigrate(MigrationResult result) {
		this.events.publish(new MigrationAppliedEvent(result));
	}

	@Override
	public void afterMigrateError(RuntimeException failure) {
		this.events.publish(new MigrationFailedEvent(failure));
	}

	@Override
	public void afterEachRollback(RollbackResult result) {
		this.events.publish(new MigrationRolledBackEvent(result));
	}

	@Override
	public void afterRollbackError(RuntimeException failure) {
		this.events.publish(new MigrationFailedEvent(failure));
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

}
