package dev.samara.sql;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;

/**
 * The object a statement is about, as far as its first words tell: enough to show people
 * what a script touches, not enough to decide anything.
 *
 * @param kind what it is, in lower case: {@code table}, {@code index},
 * {@code materialized
 * view}
 * @param name its name as the statement writes it, qualified if the statement does so
 * @since 0.1.0
 */
@Internal
public record StatementObject(String kind, String name) {

	private static final Set<String> MODIFIERS = Set.of("or", "replace", "temp", "temporary", "unlogged", "global",
			"local", "unique", "recursive", "constraint", "concurrently", "trusted", "procedural", "if", "not",
			"exists", "only", "default");

	private static final Set<String> FIRST_OF_TWO = Set.of("materialized", "foreign", "event", "access", "operator",
			"text");

	private static final Set<String> ON_A_TABLE = Set.of("trigger", "rule", "policy");

	/**
	 * Find the object of a statement.
	 * @param statement the statement
	 * @return the object; empty if the statement is not one that makes, changes, drops or
	 * fills something by name
	 */
	public static Optional<StatementObject> of(SqlStatement statement) {
		SqlTokens tokens = statement.tokens();
		SqlToken first = tokens.get(0);
		if (first == null || first.kind() != SqlToken.Kind.WORD) {
			return Optional.empty();
		}
		return switch (first.value()) {
			case "create", "alter", "drop" -> defined(statement, tokens);
			case "insert", "delete", "merge" -> named("table", statement, tokens, 2);
			case "update", "copy", "lock" -> named("table", statement, tokens, skip(tokens, 1));
			case "truncate" -> named("table", statement, tokens, skip(tokens, tokens.isWord(1, "TABLE") ? 2 : 1));
			case "comment" ->
				(tokens.isWord(1, "ON")) ? named(kind(tokens, 2), statement, tokens, 3) : Optional.empty();
			default -> Optional.empty();
		};
	}

	private static Optional<StatementObject> defined(SqlStatement statement, SqlTokens tokens) {
		int index = skip(tokens, 1);
		String kind = kind(tokens, index);
		if (kind == null) {
			return Optional.empty();
		}
		int name = skip(tokens, index + kind.split(" ").length);
		if (ON_A_TABLE.contains(kind) || (kind.equals("index") && tokens.isWord(0, "CREATE"))) {
			int on = name;
			while (!tokens.isEnd(on) && !tokens.isWord(on, "ON")) {
				on++;
			}
			Optional<StatementObject> table = named("table", statement, tokens, skip(tokens, on + 1));
			return table.isPresent() ? table : named(kind, statement, tokens, name);
		}
		return named(kind, statement, tokens, name);
	}

	private static int skip(SqlTokens tokens, int from) {
		int index = from;
		for (SqlToken token = tokens.get(index); token != null && token.kind() == SqlToken.Kind.WORD
				&& MODIFIERS.contains(token.value()); token = tokens.get(index)) {
			index++;
		}
		return index;
	}

	private static @Nullable String kind(SqlTokens tokens, int index) {
		SqlToken token = tokens.get(index);
		if (token == null || token.kind() != SqlToken.Kind.WORD) {
			return null;
		}
		SqlToken next = tokens.get(index + 1);
		String kind = token.value().toLowerCase(Locale.ROOT);
		return (FIRST_OF_TWO.contains(kind) && next != null) ? kind + " " + next.value() : kind;
	}

	private static Optional<StatementObject> named(@Nullable String kind, SqlStatement statement, SqlTokens tokens,
			int index) {
		SqlToken first = tokens.get(index);
		int end = tokens.afterName(index);
		if (kind == null || first == null || end <= index) {
			return Optional.empty();
		}
		SqlToken last = tokens.get(end - 1);
		return (last == null) ? Optional.empty()
				: Optional.of(new StatementObject(kind, statement.text().substring(first.start(), last.end())));
	}

	@Override
	public String toString() {
		return this.kind + " " + this.name;
	}

}
