package dev.samara.autoconfigure.seed;

import org.springframework.core.Ordered;

import dev.samara.autoconfigure.StartupEvents;
import dev.samara.seed.SeedFailedException;
import dev.samara.seed.SeedListener;
import dev.samara.seed.SeedResult;

/**
 * Publishes what happens to seeds as events of the application. Last of the listeners.
 */
final class SeedEvents implements SeedListener, Ordered {

	private final StartupEvents events;

	SeedEvents(StartupEvents events) {
		this.events = events;
	}

	@Override
	public void afterEachSeed(SeedResult result) {
		this.events.publish(new SeedAppliedEvent(result));
	}

	@Override
	public void afterSeedError(SeedFailedException failure) {
		this.events.publish(new SeedFailedEvent(failure));
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

}
