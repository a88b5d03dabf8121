package dev.samara.execution;

import java.util.Locale;

import dev.samara.script.Place;
import dev.samara.script.Script;
import dev.samara.script.ScriptException;
import dev.samara.sql.SqlStatement;
import dev.samara.sql.SqlTokens;

/**
 * Statements that would harm the run they are part of, and that a script does not need.
 */
final class Refusals {

	private Refusals() {
	}

	/**
	 * Refuse a statement that the run cannot bear.
	 * @throws ScriptException if it is one of those
	 */
	static void check(Script script, SqlStatement statement) {
		SqlTokens tokens = statement.tokens();
		if (tokens.startsWith(0, "DISCARD", "ALL") || mentions(tokens, "pg_advisory_unlock_all")) {
			throw refusal(script, statement, "releases-lock",
					"The statement would release the lock that keeps other instances from running at the same time",
					"Leave it out: settings, temporary tables and subscriptions of a script do not reach the next one.");
		}
		if (tokens.isWord(0, "COPY") && tokens.all().stream().anyMatch((token) -> token.isWord("stdout"))
				&& tokens.all().stream().anyMatch((token) -> token.isWord("to"))) {
			throw refusal(script, statement, "copy-to-stdout", "There is nobody to read what COPY … TO STDOUT writes",
					"Leave it out, or write to a table.");
		}
		if (tokens.startsWith(0, "PREPARE", "TRANSACTION")) {
			throw refusal(script, statement, "prepares-transaction",
					"The transaction would be left to somebody else, and its locks with it; whether it is committed in "
							+ "the end, no history could tell",
					"Write COMMIT.");
		}
		if (tokens.isWord(0, "COMMIT", "END", "ROLLBACK", "ABORT") && mentions(tokens, "chain")
				&& !mentions(tokens, "no")) {
			throw refusal(script, statement, "chained-transaction",
					"A run that goes on after an interruption could not begin in the chained transaction",
					"Write the two statements it stands for, as in COMMIT; BEGIN;");
		}
		ClientEncoding.setBy(tokens).ifPresent((encoding) -> {
			throw refusal(script, statement, "client-encoding",
					"The driver closes a connection whose client_encoding is not UTF8; this statement sets " + encoding,
					ClientEncoding.action(encoding));
		});
		if (tokens.isWord(0, "SET") && mentions(tokens, "datestyle")
				&& !statement.text().toLowerCase(Locale.ROOT).contains("iso")
				&& !statement.text().toLowerCase(Locale.ROOT).contains("default")) {
			throw refusal(script, statement, "datestyle", "The driver closes a connection whose DateStyle is not ISO",
					"Write dates as 2026-01-31, or read them with to_date().");
		}
	}

	private static boolean mentions(SqlTokens tokens, String word) {
		return tokens.all().stream().anyMatch((token) -> token.isWord(word));
	}

	private static ScriptException refusal(Script script, SqlStatement statement, String code, String problem,
			String remedy) {
		return new ScriptException(code, new Place(script.path(), statement.line(), statement.column()), problem,
				remedy);
	}

}
