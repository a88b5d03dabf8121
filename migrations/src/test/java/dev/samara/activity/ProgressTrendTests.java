package dev.samara.activity;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressTrendTests {

	private final ProgressTrend trend = new ProgressTrend();

	@Test
	void tellsWhatIsLeftOfAPhaseFromItsSecondLook() {
		assertThat(look("scanning", 20, 0)).isNull();
		assertThat(look("scanning", 40, 10)).isEqualTo(Duration.ofSeconds(30));
		assertThat(look("scanning", 70, 30)).isEqualTo(Duration.ofSeconds(18));
		assertThat(look("scanning", 100, 50)).isZero();
	}

	@Test
	void saysNothingWhileNothingMovesOrAnotherPhaseBegins() {
		assertThat(look("scanning", 20, 0)).isNull();
		assertThat(look("scanning", 20, 10)).isNull();
		assertThat(look("sorting", 50, 20)).isNull();
		assertThat(look("sorting", null, 30)).isNull();
		assertThat(look("sorting", 10, 40)).isNull();
		assertThat(look("sorting", 20, 50)).isEqualTo(Duration.ofSeconds(80));
	}

	private @Nullable Duration look(String phase, @Nullable Integer percent, int second) {
		return this.trend
			.follow(new IndexProgress("t", phase, percent, null, null), Duration.ofSeconds(second).toNanos())
			.remaining();
	}

}
