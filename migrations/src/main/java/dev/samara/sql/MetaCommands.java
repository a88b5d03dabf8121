package dev.samara.sql;

/**
 * The backslash commands of {@code psql}. Those that {@code pg_dump} writes around its
 * output are passed over; nothing else can be obeyed, because only {@code psql} knows
 * what it means.
 */
final class MetaCommands {

	private MetaCommands() {
	}

	/**
	 * Pass over a command.
	 * @param script the text
	 * @param start index of the backslash
	 * @param insideStatement whether a statement is not complete yet
	 * @return the index of the end of the line
	 * @throws SqlSyntaxException if the command asks for something to be done
	 */
	static int skip(String script, int start, boolean insideStatement) {
		String name = name(script, start);
		boolean harmless = name.equals("restrict") || name.equals("unrestrict");
		if (harmless && !insideStatement) {
			return UnquotedText.endOfLine(script, start, script.length());
		}
		throw TextPosition.error(script, start, problem(name, harmless),
				harmless ? "End the statement before it with a semicolon." : remedy(name));
	}

	private static String name(String script, int start) {
		int end = start + 1;
		while (end < script.length() && isLetter(script.charAt(end))) {
			end++;
		}
		if (end == start + 1 && end < script.length() && !Characters.isSpace(script.charAt(end))) {
			end = script.offsetByCodePoints(end, 1);
		}
		return script.substring(start + 1, end);
	}

	private static boolean isLetter(char c) {
		return c < 0x80 && Characters.isIdentifierStart(c);
	}

	private static String problem(String name, boolean harmless) {
		if (harmless) {
			return "\\" + name + " inside a statement";
		}
		return switch (name) {
			case "" -> "backslash outside quotes";
			case "." -> "\\. without a COPY … FROM STDIN in front of it";
			default -> "\\" + name + " is a command of psql, not SQL";
		};
	}

	private static String remedy(String name) {
		return switch (name) {
			case "c", "connect" -> "Remove it: a script runs on the connection it is given. "
					+ "Put what belongs to another database into the migrations of that data source.";
			case "i", "ir", "include", "include_relative" ->
				"Paste that file here, or make it a script of its own with the next version.";
			case "set", "unset", "getenv", "prompt", "gset" ->
				"Write the value itself, or a placeholder ${name} with placeholders turned on.";
			case "if", "elif", "else", "endif" -> "Use a DO block with IF … END IF, or one script per environment.";
			case "copy" -> "Use COPY … FROM STDIN; with the lines below it and \\. at their end, or a seed file.";
			case "echo", "qecho", "warn" -> "Remove it, or use DO $$ BEGIN RAISE NOTICE 'text'; END $$;";
			case "gexec" -> "Use a DO block with EXECUTE format(…), and end the query with a semicolon.";
			case ";" -> "Remove the backslash: statements of a script share a transaction anyway.";
			case "g", "gx", "gdesc", "crosstabview", "watch", "bind", "parse", "sendpipeline" ->
				"End the query with a semicolon in place of \\" + name + ".";
			case "." -> "Remove it, or add the COPY … FROM STDIN; whose data it ends.";
			case "!" -> "Remove it: scripts run no shell commands.";
			case "encoding" -> "Remove it and save the file as UTF-8.";
			case "" -> "Remove the backslash, or close the quote that it should stand in.";
			default -> "Remove it, or say the same in SQL; a backslash that is data belongs into quotes.";
		};
	}

}
