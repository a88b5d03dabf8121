package dev.samara.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * A message of PostgreSQL's frontend/backend protocol.
 *
 * @param type its first byte; {@link #UNTYPED} for what a client sends before its login
 * @param body what follows the length
 */
record WireMessage(char type, byte[] body) {

	static final char UNTYPED = '\0';

	private static final int PROTOCOL_3 = 3;

	/**
	 * Reads the next message.
	 * @param in what one side sends
	 * @param typed whether the message starts with its type
	 * @return the message, or {@code null} at the end
	 * @throws IOException if the connection breaks
	 */
	static @Nullable WireMessage read(DataInputStream in, boolean typed) throws IOException {
		try {
			char type = typed ? (char) in.readUnsignedByte() : UNTYPED;
			byte[] body = new byte[in.readInt() - Integer.BYTES];
			in.readFully(body);
			return new WireMessage(type, body);
		}
		catch (EOFException ex) {
			return null;
		}
	}

	void write(DataOutputStream out) throws IOException {
		if (this.type != UNTYPED) {
			out.writeByte(this.type);
		}
		out.writeInt(this.body.length + Integer.BYTES);
		out.write(this.body);
	}

	/**
	 * Whether this starts a session, rather than asking for encryption or a cancellation.
	 * @return whether all messages after it have a type
	 */
	boolean isStartup() {
		return this.type == UNTYPED && ByteBuffer.wrap(this.body).getShort() == PROTOCOL_3;
	}

	/**
	 * One of the texts at the start of the body.
	 * @param index how many texts are before it
	 * @return the text up to its zero byte
	 */
	String text(int index) {
		int start = 0;
		for (int i = 0; i < index; i++) {
			start = end(start) + 1;
		}
		return new String(this.body, start, end(start) - start, StandardCharsets.UTF_8);
	}

	private int end(int start) {
		int end = start;
		while (this.body[end] != 0) {
			end++;
		}
		return end;
	}

}
