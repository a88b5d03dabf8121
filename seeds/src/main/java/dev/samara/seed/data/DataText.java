package dev.samara.seed.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;

/**
 * The text of data files: in their encoding, strictly, without a byte order mark.
 */
final class DataText {

	private DataText() {
	}

	static BufferedReader open(InputStream stream, Charset encoding) throws IOException {
		BufferedReader reader = new BufferedReader(new InputStreamReader(stream,
				encoding.newDecoder()
					.onMalformedInput(CodingErrorAction.REPORT)
					.onUnmappableCharacter(CodingErrorAction.REPORT)),
				1 << 16);
		reader.mark(1);
		if (reader.read() != '\uFEFF') {
			reader.reset();
		}
		return reader;
	}

	/**
	 * Return whether a line at the top of a file belongs to its header.
	 */
	static boolean isComment(String line) {
		String text = line.strip();
		return text.isEmpty() || text.startsWith("#");
	}

}
