package dev.samara.autoconfigure.actuate;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class BoundedCheckTests {

	private final AtomicInteger runs = new AtomicInteger();

	private volatile CountDownLatch gate = new CountDownLatch(0);

	private final BoundedCheck<Integer> check = new BoundedCheck<>(this::run, Duration.ofMillis(200));

	@Test
	void checksAnewForEachCallerThatComesLater() {
		assertThat(this.check.get()).isOne();
		assertThat(this.check.get()).isEqualTo(2);
	}

	@Test
	void givesUpOnACheckThatHangsAndKeepsTheLastResult() {
		this.check.get();
		this.gate = new CountDownLatch(1);

		for (int caller = 1; caller <= 20; caller++) {
			assertThatExceptionOfType(NoAnswerException.class).isThrownBy(this.check::get)
				.withMessageStartingWith("The database has not answered for");
		}

		assertThat(this.runs).hasValue(2);
		assertThat(this.check.last().value()).isOne();
		this.gate.countDown();
		await().until(() -> this.check.last().value() == 2);
		assertThat(this.check.get()).isEqualTo(3);
	}

	@Test
	void sharesTheResultOfARunningCheck() {
		BoundedCheck<Integer> patient = new BoundedCheck<>(this::run, Duration.ofSeconds(20));
		this.gate = new CountDownLatch(1);
		CompletableFuture<Integer> first = CompletableFuture.supplyAsync(patient::get);
		await().until(() -> this.runs.get() == 1);
		CompletableFuture<Integer> second = CompletableFuture.supplyAsync(patient::get);
		this.gate.countDown();

		assertThat(first.join()).isOne();
		assertThat(second.join()).isBetween(1, 2);
	}

	@Test
	void throwsWhatTheCheckHasThrown() {
		BoundedCheck<Integer> failing = new BoundedCheck<>(() -> {
			throw new IllegalArgumentException("x");
		});

		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(failing::get).withMessage("x");
		assertThat(failing.last()).isNull();
	}

	private int run() {
		int run = this.runs.incrementAndGet();
		try {
			this.gate.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		return run;
	}

}
