package dev.samara.seed.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Says every five seconds how far a load has come, by the bytes that were read or the
 * rows that were made.
 */
final class LoadProgress {

	private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

	private final String name;

	private final long size;

	private final long rows;

	private final LongSupplier clock;

	private final Consumer<String> log;

	private final long start;

	private long told;

	private long bytes;

	/**
	 * Start.
	 * @param size bytes of the file
	 * @param rows rows it will be, or 0 if only the bytes tell how far a load has come
	 * @param clock nanoseconds
	 */
	LoadProgress(String name, long size, long rows, LongSupplier clock, Consumer<String> log) {
		this.name = name;
		this.size = size;
		this.rows = rows;
		this.clock = clock;
		this.log = log;
		this.start = clock.getAsLong();
		this.told = this.start;
	}

	/** Count what is read of a file, from its beginning. */
	InputStream count(InputStream stream) {
		this.bytes = 0;
		return new FilterInputStream(stream) {

			@Override
			public int read() throws IOException {
				int next = super.read();
				LoadProgress.this.bytes += (next >= 0) ? 1 : 0;
				return next;
			}

			@Override
			public int read(byte[] target, int offset, int length) throws IOException {
				int count = super.read(target, offset, length);
				LoadProgress.this.bytes += Math.max(count, 0);
				return count;
			}

		};
	}

	void loaded(long rows) {
		long now = this.clock.getAsLong();
		if (now - this.told < INTERVAL) {
			return;
		}
		this.told = now;
		double share = share(rows);
		long left = (share > 0) ? (long) ((now - this.start) * (1 - share) / share / 1e9) : 0;
		this.log.accept(
				"Loading %s: %d rows, %d %%, about %d s to go".formatted(this.name, rows, (long) (share * 100), left));
	}

	private double share(long loaded) {
		if (this.rows > 0) {
			return (double) loaded / this.rows;
		}
		return (this.size > 0) ? Math.min((double) this.bytes / this.size, 1) : 1;
	}

	void merging(long rows) {
		if (this.clock.getAsLong() - this.start >= INTERVAL) {
			this.log.accept("Loading %s: %d rows read, merging them".formatted(this.name, rows));
		}
	}

}
