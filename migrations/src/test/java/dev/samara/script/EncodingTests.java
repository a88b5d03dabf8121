package dev.samara.script;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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

	@Test
	void namesTheNearestOfAnUnknownEncoding() {
		assertThatExceptionOfType(ScriptException.class)
			.isThrownBy(() -> read("", "-- samara: encoding=windows-1253x\nSELECT 1", StandardCharsets.UTF_8))
			.withMessageContaining("a.sql:1:4: \"windows-1253x\" is no encoding that is known")
			.satisfies((ex) -> assertThat(ex.getRemedy()).startsWith("Did you mean \"windows-1253\"?"));
		assertThatExceptionOfType(ScriptException.class).isThrownBy(() -> Location.parse("db[encoding=utf-9]"))
			.satisfies((ex) -> assertThat(ex.getRemedy()).startsWith("Did you mean \"UTF-8\"?"));
		assertThatExceptionOfType(ScriptException.class).isThrownBy(() -> Location.parse("db[charset=utf-8]"))
			.withMessageContaining("\"charset\"");
	}

	@Test
	void writesALocationAsItWasRead() {
		assertThat(Location.parse("optional:classpath:db/legacy[encoding=latin1]"))
			.hasToString("optional:classpath:db/legacy[encoding=ISO-8859-1]");
		assertThat(Location.parse("db/new[encoding=utf-8]")).isEqualTo(Location.parse("classpath:db/new"));
	}

	private Script read(String attribute, String text, Charset charset) throws IOException {
		Files.write(this.folder.resolve("a.sql"), text.getBytes(charset));
		ScriptSource source = new ScriptScanner(getClass().getClassLoader())
			.scan(Location.parse("file:" + this.folder + attribute), ".sql")
			.get(0);
		return ScriptReader.read(source);
	}

}
