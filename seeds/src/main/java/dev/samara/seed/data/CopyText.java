package dev.samara.seed.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes rows in the text format of {@code COPY}, in UTF-8, into a buffer that is handed
 * on and used again. A row is a line, whatever its values hold.
 */
final class CopyText {

	private byte[] buffer = new byte[1 << 17];

	private int length;

	private boolean isFirst = true;

	byte[] buffer() {
		return this.buffer;
	}

	int length() {
		return this.length;
	}

	void clear() {
		this.length = 0;
	}

	/** Take back a row that is not complete. */
	void truncate(int length) {
		this.length = length;
		this.isFirst = true;
	}

	void endRow() {
		reserve(1);
		this.buffer[this.length++] = '\n';
		this.isFirst = true;
	}

	void addNull() {
		begin(2);
		this.buffer[this.length++] = '\\';
		this.buffer[this.length++] = 'N';
	}

	void add(String value) {
		char[] chars = value.toCharArray();
		add(chars, 0, chars.length);
	}

	void add(char[] chars, int offset, int count) {
		begin(count * 3);
		byte[] target = this.buffer;
		int to = this.length;
		int end = offset + count;
		for (int i = offset; i < end; i++) {
			char c = chars[i];
			if (c >= 0x80) {
				this.length = to;
				addEncoded(chars, i, end - i);
				return;
			}
			if (c == '\\' || c == '\t' || c == '\n' || c == '\r') {
				target[to++] = '\\';
				target[to++] = escaped(c);
			}
			else {
				target[to++] = (byte) c;
			}
		}
		this.length = to;
	}

	private void addEncoded(char[] chars, int offset, int count) {
		byte[] bytes = new String(chars, offset, count).getBytes(StandardCharsets.UTF_8);
		reserve(bytes.length * 2);
		for (byte b : bytes) {
			if (b == '\\' || b == '\t' || b == '\n' || b == '\r') {
				this.buffer[this.length++] = '\\';
				this.buffer[this.length++] = escaped((char) b);
			}
			else {
				this.buffer[this.length++] = b;
			}
		}
	}

	private static byte escaped(char c) {
		return (byte) switch (c) {
			case '\t' -> 't';
			case '\n' -> 'n';
			case '\r' -> 'r';
			default -> c;
		};
	}

	private void begin(int count) {
		reserve(count + 1);
		if (!this.isFirst) {
			this.buffer[this.length++] = '\t';
		}
		this.isFirst = false;
	}

	private void reserve(int count) {
		if (this.length + count > this.buffer.length) {
			this.buffer = Arrays.copyOf(this.buffer, Math.max(this.buffer.length * 2, this.length + count));
		}
	}

}
