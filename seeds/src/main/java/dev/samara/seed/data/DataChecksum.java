package dev.samara.seed.data;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

import dev.samara.script.Encoding;

import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of a file that may be larger than memory. A byte order mark and the kind of
 * line ends do not count; blanks do, for they are data.
 */
final class DataChecksum {

	private static final byte[] BYTE_ORDER_MARK = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

	private final MessageDigest digest;

	private final byte[] normalized = new byte[1 << 16];

	private final ConflictMarkers conflicts = new ConflictMarkers();

	private boolean isAfterReturn;

	private long size;

	private DataChecksum() {
		try {
			this.digest = MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/**
	 * The digest of a content, and its length.
	 *
	 * @param checksum with its prefix
	 * @param size in bytes
	 * @param encoding the Unicode encoding its first bytes show, or {@code null}
	 * @param conflict the first line with a conflict marker of Git, or 0
	 */
	record Result(String checksum, long size, @Nullable String encoding, int conflict) {

	}

	static Result of(InputStream stream) throws IOException {
		DataChecksum checksum = new DataChecksum();
		byte[] start = stream.readNBytes(4);
		checksum.size = start.length;
		boolean isMarked = start.length >= 3 && Arrays.equals(start, 0, 3, BYTE_ORDER_MARK, 0, 3);
		byte[] text = isMarked ? Arrays.copyOfRange(start, 3, start.length) : start;
		checksum.update(text, text.length);
		String encoding = Encoding.shownBy(start);
		byte[] buffer = new byte[1 << 16];
		for (int length = stream.read(buffer); length >= 0; length = stream.read(buffer)) {
			checksum.size += length;
			checksum.update(buffer, length);
		}
		return new Result("sha256:" + HexFormat.of().formatHex(checksum.digest.digest()), checksum.size, encoding,
				checksum.conflicts.line());
	}

	private void update(byte[] bytes, int length) {
		int kept = 0;
		for (int i = 0; i < length; i++) {
			byte b = bytes[i];
			if (b != '\n' || !this.isAfterReturn) {
				byte normal = (b == '\r') ? (byte) '\n' : b;
				this.normalized[kept++] = normal;
				this.conflicts.accept(normal);
			}
			this.isAfterReturn = b == '\r';
		}
		this.digest.update(this.normalized, 0, kept);
	}

}
