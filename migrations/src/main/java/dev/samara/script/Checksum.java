package dev.samara.script;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

import dev.samara.Internal;

/**
 * SHA-256 of a text, the same whatever an editor or a checkout does to its blanks: a byte
 * order mark, the kind of line ends, blanks at the end of a line and blank lines at the
 * end of the file do not count. Written as {@code sha256:} and 64 hexadecimal digits, so
 * that another algorithm can follow one day.
 *
 * @since 0.1.0
 */
@Internal
public final class Checksum {

	private static final String PREFIX = "sha256:";

	private Checksum() {
	}

	/**
	 * Return the checksum of a file.
	 * @param content the file as it is, in an encoding that keeps ASCII
	 * @return the checksum with its prefix
	 */
	public static String of(byte[] content) {
		return PREFIX + HexFormat.of().formatHex(sha256(normalized(content)));
	}

	/**
	 * Return the checksum of a file to which values belong.
	 * @param checksum that of the file
	 * @param values the values by name
	 * @return the checksum of both; that of the file if there are no values
	 */
	public static String with(String checksum, Map<String, String> values) {
		if (values.isEmpty()) {
			return checksum;
		}
		StringBuilder all = new StringBuilder(checksum);
		new TreeMap<>(values).forEach((name, value) -> all.append('\0').append(name).append('\0').append(value));
		return PREFIX + HexFormat.of().formatHex(sha256(all.toString().getBytes(StandardCharsets.UTF_8)));
	}

	private static byte[] normalized(byte[] content) {
		byte[] result = new byte[content.length];
		int length = 0;
		for (int i = hasByteOrderMark(content) ? 3 : 0; i < content.length; i++) {
			byte b = content[i];
			if (b == '\r' || b == '\n') {
				boolean isPair = b == '\r' && i + 1 < content.length && content[i + 1] == '\n';
				length = withoutBlanks(result, length);
				result[length++] = '\n';
				i += isPair ? 1 : 0;
			}
			else {
				result[length++] = b;
			}
		}
		length = withoutBlanks(result, length);
		while (length > 0 && result[length - 1] == '\n') {
			length--;
		}
		return Arrays.copyOf(result, length);
	}

	private static int withoutBlanks(byte[] bytes, int length) {
		int end = length;
		while (end > 0 && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
			end--;
		}
		return end;
	}

	private static boolean hasByteOrderMark(byte[] content) {
		return content.length >= 3 && content[0] == (byte) 0xEF && content[1] == (byte) 0xBB
				&& content[2] == (byte) 0xBF;
	}

	private static byte[] sha256(byte[] bytes) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(bytes);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
