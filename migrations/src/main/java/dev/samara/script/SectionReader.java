package dev.samara.script;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Divides a text at the lines {@code -- samara: up} and {@code -- samara: down}. What
 * stands above the first of them belongs to the way up. Each section keeps its place in
 * the text: the other one is blanked out, so that lines and columns are those of the
 * file.
 */
final class SectionReader {

	private static final String MARK = "samara:";

	private static final Pattern MARKER_AND_MORE = Pattern.compile("(?<name>up|down)(?![\\p{L}\\d_-]).+");

	private final String path;

	private final String text;

	private final List<Marker> markers = new ArrayList<>();

	private SectionReader(String path, String text) {
		this.path = path;
		this.text = text;
	}

	static Sections read(String path, String text) {
		SectionReader reader = new SectionReader(path, text);
		reader.findMarkers();
		return reader.sections();
	}

	/**
	 * Return whether a line is a marker of sections, not a directive.
	 * @param directive the line without comment signs and without {@code samara:}
	 */
	static boolean isMarker(String directive) {
		return directive.equalsIgnoreCase("up") || directive.equalsIgnoreCase("down");
	}

	private void findMarkers() {
		for (int i = this.text.indexOf("--"); i >= 0; i = this.text.indexOf("--", i + 1)) {
			int mark = i + 2;
			while (mark < this.text.length() && (this.text.charAt(mark) == ' ' || this.text.charAt(mark) == '\t')) {
				mark++;
			}
			if (this.text.regionMatches(true, mark, MARK, 0, MARK.length())) {
				addIfMarker(i, mark + MARK.length());
			}
		}
	}

	private void addIfMarker(int comment, int directive) {
		int lineStart = Math.max(this.text.lastIndexOf('\n', comment), this.text.lastIndexOf('\r', comment)) + 1;
		int lineEnd = Lines.endOf(this.text, comment);
		String rest = this.text.substring(directive, lineEnd).strip();
		if (!this.text.substring(lineStart, comment).isBlank()) {
			return;
		}
		if (isMarker(rest)) {
			add(new Marker(lineStart, lineEnd, rest.equalsIgnoreCase("down")));
		}
		else {
			refuseMore(comment, directive, rest);
		}
	}

	/**
	 * Only as it is written usually: prose that begins with {@code Samara:} may go on.
	 */
	private void refuseMore(int comment, int directive, String rest) {
		Matcher more = MARKER_AND_MORE.matcher(rest);
		if (more.matches() && this.text.startsWith(MARK, directive - MARK.length())) {
			throw new ScriptException("invalid-directive", Place.at(this.path, this.text, comment),
					"The line \"-- samara: " + more.group("name") + "\" goes on, and has to stand alone",
					"Write \"-- samara: " + more.group("name") + "\", and what else is to be said on the next line.");
		}
	}

	private void add(Marker marker) {
		if (this.markers.stream().anyMatch((other) -> other.isDown() == marker.isDown())) {
			String name = marker.isDown() ? "down" : "up";
			throw new ScriptException("duplicate-section", Place.at(this.path, this.text, marker.start()),
					"The file has a second section \"" + name + "\"",
					"Put all of it below one \"-- samara: " + name + "\".");
		}
		this.markers.add(marker);
	}

	private Sections sections() {
		if (this.markers.isEmpty()) {
			return new Sections(this.text, this.text, null);
		}
		boolean hasDown = this.markers.stream().anyMatch(Marker::isDown);
		StringBuilder up = new StringBuilder(this.text);
		StringBuilder down = new StringBuilder(this.text);
		StringBuilder upOnly = new StringBuilder();
		int start = 0;
		boolean isDown = false;
		for (Marker marker : this.markers) {
			end(start, marker.start(), isDown, up, down, upOnly);
			blank(up, marker.start(), marker.end());
			blank(down, marker.start(), marker.end());
			start = afterLineEnd(marker.end());
			isDown = marker.isDown();
		}
		end(start, this.text.length(), isDown, up, down, upOnly);
		return new Sections(up.toString(), upOnly.toString(), hasDown ? down.toString() : null);
	}

	private void end(int start, int end, boolean isDown, StringBuilder up, StringBuilder down, StringBuilder upOnly) {
		blank(isDown ? up : down, start, end);
		if (!isDown) {
			upOnly.append(this.text, start, end);
		}
	}

	private static void blank(StringBuilder text, int start, int end) {
		for (int i = start; i < end; i++) {
			char c = text.charAt(i);
			if (c != '\n' && c != '\r') {
				text.setCharAt(i, ' ');
			}
		}
	}

	/** The line of a marker is no part of a section, so that it may be added later. */
	private int afterLineEnd(int lineEnd) {
		return lineEnd + (this.text.startsWith("\r\n", lineEnd) ? 2 : (lineEnd < this.text.length()) ? 1 : 0);
	}

	/**
	 * The sections of a text.
	 *
	 * @param up the text with everything else blanked out
	 * @param upOnly the text without everything else
	 * @param down the section with everything else blanked out, or {@code null} if there
	 * is none
	 */
	record Sections(String up, String upOnly, @Nullable String down) {

	}

	private record Marker(int start, int end, boolean isDown) {

	}

}
