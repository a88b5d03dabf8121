package dev.samara.seed.check;

import java.util.List;
import java.util.Optional;

import dev.samara.Internal;
import dev.samara.script.Directive;
import dev.samara.script.Encoding;
import dev.samara.script.Place;
import dev.samara.script.Script;
import dev.samara.script.ScriptException;
import dev.samara.sql.SqlSplitter;
import dev.samara.sql.SqlStatement;
import dev.samara.sql.SqlSyntaxException;

/**
 * A query that tells whether data is as it should be.
 *
 * @param name what it is called: its place in a file, or a configuration key
 * @param sql the query
 * @param expected how many rows it is to return
 * @since 0.1.0
 */
@Internal
public record CheckQuery(String name, String sql, Expectation expected) {

	private static final String EXPECT = "expect";

	private static final List<String> QUERIES = List.of("SELECT", "WITH", "VALUES", "TABLE", "(");

	/**
	 * Read the queries of a script. Pure.
	 * @param script the script
	 * @return a query for each statement
	 * @throws ScriptException if something in it is no query, or its directives mean
	 * nothing
	 */
	public static List<CheckQuery> read(Script script) {
		List<ScriptException> unknown = script.directives().unknown(List.of(EXPECT, Encoding.DIRECTIVE));
		if (!unknown.isEmpty()) {
			throw unknown.get(0);
		}
		Expectation expected = script.directives()
			.find(EXPECT)
			.map(CheckQuery::expectation)
			.orElse(Expectation.NOTHING);
		return script.statements().stream().map((statement) -> query(script, statement, expected)).toList();
	}

	private static Expectation expectation(Directive directive) {
		return Expectation.parse(directive.value())
			.orElseThrow(() -> new ScriptException("invalid-directive", directive.place(),
					"\"" + directive.value() + "\" is not a number of rows",
					"Write expect=12, expect=>=12 or expect=<=12."));
	}

	/**
	 * Read a query that is configured. Pure.
	 * @param name the configuration key
	 * @param sql the query, with or without a semicolon at its end
	 * @return the query, which is to return nothing; empty if that is not a single query,
	 * so that it could end the transaction in which it can only read
	 */
	static Optional<CheckQuery> configured(String name, String sql) {
		try {
			List<SqlStatement> statements = SqlSplitter.split(sql);
			return (statements.size() == 1 && isQuery(text(statements.get(0))))
					? Optional.of(new CheckQuery(name, text(statements.get(0)), Expectation.NOTHING))
					: Optional.empty();
		}
		catch (SqlSyntaxException ex) {
			return Optional.empty();
		}
	}

	private static CheckQuery query(Script script, SqlStatement statement, Expectation expected) {
		Place place = new Place(script.path(), statement.line(), statement.column());
		String sql = text(statement);
		if (!isQuery(sql)) {
			throw new ScriptException("not-a-query", place, "A check only reads, and this is not a query",
					"Write a SELECT that returns the rows that are wrong.");
		}
		return new CheckQuery(place.toString(), sql, expected);
	}

	private static String text(SqlStatement statement) {
		return statement.text().strip().replaceFirst(";\\s*$", "");
	}

	private static boolean isQuery(String sql) {
		return QUERIES.stream().anyMatch((word) -> sql.regionMatches(true, 0, word, 0, word.length()));
	}

}
