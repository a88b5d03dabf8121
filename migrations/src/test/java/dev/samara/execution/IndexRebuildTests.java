package dev.samara.execution;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class IndexRebuildTests {

	@ParameterizedTest
	@CsvSource({ "a_id_ccnew, a_id, true", "a_id_ccold, a_id, true", "a_id_ccnew12, a_id, true", "a_id, a_id, false",
			"b_id_ccnew, a_id, false", "a_ccnew, a_id, false", "a_id_ccnewer, a_id, false",
			"a2345678901234567890123456789012345678901234567890123456_ccnew, "
					+ "a23456789012345678901234567890123456789012345678901234567890123, true" })
	void knowsWhatARebuildLeaves(String name, String target, boolean isLeft) {
		assertThat(IndexRebuild.isLeftOf(name, target)).isEqualTo(isLeft);
	}

}
