package dev.samara.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * The form in which a picture is kept: a title with the edition, then a line for each
 * object. Names may hold line ends; these are escaped.
 */
final class CompactText {

	private static final String TITLE = "samara-schema ";

	private static final int HASH_LENGTH = 16;

	private CompactText() {
	}

	static String write(SchemaSnapshot snapshot) {
		StringBuilder text = new StringBuilder(TITLE).append(snapshot.edition()).append('\n');
		for (SchemaObject object : snapshot.objects().values()) {
			text.append(object.hash()).append(' ').append(escape(object.identity())).append('\n');
		}
		return text.toString();
	}

	static SchemaSnapshot read(String text) {
		List<String> lines = text.lines().toList();
		if (lines.isEmpty() || !lines.get(0).startsWith(TITLE)) {
			throw new IllegalArgumentException("The text does not begin with \"" + TITLE + "\"");
		}
		List<SchemaObject> objects = new ArrayList<>(lines.size() - 1);
		for (int i = 1; i < lines.size(); i++) {
			String line = lines.get(i);
			if (line.indexOf(' ') != HASH_LENGTH) {
				throw new IllegalArgumentException("Line " + (i + 1) + " is not a hash and an identity: " + line);
			}
			objects
				.add(new SchemaObject(unescape(line.substring(HASH_LENGTH + 1)), null, line.substring(0, HASH_LENGTH)));
		}
		return SchemaSnapshot.of(lines.get(0).substring(TITLE.length()), objects);
	}

	private static String escape(String identity) {
		return identity.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
	}

	private static String unescape(String text) {
		if (text.indexOf('\\') < 0) {
			return text;
		}
		StringBuilder identity = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\\' && i + 1 < text.length()) {
				c = switch (text.charAt(++i)) {
					case 'n' -> '\n';
					case 'r' -> '\r';
					default -> text.charAt(i);
				};
			}
			identity.append(c);
		}
		return identity.toString();
	}

}
