package dev.samara.seed.data;

import java.util.Base64;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * Binary values written as {@code base64:…}.
 */
final class Base64Text {

	static final String PREFIX = "base64:";

	private Base64Text() {
	}

	/**
	 * Write a base64 text as PostgreSQL's {@code bytea} reads it.
	 * @param base64 without prefix; blanks and line ends do not count
	 * @return the literal, or {@code null} if it is no base64
	 */
	static @Nullable String toHex(String base64) {
		try {
			byte[] bytes = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
			return "\\x" + HexFormat.of().formatHex(bytes);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
