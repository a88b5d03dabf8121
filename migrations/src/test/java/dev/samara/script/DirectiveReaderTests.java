package dev.samara.script;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DirectiveReaderTests {

	@Test
	void readsHeadersAndDirectivesOfLineAndBlockComments() {
		Directives directives = read("""
				-- Migration: 001_initial
				--Description:  First tables: users, orders
				-- note: this is no header

				/*
				 * Author: Ada
				 * SAMARA: Lock-Timeout = 5s
				 */
				-- samara: transaction=none
				CREATE TABLE a ();
				-- Created: too late
				""");

		assertThat(directives.header("migration")).contains("001_initial");
		assertThat(directives.header("description")).contains("First tables: users, orders");
		assertThat(directives.header("author")).contains("Ada");
		assertThat(directives.header("created")).isEmpty();
		assertThat(directives.find("lock-timeout"))
			.hasValueSatisfying((directive) -> assertThat(directive.value()).isEqualTo("5s"));
		assertThat(directives.find("transaction")).hasValueSatisfying((directive) -> {
			assertThat(directive.value()).isEqualTo("none");
			assertThat(directive.place()).hasToString("a.sql:9:4");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "/* Author: Ada */ SELECT 1;\n-- Author: Bob", "/** Author: Ada **/", "/*Author: Ada*/\n",
			"\r\n\r\n-- Author: Ada\rSELECT 1", "   -- author : Ada" })
	void findsAHeaderHoweverItIsWritten(String text) {
		assertThat(read(text).header("author")).hasValueSatisfying((author) -> assertThat(author).startsWith("Ada"));
	}

	@Test
	void namesTheNearestKnownDirective() {
		assertThat(read("-- samara: trans-action=none\n").unknown(List.of("transaction", "lock-timeout")))
			.singleElement()
			.satisfies((ex) -> {
				assertThat(ex).hasMessage("a.sql:1:4: Unknown directive \"trans-action\"");
				assertThat(ex.getRemedy()).startsWith("Did you mean \"transaction\"?");
			});
	}

	@Test
	void refusesADirectiveThatWouldHaveNoEffect() {
		assertThatExceptionOfType(ScriptException.class)
			.isThrownBy(() -> read("SELECT 1;\n  -- samara: transaction=none"))
			.withMessageContaining("a.sql:2:6: A directive stands below the first statement");
	}

	@Test
	void leavesTextsAlone() {
		assertThat(read("SELECT '-- samara: x';\nSELECT 'samara: y'").values()).isEmpty();
	}

	private static Directives read(String text) {
		return DirectiveReader.read("a.sql", text);
	}

}
