package dev.samara.script;

import java.util.List;

import dev.samara.sql.SqlSplitter;
import dev.samara.sql.SqlStatement;
import dev.samara.sql.SqlSyntaxException;

/**
 * A file of SQL, read once.
 *
 * @param path the file as its location shows it, {@code db/migration/V1__a.sql} for
 * example; with forward slashes
 * @param text the content without byte order mark; line ends as in the file
 * @param checksum {@code sha256:} and the digest of the content, neutral to line ends,
 * byte order mark and trailing blanks
 * @param directives what the comments at the top say
 * @since 0.1.0
 */
public record Script(String path, String text, String checksum, Directives directives) {

	/**
	 * Return the file's name without its folder.
	 * @return the name, with its extension
	 */
	public String name() {
		return this.path.substring(this.path.lastIndexOf('/') + 1);
	}

	/**
	 * Cut the script into statements. Costs a pass over the text at each call.
	 * @return the statements in order, possibly none
	 * @throws ScriptException if the text cannot be cut
	 */
	public List<SqlStatement> statements() {
		try {
			return SqlSplitter.split(this.text);
		}
		catch (SqlSyntaxException ex) {
			throw new ScriptException("syntax", new Place(this.path, ex.getLine(), ex.getColumn()), ex.getProblem(),
					ex.getRemedy());
		}
	}

	/**
	 * Return the place of a character of the text.
	 * @param offset index of the character, in UTF-16 units
	 * @return the place
	 */
	public Place placeAt(int offset) {
		return Place.at(this.path, this.text, offset);
	}

	@Override
	public String toString() {
		return this.path;
	}

}
