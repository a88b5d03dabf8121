package dev.samara.sql;

import java.util.List;

import dev.samara.Internal;

/**
 * Cuts SQL text into statements by the rules of {@code psql}.
 *
 * @since 0.1.0
 */
@Internal
public final class SqlSplitter {

	private SqlSplitter() {
	}

	/**
	 * Cut a script into its statements, in order.
	 * @param script the text, without a byte order mark
	 * @return the statements; empty when the text holds only white space and comments
	 * @throws SqlSyntaxException if the text cannot be cut
	 */
	public static List<SqlStatement> split(String script) {
		return List.of();
	}

}
