package dev.samara.seed.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Writes rows in the text format of {@code COPY}, in UTF-8, into a buffer that is handed
 * on and used again. A row is a line, whatever its values hold.
 */
final class CopyText {

	private byte[] buffer = new byte[1 << 17];

	private int length;

	private int fields;

	private @Nullable Unstorable unstorable;

	/**
	 * A value that no text of PostgreSQL can hold.
	 *
	 * @param field the place of its column, counted from 0
	 * @param character what it contains
	 */
	record Unstorable(int field, String character) {

		static final String NUL = "the character NUL (U+0000)";

		static final String SURROGATE = "half of a surrogate pair (U+D800 to U+DFFF)";

	}

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
		this.fields = 0;
	}

	void endRow() {
		reserve(1);
		this.buffer[this.length++] = '\n';
		this.fields = 0;
	}

	/**
	 * Return the first value since the last call that cannot be stored. What the buffer
	 * holds in its place is not the value and must not be sent.
	 */
	@Nullable Unstorable takeUnstorable() {
		Unstorable found = this.unstorable;
		this.unstorable = null;
		return found;
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
			else if (c == 0) {
				refuse(Unstorable.NUL);
			}
			else {
				target[to++] = (byte) c;
			}
		}
		this.length = to;
	}

	private void addEncoded(char[] chars, int offset, int count) {
		for (int i = offset; i < offset + count; i++) {
			if (chars[i] == 0) {
				refuse(Unstorable.NUL);
			}
			else if (Character.isHighSurrogate(chars[i]) && i + 1 < offset + count
					&& Character.isLowSurrogate(chars[i + 1])) {
				i++;
			}
			else if (Character.isSurrogate(chars[i])) {
				refuse(Unstorable.SURROGATE);
			}
		}
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

	private void refuse(String character) {
		if (this.unstorable == null) {
			this.unstorable = new Unstorable(this.fields - 1, character);
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
		if (this.fields++ > 0) {
			this.buffer[this.length++] = '\t';
		}
	}

	private void reserve(int count) {
		if (this.length + count > this.buffer.length) {
			this.buffer = Arrays.copyOf(this.buffer, Math.max(this.buffer.length * 2, this.length + count));
		}
	}

}
