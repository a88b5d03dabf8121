package dev.samara.seed.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Says every five seconds how far a load has come, by the bytes that were read or the
 * rows that were made; and every ten seconds that the server still merges.
 */
final class LoadProgress implements AutoCloseable {

	private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

	private static final Duration MERGE_INTERVAL = Duration.ofSeconds(10);

	private final String name;

	private final long size;

	private final long rows;

	private final LongSupplier clock;

	private final Consumer<String> log;

	private final Duration mergeInterval;

	private final long start;

	private long begun;

	private long told;

	private long bytes;

	private boolean isFindingColumns;

	private boolean isToBeMerged;

	private @Nullable Ticker merging;

	/**
	 * Start.
	 * @param size bytes of the file
	 * @param rows rows it will be, or 0 if only the bytes tell how far a load has come
	 * @param clock nanoseconds
	 */
	LoadProgress(String name, long size, long rows, LongSupplier clock, Consumer<String> log) {
		this(name, size, rows, clock, log, MERGE_INTERVAL);
	}

	LoadProgress(String name, long size, long rows, LongSupplier clock, Consumer<String> log, Duration mergeInterval) {
		this.name = name;
		this.size = size;
		this.rows = rows;
		this.clock = clock;
		this.log = log;
		this.mergeInterval = mergeInterval;
		this.start = clock.getAsLong();
		this.begun = this.start;
		this.told = this.start;
	}

	/** Count what is read of a file, from its beginning. */
	InputStream count(InputStream stream) {
		this.bytes = 0;
		this.begun = this.clock.getAsLong();
		this.isFindingColumns = true;
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
				findingColumns();
				return count;
			}

		};
	}

	/** Until the first rows are sent it is the columns that the file is read for. */
	private void findingColumns() {
		if (this.isFindingColumns && isDue()) {
			this.log.accept("Loading %s: reading its columns, %d %%".formatted(this.name, (long) (share(0) * 100)));
		}
	}

	/** Say that the rows do not go into the table itself. */
	void isToBeMerged() {
		this.isToBeMerged = true;
	}

	void loaded(long rows) {
		this.isFindingColumns = false;
		if (!isDue()) {
			return;
		}
		double share = share(rows);
		long left = (share > 0) ? (long) ((this.told - this.begun) * (1 - share) / share / 1e9) : 0;
		this.log.accept("Loading %s: %d rows, %d %%, about %d s to go%s".formatted(this.name, rows,
				(long) (share * 100), left, this.isToBeMerged ? ", then merging" : ""));
	}

	private boolean isDue() {
		long now = this.clock.getAsLong();
		if (now - this.told < INTERVAL) {
			return false;
		}
		this.told = now;
		return true;
	}

	private double share(long loaded) {
		if (this.rows > 0) {
			return (double) loaded / this.rows;
		}
		return (this.size > 0) ? Math.min((double) this.bytes / this.size, 1) : 1;
	}

	/** Say that the server has all rows, and from time to time that it is at work. */
	void merging(long rows) {
		if (this.clock.getAsLong() - this.start >= INTERVAL) {
			this.log.accept("Loading %s: %d rows read, merging them".formatted(this.name, rows));
		}
		long since = this.clock.getAsLong();
		this.merging = Ticker.start(this.mergeInterval, () -> this.log.accept("Loading %s: merging for %d s"
			.formatted(this.name, Duration.ofNanos(this.clock.getAsLong() - since).toSeconds())));
	}

	@Override
	public void close() {
		if (this.merging != null) {
			this.merging.close();
		}
	}

}
