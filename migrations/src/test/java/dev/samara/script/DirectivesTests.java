package dev.samara.script;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DirectivesTests {

	private static final List<String> KNOWN = List.of("lock-timeout", "encoding");

	@ParameterizedTest
	@ValueSource(strings = { "allow=x", "lock=5s", "author because", "x" })
	void suggestNothingThatIsFar(String directive) {
		ScriptException ex = unknown(directive);

		assertThat(ex.getMessage()).contains("Unknown directive \"");
		assertThat(ex.getRemedy()).isEqualTo("Known here are encoding, lock-timeout.");
	}

	@ParameterizedTest
	@CsvSource({ "lock-timout=5s, lock-timeout", "Lok-Timeout=5s, lock-timeout", "encodign=UTF-16, encoding" })
	void suggestWhatIsNear(String directive, String meant) {
		assertThat(unknown(directive).getRemedy())
			.isEqualTo("Did you mean \"" + meant + "\"? Known here are encoding, lock-timeout.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "=5s", " = " })
	void sayThatAKeyIsMissing(String directive) {
		ScriptException ex = unknown(directive);

		assertThat(ex.getMessage()).endsWith("The directive has no key");
		assertThat(ex.getRemedy()).isEqualTo("Known here are encoding, lock-timeout.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			depends-on=2         | a migration or a seed, not a callback and not a down script
			environments=prod    | a migration or a callback, not a down script
			irreversible because | a migration that has no down script
			level=all            | a seed.
			table=x              | a data file of seeds
			delimiter=;          | a CSV file of seeds
			expect=1             | a file that checks seeds
			""")
	void sayWhereAKeyOfOtherFilesBelongs(String directive, String home) {
		ScriptException ex = unknown(directive);

		assertThat(ex.getCode()).isEqualTo("unknown-directive");
		assertThat(ex.getMessage()).endsWith("\" means nothing in this file");
		assertThat(ex.getRemedy()).startsWith("It belongs into " + home)
			.endsWith("Known here are encoding, lock-timeout.");
	}

	private static ScriptException unknown(String directive) {
		List<ScriptException> problems = DirectiveReader.read("a.sql", "-- samara: " + directive + "\nSELECT 1")
			.unknown(KNOWN);
		assertThat(problems).hasSize(1);
		return problems.get(0);
	}

}
