package dev.samara.seed;

import java.util.List;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Several listeners as one, which holds to the contract: what throws before a run stops
 * it, what throws later is logged.
 */
final class SeedListeners implements SeedListener {

	private static final Log logger = LogFactory.getLog(SeedListeners.class);

	private final List<SeedListener> listeners;

	SeedListeners(List<SeedListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	@Override
	public void beforeSeed(SeedPlan plan) {
		this.listeners.forEach((listener) -> listener.beforeSeed(plan));
	}

	@Override
	public void beforeEachSeed(SeedStep step) {
		this.listeners.forEach((listener) -> listener.beforeEachSeed(step));
	}

	@Override
	public void afterEachSeed(SeedResult result) {
		tell((listener) -> listener.afterEachSeed(result));
	}

	@Override
	public void afterSeed(SeedReport report) {
		tell((listener) -> listener.afterSeed(report));
	}

	@Override
	public void afterSeedError(SeedFailedException failure) {
		tell((listener) -> listener.afterSeedError(failure));
	}

	private void tell(Consumer<SeedListener> call) {
		for (SeedListener listener : this.listeners) {
			try {
				call.accept(listener);
			}
			catch (RuntimeException ex) {
				logger.warn(
						"Seed listener " + listener.getClass().getName() + " failed; what was seeded stays as it is",
						ex);
			}
		}
	}

}
