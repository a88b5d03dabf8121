package dev.samara.script;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Set;

import dev.samara.Internal;
import dev.samara.script.SectionReader.Sections;

/**
 * Reads a file into a {@link Script}. Files are UTF-8 unless they or their location say
 * otherwise, strictly: a wrong byte is an error with its place.
 *
 * @since 0.1.0
 */
@Internal
public final class ScriptReader {

	private static final char BYTE_ORDER_MARK = '\uFEFF';

	/** The directives that say how a file is read. */
	public static final Set<String> DIRECTIVES = Set.of(ScriptFilling.DIRECTIVE, Encoding.DIRECTIVE);

	private ScriptReader() {
	}

	/**
	 * Read a file of which the way back is of no interest.
	 * @param source the file
	 * @param filling what becomes of placeholders unless the file says otherwise
	 * @return the script
	 * @throws ScriptException if the file cannot be read, has a byte that is wrong in its
	 * encoding, or a directive where none is read
	 */
	public static Script read(ScriptSource source, ScriptFilling filling) {
		return readFile(source, filling).up();
	}

	/**
	 * Read a file of which the way back and placeholders are of no interest.
	 * @param source the file
	 * @return the script
	 * @throws ScriptException as {@link #read(ScriptSource, ScriptFilling)} does
	 */
	public static Script read(ScriptSource source) {
		return read(source, ScriptFilling.NONE);
	}

	/**
	 * Read a file of which placeholders are of no interest.
	 * @param source the file
	 * @return the script, and its way back if the file has a section for it
	 * @throws ScriptException as {@link #readFile(ScriptSource, ScriptFilling)} does
	 */
	public static ScriptFile readFile(ScriptSource source) {
		return readFile(source, ScriptFilling.NONE);
	}

	/**
	 * Read a file.
	 * @param source the file
	 * @param filling what becomes of placeholders unless the file says otherwise
	 * @return the script, and its way back if the file has a section for it
	 * @throws ScriptException if the file cannot be read, has a byte that is wrong in its
	 * encoding, or a directive where none is read
	 */
	public static ScriptFile readFile(ScriptSource source, ScriptFilling filling) {
		byte[] content = bytes(source);
		String text = Encoding.decode(source, content);
		if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
			text = text.substring(1);
		}
		Sections sections = SectionReader.read(source.path(), text);
		Script up = of(source.path(), sections.up(), checksum(sections.upOnly()));
		ScriptFilling upFilling = filling.as(up.directives());
		up = with(up, upFilling, Checksum.with(up.checksum(), upFilling.tracked(up)));
		if (sections.down() == null) {
			return new ScriptFile(up, null);
		}
		Script down = of(source.path(), sections.down());
		return new ScriptFile(up, with(down, upFilling.asForOtherSection(down.directives()), down.checksum()));
	}

	private static Script with(Script script, ScriptFilling filling, String checksum) {
		return new Script(script.path(), script.text(), checksum, script.directives(), filling);
	}

	/**
	 * Make a script of a text that was kept, and runs as it is.
	 * @param path what to call it
	 * @param text the text
	 * @return the script
	 */
	public static Script of(String path, String text) {
		return of(path, text, checksum(text));
	}

	/**
	 * Make a script of a text that was kept with its placeholders.
	 * @param path what to call it
	 * @param text the text
	 * @param filling the values it is filled with
	 * @return the script
	 */
	public static Script of(String path, String text, ScriptFilling filling) {
		Script script = of(path, text);
		return with(script, filling, script.checksum());
	}

	private static Script of(String path, String text, String checksum) {
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

}
