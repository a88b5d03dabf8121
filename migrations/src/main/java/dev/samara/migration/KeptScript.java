package dev.samara.migration;

import org.jspecify.annotations.Nullable;

import dev.samara.placeholder.Placeholders;
import dev.samara.script.Script;
import dev.samara.script.ScriptFilling;
import dev.samara.script.ScriptReader;

/**
 * A rollback script as the history keeps it: with the names of placeholders, not with
 * their values, which may be secret.
 *
 * @param text the text of the file, or of its section
 * @param placeholders how placeholders are written in it, their prefix and suffix
 * separated by a space; {@code null} if the text runs as it is
 */
record KeptScript(String text, @Nullable String placeholders) {

	/**
	 * Return what is kept of a script.
	 */
	static KeptScript of(Script script) {
		Placeholders written = script.filling().placeholders();
		return new KeptScript(script.text().strip(),
				script.filling().isOn() ? written.prefix() + " " + written.suffix() : null);
	}

	/**
	 * Return the script that runs.
	 * @param path its name in findings
	 * @param filling the values of this application
	 */
	Script toScript(String path, ScriptFilling filling) {
		if (this.placeholders == null) {
			return ScriptReader.of(path, this.text);
		}
		int space = this.placeholders.indexOf(' ');
		return ScriptReader.of(path, this.text,
				filling.on(this.placeholders.substring(0, space), this.placeholders.substring(space + 1)));
	}

	/**
	 * Return whether a file has the same text. A history written by an earlier snapshot
	 * of Samara may contain the text with values.
	 */
	boolean isTextOf(Script file) {
		String checksum = checksum(this.text);
		return checksum.equals(checksum(file.text()))
				|| (this.placeholders == null && checksum.equals(checksum(file.filled().text())));
	}

	/** A section of a file has blanks where the rest of the file is. */
	private static String checksum(String text) {
		return ScriptReader.of("", text.strip()).checksum();
	}

}
