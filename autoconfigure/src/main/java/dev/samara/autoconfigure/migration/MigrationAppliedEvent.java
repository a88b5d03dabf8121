package dev.samara.autoconfigure.migration;

import org.springframework.context.ApplicationEvent;

import dev.samara.migration.MigrationResult;

/**
 * Published when a migration was applied: at once, or if that was at the start of the
 * application, when all singletons have been created.
 *
 * @since 0.1.0
 */
public final class MigrationAppliedEvent extends ApplicationEvent {

	private final transient MigrationResult result;

	/**
	 * Create an event.
	 * @param result the migration and what it took
	 */
	public MigrationAppliedEvent(MigrationResult result) {
		super(result);
		this.result = result;
	}

	/**
	 * Return what was applied.
	 * @return the migration and what it took
	 */
	public MigrationResult getResult() {
		return this.result;
	}

}
