package dev.samara.script;

import java.util.List;

import dev.samara.Internal;
import dev.samara.placeholder.BuiltIns;
import dev.samara.sql.SqlStatement;

/**
 * A file of SQL, read once.
 *
 * @param path the file as its location shows it, {@code db/migration/V1__a.sql} for
 * example; with forward slashes
 * @param text the content without byte order mark; line ends and placeholders as in the
 * file
 * @param checksum {@code sha256:} and the digest of the content, neutral to line ends,
 * byte order mark and trailing blanks
 * @param directives what the comments at the top say
 * @param filling what becomes of its placeholders when it runs
 * @since 0.1.0
 */
public record Script(String path, String text, String checksum, Directives directives,
		@Internal ScriptFilling filling) {

	/**
	 * Create a script that runs as it is written.
	 * @param path the file as its location shows it
	 * @param text the content without byte order mark
	 * @param checksum {@code sha256:} and the digest of the content
	 * @param directives what the comments at the top say
	 */
	public Script(String path, String text, String checksum, Directives directives) {
		this(path, text, checksum, directives, ScriptFilling.NONE);
	}

	/**
	 * Return the file's name without its folder.
	 * @return the name, with its extension
	 */
	public String name() {
		return this.path.substring(this.path.lastIndexOf('/') + 1);
	}

	/**
	 * Cut the script, with values for its placeholders, into statements. Costs a pass
	 * over the text at each call.
	 * @return the statements in order, possibly none
	 * @throws ScriptException if the text cannot be cut, or a placeholder has no value;
	 * further placeholders without one are suppressed exceptions of it
	 */
	public List<SqlStatement> statements() {
		return filled().statements();
	}

	/**
	 * Put values in the place of placeholders.
	 * @return the script as it runs
	 * @throws ScriptException if a placeholder has no value; further ones are suppressed
	 * exceptions of it
	 */
	@Internal
	public FilledScript filled() {
		return this.filling.fill(this);
	}

	/**
	 * Add values of built-in placeholders.
	 * @param known the values
	 * @return the script, the same one if none of its placeholders is replaced
	 */
	@Internal
	public Script with(BuiltIns known) {
		return this.filling.isOn()
				? new Script(this.path, this.text, this.checksum, this.directives, this.filling.with(known)) : this;
	}

	/**
	 * Let placeholders be text.
	 * @return the script, which runs as it is written
	 */
	@Internal
	public Script asWritten() {
		return new Script(this.path, this.text, this.checksum, this.directives);
	}

	@Override
	public String toString() {
		return this.path;
	}

}
