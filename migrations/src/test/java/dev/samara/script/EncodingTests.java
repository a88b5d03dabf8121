package dev.samara.script;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class EncodingTests {

	private static final Charset LATIN = Charset.forName("windows-1252");

	@TempDir
	private Path folder;

	@Test
	void readsAsTheFileSaysItself() throws IOException {
		assertThat(read("", "-- samara: encoding=windows-1252\nSELECT 'Zoë €'", LATIN).text()).endsWith("'Zoë €'");
		assertThat(read("[encoding=UTF-16]", "-- samara: ENCODING = latin1\nSELECT 'ë'", StandardCharsets.ISO_8859_1)
			.text()).endsWith("'ë'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "windows-1252", "UTF-16", "UTF-16LE", "UTF-8" })
	void readsAsTheLocationSays(String encoding) throws IOException {
		Script script = read("[encoding=" + encoding + "]", "SELECT 'Zoë'\n", Charset.forName(encoding));

		assertThat(script.text()).isEqualTo("SELECT 'Zoë'\n");
	}

	@Test
	void hasOneChecksumForATextInAnyEncoding() throws IOException {
		String text = "SELECT 'Zoë'\n";

		assertThat(read("[encoding=windows-1252]", text, LATIN).checksum())
			.isEqualTo(read("", text, StandardCharsets.UTF_8).checksum())
			.isEqualTo(Checksum.of(text.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void namesTheWrongByteAndItsEncoding() {
		assertThatExceptionOfType(ScriptException.class).isThrownBy(() -> read("", "SELECT 1;\n'Zoë'", LATIN))
			.withMessageContaining("a.sql:2:4: Byte 0xEB at offset 13 is not UTF-8")
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("-- samara: encoding=windows-1252"));
		assertThatExceptionOfType(ScriptException.class)
			.isThrownBy(() -> read("", "-- samara: encoding=US-ASCII\nSELECT 'Zoë'", StandardCharsets.UTF_8))
			.withMessageContaining("a.sql:2:11: Byte 0xC3 at offset 39 is not US-ASCII");
		assertThatExceptionOfType(ScriptException.class)
			.isThrownBy(() -> read("[encoding=windows-1252]", "SELECT '\u0081'", StandardCharsets.ISO_8859_1))
			.withMessageContaining("is not windows-1252");
	}

	@ParameterizedTest
	@CsvSource({ "latin-1, ISO-8859-1", "Latin 1, ISO-8859-1", "cp-1252, windows-1252", "win1252, windows-1252",
			"Win-1253, windows-1253", "UTF 8, UTF-8", "iso 8859 15, ISO-8859-15" })
	void namesTheEncodingThatIsMeant(String written, String meant) {
		assertThat(remedyInFile(written)).isEqualTo("Did you mean \"" + meant + "\"? UTF-8 need not be said.");
		assertThat(remedyOf("db[encoding=" + written + "]")).isEqualTo(remedyInFile(written));
		assertThat(remedyOf("db[charset=" + written + "]"))
			.isEqualTo("Write [encoding=" + meant + "], or nothing for UTF-8.");
		assertThat(remedyOf("db[" + written + "]")).isEqualTo(remedyOf("db[charset=" + written + "]"));
	}

	/** Nearly any encoding would read the file, with other letters in it. */
	@ParameterizedTest
	@ValueSource(strings = { "ansi", "", "?", "windows-1253x", "utf-9", "win", "latin", "win12520" })
	void guessesNoEncoding(String written) {
		assertThat(remedyInFile(written)).isEqualTo(
				"Name one that Java knows, for example UTF-8, ISO-8859-1, windows-1252. UTF-8 need not be said.");
		assertThat(remedyOf("db[encoding=" + written + "]")).isEqualTo(remedyInFile(written));
		assertThat(remedyOf("db[charset=" + written + "]"))
			.isEqualTo("Write [encoding=windows-1252] for example, or nothing for UTF-8.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ISO-8859-1", "charset=ISO-8859-1", "Encoding=latin1" })
	void namesTheEncodingOfALocationThatSaysItInOtherWords(String attribute) {
		assertThat(remedyOf("db[" + attribute + "]")).isEqualTo("Write [encoding=ISO-8859-1], or nothing for UTF-8.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "db[encoding=latin1", "classpath:db[", "db[encoding=latin1}" })
	void missesTheEndOfAnAttribute(String location) {
		assertThatExceptionOfType(ScriptException.class).isThrownBy(() -> Location.parse(location))
			.withMessageContaining("has a \"[\" and no \"]\" after it")
			.satisfies((ex) -> assertThat(ex.getCode()).isEqualTo("invalid-location"));
	}

	@Test
	void writesALocationAsItWasRead() {
		assertThat(Location.parse("optional:classpath:db/legacy[encoding=latin1]"))
			.hasToString("optional:classpath:db/legacy[encoding=ISO-8859-1]");
		assertThat(Location.parse("db/new[encoding=utf-8]")).isEqualTo(Location.parse("classpath:db/new"));
	}

	private String remedyInFile(String encoding) {
		return remedy(() -> read("", "-- samara: encoding=" + encoding + "\nSELECT 1", StandardCharsets.UTF_8));
	}

	private static String remedyOf(String location) {
		return remedy(() -> Location.parse(location));
	}

	private static String remedy(ThrowingCallable call) {
		ScriptException ex = catchThrowableOfType(ScriptException.class, call);
		assertThat(ex).isNotNull();
		return String.valueOf(ex.getRemedy());
	}

	private Script read(String attribute, String text, Charset charset) throws IOException {
		Files.write(this.folder.resolve("a.sql"), text.getBytes(charset));
		ScriptSource source = new ScriptScanner(getClass().getClassLoader())
			.scan(Location.parse("file:" + this.folder + attribute), ".sql")
			.get(0);
		return ScriptReader.read(source);
	}

}
