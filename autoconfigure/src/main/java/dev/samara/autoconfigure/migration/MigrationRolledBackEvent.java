package dev.samara.autoconfigure.migration;

import org.springframework.context.ApplicationEvent;

import dev.samara.migration.RollbackResult;

/**
 * Published when a migration was rolled back: at once, or if that was at the start of the
 * application, when all singletons have been created.
 *
 * @since 0.1.0
 */
public final class MigrationRolledBackEvent extends ApplicationEvent {

	private final transient RollbackResult result;

	/**
	 * Create an event.
	 * @param result the migration and what it took
	 */
	public MigrationRolledBackEvent(RollbackResult result) {
		super(result);
		this.result = result;
	}

	/**
	 * Return what was rolled back.
	 * @return the migration and what it took
	 */
	public RollbackResult getResult() {
		return this.result;
	}

}
