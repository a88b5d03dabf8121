package dev.samara.script;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

import dev.samara.Internal;
import dev.samara.script.SectionReader.Sections;

/**
 * Reads a file into a {@link Script}. Files are UTF-8, strictly: a wrong byte is an error
 * with its place, never a question mark in the database.
 *
 * @since 0.1.0
 */
@Internal
public final class ScriptReader {

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	private ScriptReader() {
	}

	/**
	 * Read a file of which the way back is of no interest.
	 * @param source the file
	 * @return the script
	 * @throws ScriptException if the file cannot be read, is not UTF-8, or has a
	 * directive where none is read
	 */
	public static Script read(ScriptSource source) {
		return readFile(source).up();
	}

	/**
	 * Read a file.
	 * @param source the file
	 * @return the script, and its way back if the file has a section for it
	 * @throws ScriptException if the file cannot be read, is not UTF-8, or has a
	 * directive where none is read
	 */
	public static ScriptFile readFile(ScriptSource source) {
		byte[] content = bytes(source);
		String text = decode(source.path(), content);
		if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
			text = text.substring(1);
		}
		Sections sections = SectionReader.read(source.path(), text);
		String checksum = sections.upOnly().equals(text) ? Checksum.of(content) : checksum(sections.upOnly());
		String down = sections.down();
		return new ScriptFile(script(source.path(), sections.up(), checksum),
				(down != null) ? script(source.path(), down, checksum(down)) : null);
	}

	/**
	 * Make a script of a text that was kept.
	 * @param path what to call it
	 * @param text the text
	 * @return the script
	 */
	public static Script of(String path, String text) {
		return script(path, text, checksum(text));
	}

	private static Script script(String path, String text, String checksum) {
		return new Script(path, text, checksum, DirectiveReader.read(path, text));
	}

	private static String checksum(String text) {
		return Checksum.of(text.getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] bytes(ScriptSource source) {
		try {
			if (source.resource().isFile()) {
				return Files.readAllBytes(source.resource().getFile().toPath());
			}
			try (InputStream stream = source.resource().getInputStream()) {
				return stream.readAllBytes();
			}
		}
		catch (IOException ex) {
			throw new ScriptException("unreadable", Place.of(source.path()),
					"The file cannot be read (" + ex.getMessage() + ")",
					"Check that the file exists and that the application may read it.");
		}
	}

	private static String decode(String path, byte[] content) {
		CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
			.onMalformedInput(CodingErrorAction.REPORT)
			.onUnmappableCharacter(CodingErrorAction.REPORT);
		ByteBuffer bytes = ByteBuffer.wrap(content);
		CharBuffer chars = CharBuffer.allocate(content.length);
		CoderResult result = decoder.decode(bytes, chars, true);
		String text = chars.flip().toString();
		if (result.isError()) {
			int wrong = content[bytes.position()] & 0xFF;
			throw new ScriptException("not-utf-8", Place.at(path, text, text.length()),
					"Byte 0x%02X at offset %d is not UTF-8".formatted(wrong, bytes.position()),
					"Save the file as UTF-8.");
		}
		return text;
	}

}
