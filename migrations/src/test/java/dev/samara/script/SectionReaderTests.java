package dev.samara.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SectionReaderTests {

	@TempDir
	private Path folder;

	@Test
	void dividesAFileAndKeepsItsLines() throws IOException {
		ScriptFile file = read("""
				-- Author: Ada
				-- samara: up
				CREATE TABLE a ();
				-- samara: DOWN
				-- samara: transaction=none
				DROP TABLE a;
				""");

		assertThat(file.up().statements()).singleElement().satisfies((statement) -> {
			assertThat(statement.text()).isEqualTo("CREATE TABLE a ();");
			assertThat(statement.line()).isEqualTo(3);
		});
		assertThat(file.up().directives().header("author")).contains("Ada");
		assertThat(file.up().directives().values()).isEmpty();
		assertThat(file.down()).isNotNull();
		assertThat(file.down().statements()).singleElement().satisfies((statement) -> {
			assertThat(statement.text()).isEqualTo("DROP TABLE a;");
			assertThat(statement.line()).isEqualTo(6);
		});
		assertThat(file.down().directives().find("transaction")).isPresent();
	}

	@ParameterizedTest
	@ValueSource(strings = { "--samara: down", "  --\tSamara:down", "-- SAMARA:   Down" })
	void beginsASectionHoweverItIsWritten(String marker) throws IOException {
		ScriptFile file = read("CREATE TABLE a ();\n" + marker + "\nDROP TABLE a;\n");

		assertThat(file.up().statements()).hasSize(1);
		assertThat(file.down()).isNotNull();
	}

	@Test
	void acceptsTheWayBackFirst() throws IOException {
		ScriptFile file = read("-- samara: down\nDROP TABLE a;\n-- samara: up\nCREATE TABLE a ();");

		assertThat(file.up().statements()).singleElement()
			.satisfies((statement) -> assertThat(statement.line()).isEqualTo(4));
		assertThat(file.down()).isNotNull();
	}

	@Test
	void letsSectionsBeAddedToAFileThatIsApplied() throws IOException {
		String plain = read("CREATE TABLE a ();\nCREATE TABLE b ();\n").up().checksum();

		assertThat(
				read("-- samara: up\nCREATE TABLE a ();\nCREATE TABLE b ();\n\n-- samara: down\nDROP TABLE a;\n").up()
					.checksum())
			.isEqualTo(plain);
		assertThat(read("-- samara: up\r\nCREATE TABLE a ();\r\nCREATE TABLE b ();\r\n-- samara: down\r\n").up()
			.checksum()).isEqualTo(plain);
		assertThat(read("-- samara: up\nCREATE TABLE a ();\nCREATE TABLE b ();").up().checksum()).isEqualTo(plain);
		assertThat(read("-- samara: down\nDROP TABLE a;\n-- samara: up\nCREATE TABLE a ();\nCREATE TABLE b ();\n").up()
			.checksum()).isEqualTo(plain);
	}

	@Test
	void doesNotCoverTheWayBackByTheChecksum() throws IOException {
		String one = read("SELECT 1;\n-- samara: down\nSELECT 2;\n").up().checksum();
		String other = read("SELECT 1;\n-- samara: down\nSELECT 3;\n\nSELECT 4;\n").up().checksum();
		String changed = read("SELECT 9;\n-- samara: down\nSELECT 2;\n").up().checksum();

		assertThat(other).isEqualTo(one);
		assertThat(changed).isNotEqualTo(one);
	}

	@Test
	void hasNoWayBackWithoutTheSection() throws IOException {
		assertThat(read("-- samara: up\nSELECT '-- samara: down'").down()).isNull();
	}

	@Test
	void refusesASecondSectionOfAKind() {
		assertThatExceptionOfType(ScriptException.class)
			.isThrownBy(() -> read("SELECT 1;\n-- samara: down\nSELECT 2;\n-- samara: down\nSELECT 3"))
			.withMessageContaining("a.sql:4:1: The file has a second section \"down\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-- samara: down now", "--samara:down;", "  -- samara: down -- takes it back",
			"-- samara: down=1" })
	void wantsAMarkerToStandAlone(String line) {
		for (String text : List.of("SELECT 1;\n" + line + "\nSELECT 2;", line + "\nSELECT 1;")) {
			assertThatExceptionOfType(ScriptException.class).isThrownBy(() -> read(text))
				.withMessageContaining("The line \"-- samara: down\" goes on, and has to stand alone")
				.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("invalid-directive"));
		}
	}

	private ScriptFile read(String text) throws IOException {
		Files.writeString(this.folder.resolve("a.sql"), text);
		ScriptSource source = new ScriptScanner(getClass().getClassLoader())
			.scan(Location.parse("file:" + this.folder), ".sql")
			.get(0);
		return ScriptReader.readFile(source, ScriptFilling.NONE);
	}

}
