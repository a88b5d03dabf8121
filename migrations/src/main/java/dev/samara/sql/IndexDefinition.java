package dev.samara.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;

/**
 * What an index is made of, without its name and its table: as a statement writes it, or
 * as the server does. The server writes expressions in words of its own, so two
 * definitions that look different need not be; the methods say what they are sure of.
 *
 * @param isUnique whether it is unique
 * @param method the access method
 * @param keys its columns and expressions, in the words of the statement, without what is
 * the default
 * @param rest what follows them: {@code include}, {@code where} …
 * @since 0.1.0
 */
@Internal
public record IndexDefinition(boolean isUnique, String method, List<String> keys, String rest) {

	private static final TokenPattern CREATE = new TokenPattern("CREATE [UNIQUE] INDEX");

	/**
	 * Create a definition.
	 */
	public IndexDefinition {
		keys = List.copyOf(keys);
	}

	/**
	 * Read a definition.
	 * @param sql a {@code CREATE INDEX}
	 * @return the definition; empty if it is none that can be read
	 */
	public static Optional<IndexDefinition> of(String sql) {
		SqlTokens tokens = SqlTokens.of(sql);
		int index = CREATE.match(tokens);
		if (index == TokenPattern.NO_MATCH) {
			return Optional.empty();
		}
		while (!tokens.isEnd(index) && !tokens.isWord(index, "ON")) {
			index++;
		}
		index += tokens.isWord(index + 1, "ONLY") ? 2 : 1;
		index = tokens.afterName(index);
		String method = "btree";
		SqlToken name = tokens.get(index + 1);
		if (tokens.isWord(index, "USING") && name != null) {
			method = name.value();
			index += 2;
		}
		int end = tokens.afterParentheses(index);
		if (end == index) {
			return Optional.empty();
		}
		List<SqlToken> all = tokens.all();
		int last = all.get(all.size() - 1).isSymbol(";") ? all.size() - 1 : all.size();
		return Optional.of(new IndexDefinition(tokens.isWord(1, "UNIQUE"), method,
				keys(all.subList(index + 1, end - 1)), text(all.subList(Math.min(end, last), last))));
	}

	private static List<String> keys(List<SqlToken> tokens) {
		List<String> keys = new ArrayList<>();
		List<SqlToken> key = new ArrayList<>();
		int depth = 0;
		for (SqlToken token : tokens) {
			depth += token.isSymbol("(") ? 1 : (token.isSymbol(")") ? -1 : 0);
			if (depth == 0 && token.isSymbol(",")) {
				keys.add(withoutDefaults(text(key)));
				key.clear();
			}
			else {
				key.add(token);
			}
		}
		keys.add(withoutDefaults(text(key)));
		return keys;
	}

	private static String withoutDefaults(String key) {
		String order = key.replaceFirst(" asc( nulls (?:first|last))?$", "$1");
		return order.endsWith(" desc nulls first") ? order.substring(0, order.length() - " nulls first".length())
				: (order.contains(" desc ") ? order : order.replaceFirst(" nulls last$", ""));
	}

	private static String text(List<SqlToken> tokens) {
		return tokens.stream()
			.map((token) -> (token.kind() == SqlToken.Kind.WORD) ? token.text().toLowerCase(Locale.ROOT) : name(token))
			.collect(Collectors.joining(" "));
	}

	/** The server quotes a name only where it must. */
	private static String name(SqlToken token) {
		boolean isPlain = token.kind() == SqlToken.Kind.QUOTED_IDENTIFIER && token.value().matches("[a-z_][a-z0-9_]*");
		return isPlain ? token.value() : token.text();
	}

	/**
	 * Return whether another definition is certain to make another index.
	 * @param other the other
	 * @return {@code false} also where expressions would have to be compared
	 */
	public boolean surelyDiffersFrom(IndexDefinition other) {
		return this.isUnique != other.isUnique || !this.method.equals(other.method)
				|| this.keys.size() != other.keys.size() || hasWhere() != other.hasWhere()
				|| (isOfColumns() && other.isOfColumns() && !this.keys.equals(other.keys));
	}

	private boolean hasWhere() {
		return (" " + this.rest + " ").contains(" where ");
	}

	private boolean isOfColumns() {
		return this.keys.stream().noneMatch((key) -> key.contains("(") || key.contains("::"));
	}

	/**
	 * Return the query that finds rows which keep a unique index from being built:
	 * columns, not values.
	 * @param table the table
	 * @return the query, or {@code null} if it would have to show a literal
	 */
	public @Nullable String duplicatesQuery(String table) {
		if (this.keys.stream().anyMatch((key) -> key.indexOf('\'') >= 0 || key.indexOf('$') >= 0)) {
			return null;
		}
		List<String> expressions = this.keys.stream().map(IndexDefinition::expression).toList();
		String list = String.join(", ", expressions);
		String nulls = this.rest.contains("nulls not distinct") ? ""
				: " WHERE " + ((expressions.size() > 1) ? "(" + list + ")" : list) + " IS NOT NULL";
		return "SELECT " + list + ", count(*) FROM " + table + nulls + " GROUP BY " + list + " HAVING count(*) > 1";
	}

	private static String expression(String key) {
		List<SqlToken> all = SqlTokens.of(key).all();
		int end = 1;
		int depth = all.get(0).isSymbol("(") ? 1 : 0;
		while (end < all.size() && (depth > 0 || all.get(end).isSymbol("("))) {
			depth += all.get(end).isSymbol("(") ? 1 : (all.get(end).isSymbol(")") ? -1 : 0);
			end++;
		}
		return key.substring(0, all.get(end - 1).end())
			.replace(" ( ", "(")
			.replace("( ", "(")
			.replace(" )", ")")
			.replace(" , ", ", ");
	}

}
