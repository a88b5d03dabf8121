package dev.samara.environment;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TableFateTests {

	@ParameterizedTest(name = "exists={0} successor={1} hadRows={2} hasRows={3}: {4}")
	@CsvSource({ "true, false, true, true, KEPT", "true, false, true, false, EMPTIED",
			"true, false, false, false, KEPT", "true, false, false, true, KEPT", "true, false, true, , KEPT",
			"false, false, true, , DROPPED", "false, false, false, , DROPPED", "false, true, true, false, RECREATED",
			"false, true, false, false, RECREATED", "false, true, true, true, REPLACED",
			"false, true, true, , REPLACED" })
	void followsFromWhatIsThereBeforeAndAfter(boolean exists, boolean successor, boolean hadRows,
			@Nullable Boolean hasRows, TableFate fate) {
		assertThat(TableFate.of(exists, successor, hadRows, hasRows)).isEqualTo(fate);
		assertThat(fate.isLoss()).isEqualTo(fate != TableFate.KEPT && fate != TableFate.REPLACED);
	}

}
