package dev.samara.execution;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.samara.script.Checksum;
import dev.samara.script.Directive;
import dev.samara.script.Directives;
import dev.samara.script.Place;
import dev.samara.script.Script;
import dev.samara.script.ScriptException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ExecutableScriptTests {

	@Test
	void isOneTransactionWithoutTransactionControl() {
		ExecutableScript script = executable("CREATE TABLE a (id integer); INSERT INTO a VALUES (1)");

		assertThat(script.isAtomic()).isTrue();
		assertThat(script.statementCount()).isEqualTo(2);
	}

	@Test
	void dropsABeginAndCommitAroundEverything() {
		ExecutableScript script = executable("BEGIN READ WRITE; SELECT 1; SELECT 2; END;");

		assertThat(script.isAtomic()).isTrue();
		assertThat(script.statementCount()).isEqualTo(2);
		assertThat(script.segments().get(0).begin()).isNotNull()
			.satisfies((begin) -> assertThat(begin.text()).isEqualTo("BEGIN READ WRITE;"));
	}

	@Test
	void runsAloneWhatCannotBePartOfATransaction() {
		ExecutableScript script = executable("SELECT 1; SELECT 2; VACUUM; SELECT 3; CREATE DATABASE x; VACUUM");

		assertThat(script.isAtomic()).isFalse();
		assertThat(script.segments()).extracting(Segment::isTransaction)
			.containsExactly(true, false, true, false, false);
		assertThat(script.segments()).extracting((segment) -> segment.statements().size())
			.containsExactly(2, 1, 1, 1, 1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			BEGIN; SELECT 1; COMMIT; SELECT 2     | 1:1
			SELECT 1; COMMIT                      | 1:11
			BEGIN; SELECT 1                       | 1:1
			BEGIN; SELECT 1; ROLLBACK             | 1:1
			BEGIN; COMMIT; BEGIN; COMMIT          | 1:1
			BEGIN; VACUUM; COMMIT                 | 1:8
			""")
	void refusesTransactionControlThatItCannotKeep(String sql, String place) {
		assertThatExceptionOfType(ScriptException.class).isThrownBy(() -> executable(sql))
			.withMessageStartingWith("a.sql:" + place + ": ")
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("transaction-control"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			BEGIN; SELECT 1; COMMIT AND CHAIN; COMMIT     | 1:18 | chained-transaction
			BEGIN; SELECT 1; ROLLBACK AND CHAIN; COMMIT   | 1:18 | chained-transaction
			BEGIN; SELECT 1; PREPARE TRANSACTION 'a'      | 1:18 | prepares-transaction
			""")
	void refusesWhatAnInterruptedRunCouldNotGoOnFrom(String sql, String place, String code) {
		for (String mode : List.of("", "-- samara: transaction=none\n")) {
			assertThatExceptionOfType(ScriptException.class).isThrownBy(() -> executable(mode + sql))
				.withMessageStartingWith("a.sql:" + (mode.isEmpty() ? place : place.replace("1:", "2:")) + ": ")
				.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo(code));
		}
		assertThat(executable("BEGIN; SELECT 1; COMMIT AND NO CHAIN").isAtomic()).isTrue();
	}

	@Test
	void allowsSavepoints() {
		assertThat(executable("SAVEPOINT s; SELECT 1; ROLLBACK TO s; RELEASE s").isAtomic()).isTrue();
	}

	@Test
	void runsEachStatementAloneWhereThatIsAsked() {
		ExecutableScript script = ExecutableScript.of(script("BEGIN; SELECT 1; COMMIT; VACUUM", "transaction", "none"));

		assertThat(script.segments()).hasSize(4).noneMatch(Segment::isTransaction);
		assertThat(ExecutableScript.of(script("", "transaction", "none")).isAtomic()).isTrue();
		assertThatExceptionOfType(ScriptException.class)
			.isThrownBy(() -> ExecutableScript.of(script("SELECT 1", "transaction", "never")))
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("transaction=none"));
	}

	@ParameterizedTest
	@CsvSource({ "500ms, 500", "5s, 5000", "2min, 120000", "2m, 120000", "1h, 3600000", "250, 250", "0, 0",
			"10 S, 10000" })
	void readsTimeouts(String text, long millis) {
		assertThat(ExecutableScript.of(script("SELECT 1", "lock-timeout", text)).lockTimeout())
			.isEqualTo(Duration.ofMillis(millis));
	}

	@ParameterizedTest
	@CsvSource({ "soon", "-1s", "5 days", "1.5s" })
	void refusesTimeoutsThatMeanNothing(String text) {
		assertThatExceptionOfType(ScriptException.class)
			.isThrownBy(() -> ExecutableScript.of(script("SELECT 1", "statement-timeout", text)))
			.withMessageContaining("\"" + text + "\" is not a duration");
	}

	@Test
	void recognizesWhatWasEditedByADigestOfTheFirstStatements() {
		String before = executable("SELECT 1; VACUUM; SELECT 2").digestOfFirst(2);

		assertThat(executable("SELECT 1; VACUUM; SELECT 3").digestOfFirst(2)).isEqualTo(before);
		assertThat(executable("-- a comment\nSELECT 1;\nVACUUM; SELECT 3").digestOfFirst(2)).isEqualTo(before);
		assertThat(executable("SELECT 9; VACUUM; SELECT 2").digestOfFirst(2)).isNotEqualTo(before);
	}

	private static ExecutableScript executable(String text) {
		return ExecutableScript
			.of(new Script("a.sql", text, Checksum.of(text.getBytes(StandardCharsets.UTF_8)), Directives.NONE));
	}

	private static Script script(String text, String key, String value) {
		Directive directive = new Directive(key, value, new Place("a.sql", 1, 4));
		return new Script("a.sql", text, "sha256:", new Directives(List.of(directive), Map.of()));
	}

}
