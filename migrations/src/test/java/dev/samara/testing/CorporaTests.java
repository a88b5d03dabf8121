package dev.samara.testing;

import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CorporaTests {

	@BeforeEach
	void needsCorpora() {
		Corpora.assumePresent();
	}

	@Test
	void hasAPlanAndTheFilesOfEverySet() {
		assertThat(Corpora.sets()).isNotEmpty().allSatisfy((set) -> {
			CorpusPlan plan = Corpora.plan(set);
			assertThat(plan.set()).isEqualTo(set);
			assertThat(plan.expectedSchema()).exists();
			assertThat(plan.expectedCounts()).containsKeys("tables", "indexes");
			assertThat(plan.steps()).isNotEmpty()
				.allSatisfy((step) -> assertThat(plan.up(step)).isRegularFile())
				.allSatisfy((step) -> assertThat(Stream.ofNullable(step.down()).map(plan.folder()::resolve))
					.allMatch(Files::isRegularFile));
		});
	}

	@Test
	void readsWhatRunsOutsideATransactionAndWhatRunsFirst() {
		List<CorpusPlan> plans = Corpora.sets().stream().map(Corpora::plan).toList();

		assertThat(plans).flatExtracting(CorpusPlan::steps)
			.anyMatch((step) -> ((CorpusPlan.Step) step).noTx())
			.anyMatch((step) -> ((CorpusPlan.Step) step).markers());
		assertThat(plans).anyMatch((plan) -> plan.preSql() != null)
			.anyMatch((plan) -> !plan.placeholderRegexValues().isEmpty());
	}

}
