package dev.samara.autoconfigure.migration;

import org.springframework.context.ApplicationEvent;

/**
 * Published when a run or a rollback that has begun does not end well. When the
 * application cannot start for that reason, only an {@code ApplicationListener} gets it,
 * not a method {@code @EventListener}.
 *
 * @since 0.1.0
 */
public final class MigrationFailedEvent extends ApplicationEvent {

	private final transient RuntimeException failure;

	/**
	 * Create an event.
	 * @param failure what has ended the run, usually a
	 * {@link dev.samara.migration.MigrationFailedException} or a
	 * {@link dev.samara.migration.RollbackFailedException}
	 */
	public MigrationFailedEvent(RuntimeException failure) {
		super(failure);
		this.failure = failure;
	}

	/**
	 * Return why.
	 * @return what has ended the run, usually a
	 * {@link dev.samara.migration.MigrationFailedException} or a
	 * {@link dev.samara.migration.RollbackFailedException}
	 */
	public RuntimeException getFailure() {
		return this.failure;
	}

}
