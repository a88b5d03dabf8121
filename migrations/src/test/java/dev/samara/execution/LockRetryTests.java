package dev.samara.execution;

import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LockRetryTests {

	@Test
	void waitsTwiceAsLongEachTimeUpToTheLongestWait() {
		LockRetry retry = new LockRetry(Duration.ofSeconds(1), 6);

		assertThat(IntStream.rangeClosed(1, 7).mapToObj(retry::lockTimeout).map(Duration::toMillis))
			.containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L, 1000L);
	}

	@Test
	void takesTheWholeTimeAtOnceWithoutRetries() {
		assertThat(new LockRetry(Duration.ofSeconds(3), 0).lockTimeout(1)).isEqualTo(Duration.ofSeconds(3));
		assertThat(new LockRetry(Duration.ofSeconds(3), 0).hasAnother(1)).isFalse();
	}

	@Test
	void neverCutsShortWhatHasNoLimit() {
		assertThat(new LockRetry(Duration.ZERO, 5).lockTimeout(1)).isZero();
	}

	@Test
	void standsBackForLongerThanItMadeOthersWait() {
		LockRetry retry = new LockRetry(Duration.ofSeconds(1), 6);

		for (int attempt = 1; attempt <= 6; attempt++) {
			assertThat(retry.pauseAfter(attempt)).isBetween(retry.lockTimeout(attempt).multipliedBy(2),
					retry.lockTimeout(attempt).multipliedBy(8));
		}
	}

}
