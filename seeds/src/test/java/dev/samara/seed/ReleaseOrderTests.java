package dev.samara.seed;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReleaseOrderTests {

	@ParameterizedTest
	@CsvSource({ "1.9, 1.10, OLDER", "1.10, 1.9, NEWER", "v2, 1.99.99, NEWER", "1.0, 1.0.0, UNKNOWN", "1.0.1, 1, NEWER",
			"2026.11.30, 2026.12.01, OLDER", "41, 42, OLDER", "1.0.0-SNAPSHOT, 1.0.0-SNAPSHOT, UNKNOWN",
			"1.0.0-SNAPSHOT, 1.0.0, UNKNOWN", "1.1.0-SNAPSHOT, 1.0.0, NEWER", "1.2+a1b2c3, 1.3.RELEASE, OLDER",
			"00001.2, 1.3, OLDER", "a1b2c3d, 1.0, UNKNOWN", "1.0, 12ab34f, UNKNOWN",
			"99999999999999999999999.1, 99999999999999999999999.2, OLDER", ", 1.0, UNKNOWN", "1.0, , UNKNOWN",
			"'', '', UNKNOWN", "latest, latest, UNKNOWN" })
	void comparesTheNumbersOfVersions(@Nullable String version, @Nullable String other, ReleaseOrder order) {
		assertThat(ReleaseOrder.of(version, other)).isEqualTo(order);
	}

}
