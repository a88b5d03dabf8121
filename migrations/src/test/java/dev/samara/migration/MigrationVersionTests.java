package dev.samara.migration;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MigrationVersionTests {

	@Test
	void comparesNumberByNumber() {
		assertThat(
				Stream.of("10", "1.10", "2", "1.2", "1", "0009", "20260115103000", "1.2.1", "100000000000000000000000")
					.map(MigrationVersion::of)
					.sorted())
			.extracting(MigrationVersion::toString)
			.containsExactly("1", "1.2", "1.2.1", "1.10", "2", "0009", "10", "20260115103000",
					"100000000000000000000000");
	}

	@ParameterizedTest
	@CsvSource({ "1, 001", "1, 1.0", "1.2, 1_2", "1.2, 01.02.0.0" })
	void zerosInFrontAndAtTheEndDoNotCount(String one, String other) {
		assertThat(MigrationVersion.of(one)).isEqualTo(MigrationVersion.of(other))
			.hasSameHashCodeAs(MigrationVersion.of(other))
			.isEqualByComparingTo(MigrationVersion.of(other));
	}

	@ParameterizedTest
	@CsvSource({ "1, 2", "009, 010", "099, 100", "999, 1000", "1.9, 1.10", "1_02, 1.03" })
	void knowsTheNextOne(String version, String next) {
		assertThat(MigrationVersion.of(version).next()).hasToString(next);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "1a", "1..2", ".1", "1.", "-1", "1 2", "١" })
	void refusesWhatIsNoVersion(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> MigrationVersion.of(text));
	}

}
