package dev.samara.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.samara.testing.Corpora;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

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

	@ParameterizedTest
	@ValueSource(strings = { "--samara: transaction=none", "-- Samara: transaction=none",
			"\t-- SAMARA: transaction=none", "-- samara: whatever comes to mind", "/* samara: transaction=none */",
			"SELECT 2; -- samara: lock-timeout=5s", "/*\n * Samara: irreversible because it is gone\n */",
			"-- Samara: lock-timout=5s" })
	void refusesOneBelowHoweverItIsWritten(String comment) {
		assertThatExceptionOfType(ScriptException.class).isThrownBy(() -> read("SELECT 1;\n" + comment))
			.withMessageMatching("a.sql:[23]:\\d+: A directive stands below the first statement.*");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-- samra: transaction=none", "-- smara: transaction=none", "--Samarra: transaction=none",
			"/* samra: transaction=none */", "/*\n * smaara : transaction=none\n */", "-- samara; transaction=none",
			"-- samara : transaction=none", "-- samara transaction=none", "--- samara: transaction=none",
			"SELECT 2; -- samra: transaction=none" })
	void refusesASlipAboveAndBelow(String comment) {
		for (String text : List.of(comment + "\nSELECT 1;", "SELECT 1;\n" + comment)) {
			assertThatExceptionOfType(ScriptException.class).isThrownBy(() -> read(text))
				.withMessageContaining("This looks like a directive, and is none")
				.satisfies((ex) -> {
					assertThat(ex.getCode()).isEqualTo("misspelled-directive");
					assertThat(ex.getRemedy()).startsWith("Write \"-- samara: transaction=none");
				});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "-- samra: down", "-- Smara: DOWN", "/* samara: down */", "SELECT 1; -- samara: down",
			"-- samara down", "-- samara; down", "-- Samara : down", "-- samara- down", "-- samara=down",
			"-- samara.down", "-- @samara: down", "-- asmara: down" })
	void refusesAWayBackThatWouldBePartOfTheWayUp(String marker) {
		assertThatExceptionOfType(ScriptException.class)
			.isThrownBy(() -> read("CREATE TABLE a ();\n" + marker + "\nDROP TABLE a;"))
			.withMessageStartingWith("a.sql:2:")
			.satisfies((ex) -> assertThat(ex.getRemedy())
				.containsIgnoringCase("\"-- samara: down\" on a line of its own"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "-- Samara runs it in the transaction it has already", "-- samara: see above",
			"-- Samara: the tool that migrates", "-- summary: level=3", "-- Camera: mode=auto", "-- samra: a name",
			"-- smart: transaction", "-- key=value", "-- Samara table of plants", "-- samara.environments.prod=live",
			"-- Samara encoding of names", "-- Camera mode=auto", "-- Samara, down in the valley",
			"-- samara.enabled=true", "-- Grants for everything below /api/*\n-- samara: environments=prod",
			"-- see db/**/*.sql\n-- samara: environments=prod",
			"/* see /* the one inside */ of db/* */ */\n-- note: nothing" })
	void leavesOtherCommentsAlone(String comment) {
		read(comment + "\nSELECT 1;");
		if (!comment.contains("-- samara: ")) {
			read("SELECT 1;\n" + comment);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SELECT '-- samra: down';", "SELECT '/* samara: transaction=none */';",
			"SELECT $$ x -- samara: transaction=none $$;", "SELECT 'open -- samara: down" })
	void leavesWhatStandsBetweenQuotesAlone(String text) {
		assertThat(read(text).values()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-- samara environments prod", "-- smara environments=prod",
			"-- asmara: environments=prod", "-- samara, environments=prod", "-- @samara: environments=prod",
			"-- samara irreversible because of it", "-- samara depends-on 2" })
	void refusesASlipThatWouldTakeALimitAway(String comment) {
		assertThatExceptionOfType(ScriptException.class).isThrownBy(() -> read(comment + "\nSELECT 1;"))
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("misspelled-directive"));
	}

	@Test
	void findsADirectiveBelowACommentThatLooksLikeTheBeginningOfABlock() {
		assertThat(read("-- below /api/*\n-- samara: environments=prod\nSELECT 1;").find("environments"))
			.hasValueSatisfying((directive) -> assertThat(directive.value()).isEqualTo("prod"));
	}

	@Test
	void findsASlipInAnyLineOfACommentWithOthersInside() {
		assertThatExceptionOfType(ScriptException.class)
			.isThrownBy(() -> read("SELECT 1;\n/* a /* b */\n * samara: transaction=none\n */"))
			.withMessageContaining("a.sql:3:4: A directive stands below the first statement");
	}

	/** The limit guards against a hang: each row once had all of those below it read. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			INSERT INTO path VALUES ('/') | , ('/api/users/*')   | ;
			INSERT INTO path VALUES ('/') | , ('-- /api/users/*')| ;
			COPY path FROM STDIN;         | /api/users/*         | \\.
			""")
	void looksOnceAtEachRowOfManyThatLookLikeComments(String first, String row, String last) {
		String text = first + "\n" + (row + "\n").repeat(100_000) + last + "\n";

		assertTimeoutPreemptively(Duration.ofSeconds(20),
				() -> assertThat(read("-- samara: transaction=none\n" + text).values()).hasSize(1));
		assertThatExceptionOfType(ScriptException.class).isThrownBy(() -> read(text + "/* samara: transaction=none */"))
			.withMessageStartingWith("a.sql:100003:");
	}

	@Test
	void findsNoSlipInTheFilesOfOtherProjects() throws IOException {
		try (Stream<Path> files = Files.walk(Corpora.root())) {
			List<Path> scripts = files.filter((file) -> file.toString().endsWith(".sql"))
				.filter(Files::isRegularFile)
				.toList();

			assertThat(scripts).isNotEmpty().allSatisfy((file) -> read(Files.readString(file, ISO_8859_1)));
		}
	}

	private static Directives read(String text) {
		return DirectiveReader.read("a.sql", text);
	}

}
