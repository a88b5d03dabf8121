package dev.samara.seed;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.SeededTables.Target;
import dev.samara.sql.SqlStatement;
import dev.samara.sql.SqlToken;
import dev.samara.sql.SqlTokens;

/**
 * Reads which tables a script fills: the targets of {@code INSERT}, {@code COPY},
 * {@code MERGE} and {@code UPDATE}, also within {@code WITH}. Whatever else may write,
 * such as a {@code DO} block or a function, makes the answer incomplete. Pure.
 */
final class ScriptTables {

	/** What {@code to_regclass} reads; anything else is left to the server. */
	private static final Pattern NAME = Pattern.compile(
			"(?:\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_$]*)(?:\\s*\\.\\s*(?:\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_$]*))?");

	/** Statements that write no rows of a table by themselves. */
	private static final Set<String> HARMLESS = Set.of("set", "reset", "analyze", "lock", "comment", "show", "notify",
			"declare", "close", "begin", "start", "commit", "end", "alter", "create", "drop", "grant", "revoke",
			"refresh");

	/** Words before {@code UPDATE} where it is no statement. */
	private static final Set<String> NO_STATEMENT = Set.of("for", "do", "key", "on", "or", "before", "after", "of",
			"then");

	private final Map<String, Boolean> targets = new LinkedHashMap<>();

	private final Set<String> cleared = new HashSet<>();

	private boolean isComplete = true;

	private ScriptTables() {
	}

	/**
	 * Read the statements of a script.
	 */
	static SeedTables of(List<SqlStatement> statements) {
		ScriptTables tables = new ScriptTables();
		statements.forEach(tables::read);
		List<Target> targets = tables.targets.entrySet()
			.stream()
			.map((target) -> new Target(List.of(target.getKey()),
					target.getValue() || tables.cleared.contains(target.getKey())))
			.toList();
		return new SeedTables(targets, tables.isComplete);
	}

	private void read(SqlStatement statement) {
		SqlTokens tokens = statement.tokens();
		int before = this.targets.size() + this.cleared.size();
		boolean isKnown = false;
		boolean isGuarded = isGuarded(tokens);
		for (int i = 0; !tokens.isEnd(i); i++) {
			if (tokens.startsWith(i, "INSERT", "INTO")) {
				add(statement, i + 2, isGuarded);
				isKnown = true;
			}
			else if (tokens.startsWith(i, "MERGE", "INTO")) {
				add(statement, tokens.isWord(i + 2, "ONLY") ? i + 3 : i + 2, true);
				isKnown = true;
			}
			else if (tokens.isWord(i, "UPDATE") && isUpdate(tokens, i)) {
				add(statement, tokens.isWord(i + 1, "ONLY") ? i + 2 : i + 1, true);
				isKnown = true;
			}
			else if (i == 0 && tokens.isWord(0, "COPY")) {
				add(statement, 1, false);
				isKnown = true;
			}
			else if (tokens.startsWith(i, "DELETE", "FROM") || i == 0 && tokens.isWord(0, "TRUNCATE")) {
				clear(statement, tokens, i + 1);
				isKnown = true;
			}
		}
		SqlToken first = tokens.get(0);
		boolean isHarmless = first != null && first.kind() == SqlToken.Kind.WORD && HARMLESS.contains(first.value());
		this.isComplete &= isKnown || isHarmless || before < this.targets.size() + this.cleared.size();
	}

	private static boolean isUpdate(SqlTokens tokens, int index) {
		SqlToken previous = (index > 0) ? tokens.get(index - 1) : null;
		boolean isStatement = previous == null || previous.kind() != SqlToken.Kind.WORD
				|| !NO_STATEMENT.contains(previous.value());
		return isStatement && !tokens.isWord(index + 1, "SET", "OF", "NOWAIT", "SKIP");
	}

	/** It inserts only what is not there yet. */
	private static boolean isGuarded(SqlTokens tokens) {
		for (int i = 0; !tokens.isEnd(i); i++) {
			if (tokens.startsWith(i, "ON", "CONFLICT") || tokens.startsWith(i, "NOT", "EXISTS")
					|| tokens.startsWith(i, "NOT", "IN") || tokens.isWord(i, "EXCEPT")) {
				return true;
			}
		}
		return false;
	}

	private void add(SqlStatement statement, int index, boolean isRepeatable) {
		Optional<String> name = name(statement, index);
		if (name.isPresent()) {
			this.targets.merge(name.get(), isRepeatable, Boolean::logicalAnd);
		}
		else {
			this.isComplete = false;
		}
	}

	/** A table that the script clears first can be filled again. */
	private void clear(SqlStatement statement, SqlTokens tokens, int from) {
		int index = from;
		while (tokens.isWord(index, "FROM", "TABLE", "ONLY")) {
			index++;
		}
		name(statement, index).ifPresent(this.cleared::add);
	}

	private static Optional<String> name(SqlStatement statement, int index) {
		SqlTokens tokens = statement.tokens();
		int end = tokens.afterName(index);
		@Nullable SqlToken first = tokens.get(index);
		@Nullable SqlToken last = tokens.get(end - 1);
		if (end == index || first == null || last == null) {
			return Optional.empty();
		}
		return Optional.of(statement.text().substring(first.start(), last.end()))
			.filter((name) -> NAME.matcher(name).matches());
	}

}
