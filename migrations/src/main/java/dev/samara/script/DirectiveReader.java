package dev.samara.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads the comments before the first statement of a script, {@code --} and
 * {@code /* *}{@code /} alike.
 */
final class DirectiveReader {

	private static final String MARK = "samara:";

	private static final Set<String> HEADERS = Set.of("migration", "description", "author", "created", "depends-on");

	private final String path;

	private final String text;

	private final List<Directive> directives = new ArrayList<>();

	private final Map<String, String> headers = new LinkedHashMap<>();

	private DirectiveReader(String path, String text) {
		this.path = path;
		this.text = text;
	}

	/**
	 * Read the directives of a script.
	 * @throws ScriptException if a directive stands below the first statement, where it
	 * would have no effect, or has a slip in the word {@code samara}
	 */
	static Directives read(String path, String text) {
		DirectiveReader reader = new DirectiveReader(path, text);
		int end = reader.readTop();
		DirectiveSlips.refuse(path, text, end);
		return new Directives(reader.directives, reader.headers);
	}

	/**
	 * Read the directives of the beginning of a script.
	 */
	static Directives readTop(String path, String beginning) {
		DirectiveReader reader = new DirectiveReader(path, beginning);
		reader.readTop();
		return new Directives(reader.directives, reader.headers);
	}

	private int readTop() {
		int i = 0;
		while (i < this.text.length()) {
			int lineEnd = Lines.endOf(this.text, i);
			int start = skipBlanks(i, lineEnd);
			if (this.text.startsWith("--", start)) {
				readLine(start + 2, lineEnd);
				i = lineEnd + 1;
			}
			else if (this.text.startsWith("/*", start)) {
				i = readBlock(start + 2);
			}
			else if (start < lineEnd) {
				return i;
			}
			else {
				i = lineEnd + 1;
			}
		}
		return this.text.length();
	}

	private int readBlock(int start) {
		int close = this.text.indexOf("*/", start);
		int end = (close < 0) ? this.text.length() : close;
		int i = start;
		while (i < end) {
			int lineEnd = Math.min(Lines.endOf(this.text, i), end);
			int from = skipBlanks(i, lineEnd);
			while (from < lineEnd && this.text.charAt(from) == '*') {
				from++;
			}
			readLine(from, lineEnd);
			i = lineEnd + 1;
		}
		return end + 2;
	}

	private void readLine(int from, int to) {
		int start = skipBlanks(from, to);
		String line = this.text.substring(start, Math.max(start, to)).strip();
		int colon = line.indexOf(':');
		if (colon < 0) {
			return;
		}
		if (line.regionMatches(true, 0, MARK, 0, MARK.length())) {
			String directive = line.substring(MARK.length()).strip();
			if (!SectionReader.isMarker(directive)) {
				this.directives.add(directive(directive, Place.at(this.path, this.text, start)));
			}
			return;
		}
		String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
		if (HEADERS.contains(name)) {
			this.headers.putIfAbsent(name, line.substring(colon + 1).strip());
		}
	}

	private static Directive directive(String text, Place place) {
		int end = 0;
		while (end < text.length() && text.charAt(end) != '=' && !Character.isWhitespace(text.charAt(end))) {
			end++;
		}
		String value = text.substring(end).strip();
		return new Directive(text.substring(0, end).toLowerCase(Locale.ROOT),
				(value.startsWith("=") ? value.substring(1) : value).strip(), place);
	}

	private int skipBlanks(int from, int to) {
		int i = from;
		while (i < to && Character.isWhitespace(this.text.charAt(i))) {
			i++;
		}
		return i;
	}

}
