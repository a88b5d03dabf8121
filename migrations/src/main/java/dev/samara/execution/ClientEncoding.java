package dev.samara.execution;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import dev.samara.postgres.ServerError;
import dev.samara.sql.SqlToken;
import dev.samara.sql.SqlTokens;

/**
 * The encoding of the session's text. The driver requires UTF-8 and closes the connection
 * when the server reports another one.
 */
final class ClientEncoding {

	private static final String NAME = "client_encoding";

	/** The server's names of UTF-8, without what it ignores in them. */
	private static final Set<String> UTF_8 = Set.of("utf8", "unicode");

	private ClientEncoding() {
	}

	/**
	 * Find the encoding that a statement sets.
	 * @param tokens the statement
	 * @return the encoding as it is written; empty if the statement sets none, or one
	 * that is harmless
	 */
	static Optional<String> setBy(SqlTokens tokens) {
		if (tokens.isWord(0, "SET")) {
			int name = tokens.isWord(1, "SESSION", "LOCAL") ? 2 : 1;
			if (tokens.isWord(name, "NAMES")) {
				return encoding(tokens.get(name + 1));
			}
			return isName(tokens.get(name)) ? encoding(tokens.get(name + 2)) : Optional.empty();
		}
		List<SqlToken> all = tokens.all();
		return IntStream.range(0, all.size())
			.filter((index) -> all.get(index).isName() && all.get(index).value().equals("set_config")
					&& tokens.isSymbol(index + 1, "(") && isName(tokens.get(index + 2)))
			.mapToObj((index) -> encoding(tokens.get(index + 4)))
			.flatMap(Optional::stream)
			.findFirst();
	}

	private static boolean isName(@Nullable SqlToken token) {
		return token != null && token.value().toLowerCase(Locale.ROOT).equals(NAME);
	}

	private static Optional<String> encoding(@Nullable SqlToken token) {
		return Optional.ofNullable(token)
			.filter((value) -> !value.isWord("default") && !value.isSymbol(";"))
			.map(SqlToken::value)
			.filter((value) -> !UTF_8.contains(value.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "")));
	}

	/**
	 * Return what to do about a statement that sets an encoding.
	 */
	static String action(String encoding) {
		String java = encoding.toLowerCase(Locale.ROOT).replaceFirst("^win(?=125\\d$)", "windows-");
		return "Remove the statement. If the file itself is written in " + encoding + ", add \"-- samara: encoding="
				+ (isKnown(java) ? java : "…") + "\" at its top.";
	}

	private static boolean isKnown(String charset) {
		try {
			return Charset.isSupported(charset);
		}
		catch (IllegalCharsetNameException ex) {
			return false;
		}
	}

	/**
	 * Return whether the driver has closed the connection because the encoding was
	 * changed. Only the driver names the setting together with a lost connection.
	 */
	static boolean hasClosedConnection(ServerError error) {
		return error.isConnectionLost() && error.message().contains(NAME);
	}

	/**
	 * Return what to do after the driver has closed the connection.
	 * @param where the script or code
	 */
	static String actionAfterClose(String where) {
		return "The driver closes a connection whose client_encoding is not UTF8. A function or DO block that " + where
				+ " calls sets it: remove that SET client_encoding, then start again.";
	}

}
