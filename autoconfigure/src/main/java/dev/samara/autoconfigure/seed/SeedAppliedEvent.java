package dev.samara.autoconfigure.seed;

import org.springframework.context.ApplicationEvent;

import dev.samara.seed.SeedResult;

/**
 * Published when a seed was applied: at once, or if that was at the start of the
 * application, when all singletons have been created.
 *
 * @since 0.1.0
 */
public final class SeedAppliedEvent extends ApplicationEvent {

	private final transient SeedResult result;

	/**
	 * Create an event.
	 * @param result the seed and what it took
	 */
	public SeedAppliedEvent(SeedResult result) {
		super(result);
		this.result = result;
	}

	/**
	 * Return what was applied.
	 * @return the seed and what it took
	 */
	public SeedResult getResult() {
		return this.result;
	}

}
