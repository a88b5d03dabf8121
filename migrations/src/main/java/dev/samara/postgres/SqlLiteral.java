package dev.samara.postgres;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;

/**
 * Writes values and names as SQL text, for statements that travel together with a script
 * in one message and so can have no parameters.
 *
 * @since 0.1.0
 */
@Internal
public final class SqlLiteral {

	private SqlLiteral() {
	}

	/**
	 * Write a text as a literal that means the same whatever
	 * {@code standard_conforming_strings} is.
	 * @param value the text, or {@code null} for {@code NULL}
	 * @return the literal
	 */
	public static String text(@Nullable String value) {
		if (value == null) {
			return "NULL";
		}
		String escaped = value.replace("\\", "\\\\").replace("'", "''").replace("\0", "");
		return "E'" + escaped + "'";
	}

	/**
	 * Write a name as a quoted identifier.
	 * @param name the name, in the case it has in the catalogue
	 * @return the identifier
	 */
	public static String name(String name) {
		return '"' + name.replace("\"", "\"\"") + '"';
	}

}
