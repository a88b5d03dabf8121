package dev.samara.activity;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;

/**
 * Tells from several looks at an index how long its phase is going to take, as the server
 * does not say when a phase began. Thread-safe.
 *
 * @since 0.1.0
 */
@Internal
public final class ProgressTrend {

	private @Nullable IndexProgress first;

	private long firstSeen;

	/**
	 * Look once more.
	 * @param now what is to be seen now
	 * @return the same with the time that is left, if the phase has got on since it was
	 * first seen here
	 */
	public synchronized IndexProgress follow(IndexProgress now) {
		return follow(now, System.nanoTime());
	}

	synchronized IndexProgress follow(IndexProgress now, long nanoTime) {
		IndexProgress begin = this.first;
		Integer percent = now.percent();
		Integer before = (begin != null) ? begin.percent() : null;
		boolean isSamePhase = begin != null && begin.table().equals(now.table()) && begin.phase().equals(now.phase());
		if (!isSamePhase || percent == null || before == null || percent < before) {
			this.first = now;
			this.firstSeen = nanoTime;
			return now;
		}
		int done = percent - before;
		if (done == 0) {
			return now;
		}
		return now.with(Duration.ofNanos((nanoTime - this.firstSeen) / done * (100 - percent)));
	}

}
