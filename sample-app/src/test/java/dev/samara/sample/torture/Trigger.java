package dev.samara.sample.torture;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The moment of a fault: when one of the applications has sent the n-th piece of a kind
 * to the server, before the piece gets there or after it. The piece is held until the
 * fault has been done.
 */
final class Trigger {

	private static final String ANY = "";

	private static final String LOCK = "pg_try_advisory_lock";

	private static final String INDEX = "slowly";

	/** What a piece contains that keeps the server busy for long. */
	private static final List<String> SLOW = List.of("pg_sleep", INDEX);

	private final String kind;

	private final int number;

	private final boolean before;

	private final Duration delay;

	private final CountDownLatch reached = new CountDownLatch(1);

	private final CountDownLatch released = new CountDownLatch(1);

	private int seen;

	private volatile Link where;

	private volatile boolean dropped;

	private volatile boolean isSlow;

	private Trigger(String kind, int number, boolean before, Duration delay) {
		this.kind = kind;
		this.number = number;
		this.before = before;
		this.delay = delay;
	}

	/**
	 * A moment that is likely to come.
	 * @param pending what is to be migrated
	 */
	static Trigger any(Random random, Collection<TortureScript> pending) {
		List<String> kinds = new ArrayList<>(List.of(ANY, LOCK));
		for (TortureScript script : pending) {
			kinds.addAll(script.isAtomic() ? List.of("COMMIT", "'APPLIED'")
					: List.of("'STARTED'", "'PROGRESSED'", "'PROGRESSED'"));
			Stream.of("CONCURRENTLY", "VACUUM", "COPY", "COMMIT").filter(script.text()::contains).forEach(kinds::add);
			SLOW.stream().filter(script.text()::contains).forEach((slow) -> kinds.addAll(List.of(slow, slow, slow)));
		}
		if (!pending.isEmpty()) {
			kinds.addAll(List.of("pg_advisory_unlock", "samara_schema_snapshots", "CREATE TABLE"));
		}
		String kind = kinds.get(random.nextInt(kinds.size()));
		// An index that is being built is worth more than its share.
		if (random.nextInt(3) == 0 && kinds.contains(INDEX)) {
			kind = INDEX;
		}
		int number = switch (kind) {
			case ANY -> 1 + random.nextInt(pending.isEmpty() ? 12 : 30);
			case LOCK -> 1 + random.nextInt(5);
			default -> 1 + Math.max(0, random.nextInt(6) - 3);
		};
		return new Trigger(kind, number, random.nextInt(100) < 30,
				(random.nextInt(10) < 2) ? Duration.ZERO : Duration.ofMillis(random.nextInt(400)));
	}

	/** A moment that does not come. */
	static Trigger never() {
		return new Trigger("", Integer.MAX_VALUE, false, Duration.ZERO);
	}

	/**
	 * Called with what a client sends, by the thread that hands it on.
	 * @return whether it is to be handed on
	 */
	boolean beforePiece(Link link, byte[] bytes, int length) {
		if (!this.before) {
			return true;
		}
		return !isReachedBy(link, bytes, length) || hold();
	}

	/**
	 * Called when what a client sent was handed on.
	 */
	void afterPiece(Link link, byte[] bytes, int length) {
		if (!this.before && isReachedBy(link, bytes, length)) {
			hold();
		}
	}

	private synchronized boolean isReachedBy(Link link, byte[] bytes, int length) {
		String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
		if (this.where != null || !text.contains(this.kind) || ++this.seen < this.number) {
			return false;
		}
		this.isSlow = SLOW.stream().anyMatch(text::contains);
		this.where = link;
		return true;
	}

	private boolean hold() {
		this.reached.countDown();
		try {
			this.released.await();
			return !this.dropped;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	boolean awaitReached(Duration time) throws InterruptedException {
		return this.reached.await(time.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Lets the piece go.
	 * @param dropped whether it never gets there
	 */
	void release(boolean dropped) {
		this.dropped = dropped;
		this.released.countDown();
	}

	/**
	 * Nothing happens at this moment any more.
	 */
	synchronized boolean disarm() {
		boolean unused = this.where == null;
		if (unused) {
			this.seen = Integer.MIN_VALUE;
		}
		return unused;
	}

	Link where() {
		return this.where;
	}

	boolean isBefore() {
		return this.before;
	}

	/**
	 * How long after that piece: as long as the server may be busy with it.
	 */
	Duration delay() {
		return this.before ? Duration.ZERO : this.isSlow ? this.delay : this.delay.dividedBy(20);
	}

	@Override
	public String toString() {
		return (this.before ? "before" : "after") + " piece " + this.number
				+ (this.kind.isEmpty() ? "" : " with " + this.kind)
				+ (delay().isZero() ? "" : " and " + delay().toMillis() + " ms");
	}

}
