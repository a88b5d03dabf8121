package dev.samara.seed.data;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Does something short again and again, on a daemon thread that Java itself keeps for
 * such things, while the thread that has started it waits for the server. Once closed it
 * is neither done again nor under way.
 */
final class Ticker implements AutoCloseable {

	private final Duration interval;

	private final Runnable tick;

	private boolean isClosed;

	private Ticker(Duration interval, Runnable tick) {
		this.interval = interval;
		this.tick = tick;
	}

	static Ticker start(Duration interval, Runnable tick) {
		Ticker ticker = new Ticker(interval, tick);
		ticker.schedule();
		return ticker;
	}

	private void schedule() {
		CompletableFuture.delayedExecutor(this.interval.toMillis(), TimeUnit.MILLISECONDS).execute(this::tick);
	}

	private synchronized void tick() {
		if (!this.isClosed) {
			this.tick.run();
			schedule();
		}
	}

	@Override
	public synchronized void close() {
		this.isClosed = true;
	}

}
