package dev.samara.postgres;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

import org.postgresql.core.Encoding;

/**
 * The encoding of a database. Pure.
 */
final class ServerEncoding {

	private ServerEncoding() {
	}

	/**
	 * Replace the characters that an encoding lacks.
	 * @param text the text
	 * @param encoding the encoding by the server's name for it
	 * @return the text with question marks; unchanged if the server stores bytes as they
	 * come, or Java does not know the encoding
	 */
	static String storable(String text, String encoding) {
		if (encoding.equals("UTF8") || encoding.equals("SQL_ASCII")) {
			return text;
		}
		Charset charset = Charset.forName(Encoding.getDatabaseEncoding(encoding).name());
		if (charset.equals(StandardCharsets.UTF_8)) {
			return text;
		}
		CharsetEncoder encoder = charset.newEncoder();
		StringBuilder storable = new StringBuilder(text.length());
		text.codePoints().mapToObj(Character::toString).forEach((character) -> {
			storable.append(encoder.canEncode(character) ? character : "?");
		});
		return storable.toString();
	}

}
