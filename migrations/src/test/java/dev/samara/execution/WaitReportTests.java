package dev.samara.execution;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.samara.activity.IndexProgress;

import static org.assertj.core.api.Assertions.assertThat;

class WaitReportTests {

	@ParameterizedTest
	@CsvSource({ "PT1S, PT2S", "PT40S, PT80S", "PT1H, PT1H5M" })
	void tellsLessAndLessOftenButDoesNotFallSilent(Duration elapsed, Duration next) {
		assertThat(WaitReport.next(elapsed)).isEqualTo(next);
	}

	@Test
	void tellsWhatIsLeftOfAPhaseOnceItCanBeKnown() {
		assertThat(WaitReport.remaining(progress(25), Duration.ofSeconds(30)))
			.isEqualTo(", about 90 s left of this phase");
		assertThat(WaitReport.remaining(progress(0), Duration.ofSeconds(30))).isEmpty();
		assertThat(WaitReport.remaining(progress(null), Duration.ofSeconds(30))).isEmpty();
	}

	private static IndexProgress progress(Integer percent) {
		return new IndexProgress("t", "building index", percent, null, null);
	}

}
