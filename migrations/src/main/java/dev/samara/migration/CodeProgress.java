package dev.samara.migration;

import java.time.Duration;
import java.util.Optional;

/**
 * Tells now and then how far code is. Not thread-safe.
 */
final class CodeProgress {

	private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

	private final String path;

	private final long start;

	private long last;

	CodeProgress(String path, long nanoTime) {
		this.path = path;
		this.start = nanoTime;
		this.last = nanoTime;
	}

	/**
	 * Report.
	 * @return what to tell, if it is time to
	 */
	Optional<String> report(long done, long total, long nanoTime) {
		if (nanoTime - this.last < INTERVAL) {
			return Optional.empty();
		}
		this.last = nanoTime;
		String line = this.path + ": " + done + " of " + total;
		if (done <= 0 || total < done) {
			return Optional.of(line);
		}
		Duration left = Duration.ofNanos((long) ((double) (nanoTime - this.start) / done * (total - done)));
		return Optional.of(line + ", " + (long) (100.0 * done / total) + " %, about " + left.toSeconds() + " s left");
	}

}
