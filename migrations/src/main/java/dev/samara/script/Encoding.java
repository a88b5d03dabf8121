package dev.samara.script;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import dev.samara.Internal;

import org.jspecify.annotations.Nullable;

/**
 * The encodings of files. A byte that is wrong is an error with its place, never a
 * question mark in the database.
 *
 * @since 0.1.0
 */
@Internal
public final class Encoding {

	/** {@code -- samara: encoding=windows-1252}. */
	public static final String DIRECTIVE = "encoding";

	/** A directive stands at the top, so it is not looked for far below. */
	private static final int TOP = 1 << 14;

	private Encoding() {
	}

	/**
	 * Find an encoding by name.
	 * @param name what somebody has written
	 * @param place where
	 * @return the encoding
	 * @throws ScriptException if Java has none of that name
	 */
	public static Charset of(String name, Place place) {
		try {
			return Charset.forName(name);
		}
		catch (IllegalCharsetNameException | UnsupportedCharsetException ex) {
			throw new ScriptException("unknown-encoding", place, "\"" + name + "\" is no encoding that is known",
					meant(name).map((meant) -> "Did you mean \"" + meant + "\"?")
						.orElse("Name one that Java knows, for example UTF-8, ISO-8859-1, windows-1252.")
							+ " UTF-8 need not be said.");
		}
	}

	/**
	 * Return the encoding somebody meant, if that is beyond doubt: another one would read
	 * the file as well, with other letters in it.
	 * @param name what somebody has written
	 * @return the name of the only encoding that has this name, but for hyphens and the
	 * like
	 */
	static Optional<String> meant(String name) {
		String plain = plain(name).replaceFirst("^win(?=125\\d$)", "windows");
		List<String> found = plain.isEmpty() ? List.of()
				: Charset.availableCharsets()
					.values()
					.stream()
					.filter((charset) -> Stream.concat(Stream.of(charset.name()), charset.aliases().stream())
						.anyMatch((known) -> plain(known).equals(plain)))
					.map(Charset::name)
					.toList();
		return (found.size() == 1) ? Optional.of(found.get(0)) : Optional.empty();
	}

	private static String plain(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
	}

	/**
	 * Return the encoding that the first bytes of a file show: a byte order mark, or,
	 * without one, a zero byte in the first character, which in SQL, CSV, JSON and YAML
	 * is an ASCII character.
	 * @param content the first bytes, at least four unless the file is shorter
	 * @return {@code UTF-16} or {@code UTF-32}; {@code null} for every other encoding
	 */
	public static @Nullable String shownBy(byte[] content) {
		int start = 0;
		for (int i = 0; i < 4; i++) {
			start = start << 8 | ((i < content.length) ? content[i] & 0xFF : ' ');
		}
		int half = start >>> 16;
		if (start == 0xFFFE0000 || start == 0x0000FEFF) {
			return "UTF-32";
		}
		boolean isHalfZero = half != 0 && (half & 0xFF00) == 0 || half != 0 && (half & 0xFF) == 0;
		return (half == 0xFFFE || half == 0xFEFF || isHalfZero) ? "UTF-16" : null;
	}

	/**
	 * Return the problem of a file whose first bytes show another encoding than the one
	 * it would be read in.
	 * @param path the file
	 * @param shown the encoding the bytes show, or {@code null}
	 * @param charset the encoding it would be read in
	 * @return the problem, or {@code null} if there is none
	 */
	public static @Nullable ScriptException mismatch(String path, @Nullable String shown, Charset charset) {
		if (shown == null || charset.name().toUpperCase(Locale.ROOT).contains(shown)) {
			return null;
		}
		return new ScriptException("wrong-encoding", Place.of(path),
				"The file is encoded in " + shown + ", but is read as " + charset.name(),
				"Save the file as UTF-8, or name the encoding behind its location: [encoding=" + shown + "].");
	}

	/**
	 * Decode a file: as it says at its top, or else as its location does, or else as
	 * UTF-8.
	 */
	static String decode(ScriptSource source, byte[] content) {
		Charset usual = source.location().encoding();
		String top = new String(content, 0, Math.min(content.length, TOP), StandardCharsets.ISO_8859_1);
		String lower = top.toLowerCase(Locale.ROOT);
		if (!lower.contains(DIRECTIVE) || !lower.contains("samara:")) {
			return decode(source.path(), content, usual);
		}
		Directive directive = DirectiveReader.readTop(source.path(), top).find(DIRECTIVE).orElse(null);
		return decode(source.path(), content, (directive != null) ? of(directive.value(), directive.place()) : usual);
	}

	private static String decode(String path, byte[] content, Charset charset) {
		ScriptException mismatch = mismatch(path, shownBy(content), charset);
		if (mismatch != null) {
			throw mismatch;
		}
		CharsetDecoder decoder = charset.newDecoder()
			.onMalformedInput(CodingErrorAction.REPORT)
			.onUnmappableCharacter(CodingErrorAction.REPORT);
		ByteBuffer bytes = ByteBuffer.wrap(content);
		CharBuffer chars = CharBuffer.allocate((int) Math.ceil(content.length * (double) decoder.maxCharsPerByte()));
		CoderResult result = decoder.decode(bytes, chars, true);
		if (!result.isError()) {
			result = decoder.flush(chars);
		}
		String text = chars.flip().toString();
		if (result.isError()) {
			boolean isUtf8 = charset.equals(StandardCharsets.UTF_8);
			throw new ScriptException(isUtf8 ? "not-utf-8" : "wrong-encoding", Place.at(path, text, text.length()),
					"Byte 0x%02X at offset %d is not %s".formatted(content[bytes.position()] & 0xFF, bytes.position(),
							charset.name()),
					isUtf8 ? "Save the file as UTF-8, or say at its top what it is: \"-- samara: encoding=windows-1252\"."
							: "Correct the encoding that the file or its location names, or save the file in it.");
		}
		return text;
	}

}
