package dev.samara.sql;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class SqlTokensTests {

	@Test
	void giveKindValueAndPlace() {
		assertThat(SqlTokens.of("Create /* c */ \"a\"\"B\" $1 >= 1.5e-3;").all())
			.extracting(SqlToken::kind, SqlToken::value, SqlToken::start, SqlToken::end)
			.containsExactly(tuple(SqlToken.Kind.WORD, "create", 0, 6),
					tuple(SqlToken.Kind.QUOTED_IDENTIFIER, "a\"B", 15, 21),
					tuple(SqlToken.Kind.PARAMETER, "$1", 22, 24), tuple(SqlToken.Kind.OPERATOR, ">=", 25, 27),
					tuple(SqlToken.Kind.NUMBER, "1.5e-3", 28, 34), tuple(SqlToken.Kind.PUNCTUATION, ";", 34, 35));
	}

	@Test
	void foldOnlyAsciiLetters() {
		assertThat(values("STRA\u00DFE \u00C9T\u00C9 \"ABC\"")).containsExactly("stra\u00DFe", "\u00C9t\u00C9", "ABC");
	}

	@Test
	void unquoteEveryKindOfLiteral() {
		assertThat(values("'it''s' E'a\\'' N'n' $x$ $y$ $x$ $$$$ U&'\\0061'")).containsExactly("it's", "a\\'", "n",
				" $y$ ", "", "\\0061");
	}

	@Test
	void putContinuedLiteralsTogether() {
		assertThat(values("'a' -- 'x'\n 'b''c'\n\n'd' 'e'")).containsExactly("ab'cd", "e");
	}

	@Test
	void decodeUnicodeIdentifiers() {
		assertThat(values("U&\"d\\0061t\\+01F600\\\\\" u&\"\\00zz\" U&\"!0061\" UESCAPE '!'"))
			.containsExactly("dat\uD83D\uDE00\\", "\\00zz", "!0061", "uescape", "!");
	}

	@Test
	void cutOperatorsAsPostgresDoes() {
		assertThat(values("a!=-b, a=-1 a@-1 a*/**/b a::b a:=b 1..2 a->>b a<--\n1")).containsExactly("a", "!=-", "b",
				",", "a", "=", "-", "1", "a", "@-", "1", "a", "*", "b", "a", "::", "b", "a", ":=", "b", "1", "..", "2",
				"a", "->>", "b", "a", "<", "1");
	}

	@Test
	void readOnlyAsFarAsAsked() {
		SqlTokens tokens = new SqlTokens("SET x 'not closed", 0, 17, true);

		assertThat(tokens.startsWith(0, "set", "X")).isTrue();
	}

	@Test
	void readAStatementWithEscapesInPlainLiterals() {
		List<SqlStatement> statements = SqlSplitter.split("SET standard_conforming_strings = off; SELECT 'a\\';', b;");

		assertThat(statements.get(1).tokens().all()).extracting(SqlToken::text)
			.containsExactly("SELECT", "'a\\';'", ",", "b", ";");
	}

	@Test
	void matchWordsOnlyUnquoted() {
		SqlTokens tokens = SqlTokens.of("\"begin\" 'begin' begin");

		assertThat(tokens.isWord(0, "begin")).isFalse();
		assertThat(tokens.isWord(1, "begin")).isFalse();
		assertThat(tokens.isWord(2, "END", "BEGIN")).isTrue();
		assertThat(tokens.isWord(3, "begin")).isFalse();
	}

	@Test
	void passOverNamesAndParentheses() {
		SqlTokens tokens = SqlTokens.of("a.\"B\".c (1, (2)) d");

		assertThat(tokens.afterName(0)).isEqualTo(5);
		assertThat(tokens.afterName(5)).isEqualTo(5);
		assertThat(tokens.afterParentheses(5)).isEqualTo(12);
		assertThat(tokens.afterParentheses(0)).isZero();
		assertThat(tokens.isEnd(13)).isTrue();
	}

	private static List<String> values(String text) {
		return SqlTokens.of(text).all().stream().map(SqlToken::value).toList();
	}

}
