package dev.samara.script;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.samara.placeholder.BuiltIns;
import dev.samara.placeholder.PlaceholderProblem;
import dev.samara.placeholder.Placeholders;

import static org.assertj.core.api.Assertions.assertThat;

class ScriptFillingTests {

	private static final ScriptFilling FILLING = ScriptFilling.of(Placeholders.OFF, BuiltIns.NONE, "values.");

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					tabel        | Did you mean "table"? Set values.tabel, or do this.
					role         | Set values.role, or do this.
					samara.shema | Did you mean "samara.schema"? Names that begin with samara. are built in. Name one of those, or do this.
					Samara.Fiel  | Did you mean "samara.file"? Names that begin with samara. are built in. Name one of those, or do this.
					""")
	void suggestsNamesThatAreNear(String unknown, String remedy) {
		assertThat(remedy(unknown)).isEqualTo(remedy);
	}

	@ParameterizedTest
	@CsvSource({ "samara.role", "samara.", "samara.x" })
	void namesAllBuiltInOnesIfNoneIsNear(String unknown) {
		assertThat(remedy(unknown)).startsWith("Names that begin with samara. are built in: samara.environment, ")
			.endsWith(". Name one of those, or do this.");
	}

	private static String remedy(String unknown) {
		return FILLING.remedy(new PlaceholderProblem(0, "It is not known", "do this.", unknown,
				List.of("table", "samara.file", "samara.schema")));
	}

}
