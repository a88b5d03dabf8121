package dev.samara.script;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ChecksumTests {

	private static final String TEXT = "CREATE TABLE a (\n\tid integer\n);\n";

	@ParameterizedTest
	@ValueSource(strings = { "CREATE TABLE a (\r\n\tid integer\r\n);\r\n", "CREATE TABLE a (\r\tid integer\r);\r",
			"\uFEFFCREATE TABLE a (\n\tid integer\n);\n", "CREATE TABLE a (  \n\tid integer\t\n);",
			"CREATE TABLE a (\n\tid integer\n);  \n\n \t\n" })
	void doesNotChangeWithLineEndsByteOrderMarkAndTrailingBlanks(String text) {
		assertThat(checksum(text)).isEqualTo(checksum(TEXT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "CREATE TABLE a (\n  id integer\n);\n", "CREATE TABLE a (\n\n\tid integer\n);\n",
			"CREATE TABLE b (\n\tid integer\n);\n", "\nCREATE TABLE a (\n\tid integer\n);\n" })
	void changesWithEverythingElse(String text) {
		assertThat(checksum(text)).isNotEqualTo(checksum(TEXT));
	}

	@Test
	void isTheSha256OfTheNormalizedText() {
		assertThat(checksum("abc\r\n"))
			.isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
		assertThat(checksum("")).endsWith("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	}

	private static String checksum(String text) {
		return Checksum.of(text.getBytes(StandardCharsets.UTF_8));
	}

}
