package dev.samara.execution;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LockScheduleTests {

	private static final LockSchedule SCHEDULE = new LockSchedule(Duration.ofSeconds(2), 12);

	@Test
	void beginsBrieflyAndTakesTheWholeTimeOnlyAtTheEnd() {
		assertThat(waits(SCHEDULE)).containsExactly(50L, 50L, 100L, 200L, 300L, 500L, 500L, 500L, 1000L, 500L, 500L,
				1000L, 2000L);
	}

	@Test
	void neverWaitsLongerThanItIsAllowed() {
		assertThat(waits(new LockSchedule(Duration.ofMillis(250), 8))).containsExactly(50L, 50L, 100L, 200L, 250L, 250L,
				250L, 250L, 250L);
	}

	private static List<Long> waits(LockSchedule schedule) {
		return IntStream.rangeClosed(1, schedule.retries() + 1)
			.mapToObj(schedule::lockTimeout)
			.map(Duration::toMillis)
			.toList();
	}

	@Test
	void hasAnEnd() {
		assertThat(SCHEDULE.hasAnother(12)).isTrue();
		assertThat(SCHEDULE.hasAnother(13)).isFalse();
	}

	@Test
	void takesTheWholeTimeAtOnceWithoutRetries() {
		LockSchedule once = new LockSchedule(Duration.ofSeconds(3), 0);

		assertThat(once.isBrief()).isFalse();
		assertThat(once.lockTimeout(1)).isEqualTo(Duration.ofSeconds(3));
		assertThat(once.hasAnother(1)).isFalse();
	}

	@Test
	void neverCutsShortWhatHasNoLimit() {
		LockSchedule unlimited = new LockSchedule(Duration.ZERO, 5);

		assertThat(unlimited.isBrief()).isFalse();
		assertThat(unlimited.lockTimeout(1)).isZero();
		assertThat(unlimited.lockTimeout(6)).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 20, 50 })
	void makesOthersWaitForATenthOfTheTimeAtMostOnAverage(int retries) {
		LockSchedule schedule = new LockSchedule(Duration.ofSeconds(2), retries);
		long waiting = 0;
		long pausing = 0;
		for (int attempt = 1; attempt <= retries; attempt++) {
			waiting += schedule.lockTimeout(attempt).toMillis();
			pausing += schedule.pauseAfter(schedule.lockTimeout(attempt), 0.5).toMillis();
		}

		assertThat((double) waiting / (waiting + pausing)).isLessThan(0.1);
	}

	@Test
	void standsBackForHalfToOneAndAHalfTimesThatByChance() {
		assertThat(SCHEDULE.pauseAfter(Duration.ofMillis(300), 0)).isEqualTo(Duration.ofMillis(1500));
		assertThat(SCHEDULE.pauseAfter(Duration.ofMillis(300), 0.5)).isEqualTo(Duration.ofMillis(3000));
		assertThat(SCHEDULE.pauseAfter(Duration.ofMillis(300), 1)).isEqualTo(Duration.ofMillis(4500));
	}

	@Test
	void standsBackForAWhileEvenAfterNothingAndNotForEver() {
		assertThat(SCHEDULE.pauseAfter(Duration.ZERO, 0.5)).isEqualTo(Duration.ofMillis(500));
		assertThat(SCHEDULE.pauseAfter(Duration.ofMinutes(9), 0.5)).isEqualTo(Duration.ofMinutes(1));
	}

	@Test
	void waitsForAnAutovacuumUntilTheServerCancelsIt() {
		assertThat(SCHEDULE.lockTimeoutForAutovacuum(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(1300));
		assertThat(SCHEDULE.lockTimeoutForAutovacuum(Duration.ofSeconds(6))).isNull();
	}

	@Test
	void cutsAPauseShortOnlyWhileWaitingIsATenthOfTheTime() {
		Duration stalled = Duration.ofMillis(150);
		Duration next = Duration.ofMillis(200);

		assertThat(SCHEDULE.isAffordable(stalled, next, Duration.ofMillis(3500))).isTrue();
		assertThat(SCHEDULE.isAffordable(stalled, next, Duration.ofMillis(3400))).isFalse();
	}

}
