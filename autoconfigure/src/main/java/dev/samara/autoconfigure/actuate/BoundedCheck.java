package dev.samara.autoconfigure.actuate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Runs a check one at a time, on a thread of its own, for any number of callers: whoever
 * asks while it runs shares its result. No caller waits longer than the limit, so that a
 * database that hangs takes neither request threads nor more than one connection.
 *
 * @param <T> type of what the check results in
 */
final class BoundedCheck<T> {

	static final Duration LIMIT = Duration.ofSeconds(2);

	private final Supplier<T> check;

	private final Duration limit;

	private final Clock clock = Clock.systemUTC();

	private CompletableFuture<T> running = CompletableFuture.completedFuture(null);

	private long startedAt;

	private volatile @Nullable Last<T> last;

	BoundedCheck(Supplier<T> check) {
		this(check, LIMIT);
	}

	BoundedCheck(Supplier<T> check, Duration limit) {
		this.check = check;
		this.limit = limit;
	}

	/**
	 * Return the result of a check that began just now or is running.
	 * @throws NoAnswerException if it takes longer than the limit
	 * @throws RuntimeException what the check has thrown
	 */
	T get() {
		CompletableFuture<T> current = current();
		try {
			return current.get(remainingNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw noAnswer();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw noAnswer();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException failure) {
				throw failure;
			}
			throw new IllegalStateException(ex.getCause());
		}
	}

	/**
	 * Return the last result there was.
	 * @return the result, or {@code null} if no check has succeeded yet
	 */
	@Nullable Last<T> last() {
		return this.last;
	}

	private synchronized CompletableFuture<T> current() {
		if (this.running.isDone()) {
			CompletableFuture<T> next = new CompletableFuture<>();
			this.running = next;
			this.startedAt = System.nanoTime();
			Thread thread = new Thread(() -> run(next), "samara-status");
			thread.setDaemon(true);
			thread.start();
		}
		return this.running;
	}

	private void run(CompletableFuture<T> result) {
		try {
			T value = this.check.get();
			this.last = new Last<>(value, this.clock.instant());
			result.complete(value);
		}
		catch (Throwable ex) {
			result.completeExceptionally(ex);
		}
	}

	private synchronized long remainingNanos() {
		return Math.max(0, this.limit.toNanos() - (System.nanoTime() - this.startedAt));
	}

	private synchronized NoAnswerException noAnswer() {
		return new NoAnswerException(Duration.ofNanos(System.nanoTime() - this.startedAt));
	}

	/**
	 * A result and when it was found.
	 *
	 * @param value the result
	 * @param checkedAt when
	 */
	record Last<T>(T value, Instant checkedAt) {

	}

}
