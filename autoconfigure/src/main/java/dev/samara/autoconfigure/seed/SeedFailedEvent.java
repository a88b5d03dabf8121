package dev.samara.autoconfigure.seed;

import org.springframework.context.ApplicationEvent;

import dev.samara.seed.SeedFailedException;

/**
 * Published when a seed has failed. When the application cannot start for that reason,
 * only an {@code ApplicationListener} gets it, not a method {@code @EventListener}.
 *
 * @since 0.1.0
 */
public final class SeedFailedEvent extends ApplicationEvent {

	private final transient SeedFailedException failure;

	/**
	 * Create an event.
	 * @param failure which seed, where and why
	 */
	public SeedFailedEvent(SeedFailedException failure) {
		super(failure);
		this.failure = failure;
	}

	/**
	 * Return why.
	 * @return which seed, where and why
	 */
	public SeedFailedException getFailure() {
		return this.failure;
	}

}
