package dev.samara.script;

import java.util.List;

import dev.samara.Internal;
import dev.samara.placeholder.FilledText;
import dev.samara.sql.SqlSplitter;
import dev.samara.sql.SqlStatement;
import dev.samara.sql.SqlSyntaxException;

/**
 * A script as it runs: with values where the file has placeholders. Places are those of
 * the file.
 *
 * @param script the script
 * @param filled its text with values
 * @since 0.1.0
 */
@Internal
public record FilledScript(Script script, FilledText filled) {

	/**
	 * Return what runs.
	 * @return the text with values
	 */
	public String text() {
		return this.filled.text();
	}

	/**
	 * Cut the text into statements. Costs a pass over it at each call.
	 * @return the statements in order; their lines and columns are those of the file,
	 * their offsets those of this text
	 * @throws ScriptException if the text cannot be cut
	 */
	public List<SqlStatement> statements() {
		try {
			return this.filled.isAsWritten() ? SqlSplitter.split(text())
					: SqlSplitter.split(text(), this.script.text(), this.filled::toSource);
		}
		catch (SqlSyntaxException ex) {
			throw new ScriptException("syntax", placeOf(ex), ex.getProblem(), ex.getRemedy());
		}
	}

	/**
	 * Return the place of a character.
	 * @param offset its index in the text that runs, in UTF-16 units
	 * @return its place in the file; where the placeholder begins for one of a value
	 */
	public Place placeAt(int offset) {
		return Place.at(this.script.path(), this.script.text(), this.filled.toSource(offset));
	}

	private Place placeOf(SqlSyntaxException ex) {
		if (this.filled.isAsWritten()) {
			return new Place(this.script.path(), ex.getLine(), ex.getColumn());
		}
		String text = text();
		int offset = 0;
		for (int line = 1; line < ex.getLine(); offset++) {
			char c = text.charAt(offset);
			boolean isPair = c == '\r' && offset + 1 < text.length() && text.charAt(offset + 1) == '\n';
			line += ((c == '\n' || c == '\r') && !isPair) ? 1 : 0;
		}
		return placeAt(text.offsetByCodePoints(offset, ex.getColumn() - 1));
	}

	/** Without the text, which may hold secret values. */
	@Override
	public String toString() {
		return this.script.path();
	}

}
