package dev.samara.placeholder;

import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.samara.sql.SqlSyntaxException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class PlaceholderFillerTests {

	private static final Map<String, String> VALUES = Map.of("a", "1", "table", "customer", "app-user", "ada", "empty",
			"", "quote", "it's", "looks", "${a}");

	private final PlaceholderFiller filler = new PlaceholderFiller(Placeholders.of(VALUES),
			BuiltIns.NONE.with(BuiltIns.Name.ENVIRONMENT, "dev"));

	static Stream<Arguments> replaced() {
		return Stream.of(arguments("SELECT ${a};", "SELECT 1;"), arguments("SELECT ${ a };", "SELECT 1;"),
				arguments("SELECT '${a}', \"${a}\", E'${a}', U&'${a}', $$ ${a} $$, $x$ ${a} $x$",
						"SELECT '1', \"1\", E'1', U&'1', $$ 1 $$, $x$ 1 $x$"),
				arguments("SELECT * FROM x_${table}_y", "SELECT * FROM x_customer_y"),
				arguments("SELECT 1${a}, 'x'||${a}||${a}${a}", "SELECT 11, 'x'||1||11"),
				arguments("SELECT '${appUser}${app_user}${APP_USER}'", "SELECT 'adaadaada'"),
				arguments("SELECT '${none:x}', '${none:}', '${none:a:b c}', ${a:2}", "SELECT 'x', '', 'a:b c', 1"),
				arguments("SELECT '${empty}${empty}x'", "SELECT 'x'"), arguments("SELECT '${looks}'", "SELECT '${a}'"),
				arguments("SELECT '${samara.environment}'", "SELECT 'dev'"),
				arguments("SELECT '${samara.schema:public}'", "SELECT 'public'"),
				arguments("CREATE INDEX i ON ${table} (a) WHERE ${none:b > 1};",
						"CREATE INDEX i ON customer (a) WHERE b > 1;"),
				arguments("SELECT '${none:it''s}', ${none:'b'}, '${none:a--b}', '${none:/* $$}'",
						"SELECT 'it''s', 'b', 'a--b', '/* $$'"),
				arguments("SELECT 'a'\n'${a}'", "SELECT 'a'\n'1'"));
	}

	@ParameterizedTest
	@MethodSource
	void replaced(String sql, String expected) {
		FilledText filled = this.filler.fillSql(sql);

		assertThat(filled.problems()).isEmpty();
		assertThat(filled.text()).isEqualTo(expected);
	}

	/** Nothing in these is a placeholder, or else it would be unknown. */
	static Stream<String> kept() {
		return Stream.of("SELECT 1 -- ${x}", "SELECT 1 -- '${x}\n", "-- ${x}\r-- ${y}\r\nSELECT 1",
				"/* ${x} /* ${y} */ ${z} */ SELECT 1", "SELECT 1 /* ' */ -- ${x}", "SELECT 'a' -- ${x}\n 'b'",
				"SELECT E'\\'' -- ${x}\n '--'", "DO $${x}$$", "DO $t${x}$t$", "SELECT '$', '{x}', $1",
				"COPY t FROM STDIN;\n${x}\t-- '${y}\n\\.\nSELECT 1", "\\restrict ${x}\nSELECT 1", "SELECT '$ {x}'", "",
				"SELECT '$$' -- ${x}\n, '$$'", "SELECT $a$ $$ $b$ $a$ -- ${x}", "SELECT \"--\" -- ${x}");
	}

	@ParameterizedTest
	@MethodSource
	void kept(String sql) {
		FilledText filled = this.filler.fillSql(sql);

		assertThat(filled.problems()).isEmpty();
		assertThat(filled.text()).isEqualTo(sql);
		assertThat(filled.isAsWritten()).isTrue();
	}

	/** What looks like a comment or a quote and is none. */
	static Stream<Arguments> nearMisses() {
		return Stream.of(arguments("SELECT '-- ${a}'", "SELECT '-- 1'"),
				arguments("SELECT '/* ${a} */'", "SELECT '/* 1 */'"),
				arguments("SELECT $$ -- ${a}\n$$", "SELECT $$ -- 1\n$$"),
				arguments("SELECT '''-- ', '${a}'", "SELECT '''-- ', '1'"),
				arguments("SELECT E'\\' -- ${a}'", "SELECT E'\\' -- 1'"),
				arguments("SELECT '\\', '${a}'", "SELECT '\\', '1'"),
				arguments("SET standard_conforming_strings = off; SELECT '\\' -- ${a}'",
						"SET standard_conforming_strings = off; SELECT '\\' -- 1'"),
				arguments("SELECT $$$$${a}", "SELECT $$$$1"), arguments("SELECT $$${a}$$", "SELECT $$1$$"),
				arguments("SELECT a$$ -- ${x}\n${a}", "SELECT a$$ -- ${x}\n1"),
				arguments("/* '*/ SELECT '${a}' -- '${x}", "/* '*/ SELECT '1' -- '${x}"));
	}

	@ParameterizedTest
	@MethodSource
	void nearMisses(String sql, String expected) {
		assertThat(this.filler.fillSql(sql).text()).isEqualTo(expected);
		assertThat(this.filler.fillSql(sql).problems()).isEmpty();
	}

	static Stream<Arguments> escaped() {
		return Stream.of(arguments("SELECT '\\${x}'", "SELECT '${x}'"),
				arguments("SELECT E'\\\\${a}'", "SELECT E'\\\\1'"),
				arguments("SELECT E'\\\\\\${x}'", "SELECT E'\\\\${x}'"),
				arguments("DO $$ RAISE '\\${x}' $$", "DO $$ RAISE '${x}' $$"),
				arguments("SELECT '\\${a}${a}\\${a}'", "SELECT '${a}1${a}'"));
	}

	@ParameterizedTest
	@MethodSource
	void escaped(String sql, String expected) {
		FilledText filled = this.filler.fillSql(sql);

		assertThat(filled.problems()).isEmpty();
		assertThat(filled.text()).isEqualTo(expected);
	}

	static Stream<Arguments> wrong() {
		return Stream.of(arguments("SELECT ${b}", 7, "not known"), arguments("SELECT '${samara.nonsense}'", 8, "known"),
				arguments("SELECT '${samara.schema}'", 8, "no value here"), arguments("SELECT '${}'", 8, "no name"),
				arguments("SELECT '${a b}'", 8, "no name"), arguments("SELECT '${'", 8, "not closed"),
				arguments("SELECT '${a\n}'", 8, "not closed"), arguments("SELECT ${a -- }", 7, "not closed"),
				arguments("SELECT '${none:${a}}'", 8, "inside another"),
				arguments("SELECT '${none:{}}'", 8, "A brace stands in the default"),
				arguments("SELECT ${none:'{\"a\": 1}'}", 7, "A brace stands in the default"),
				arguments("SELECT ${none:1--2} + 1", 7, "not closed before a comment"),
				arguments("SELECT ${none:1 /* one */}", 7, "not closed before a comment"),
				arguments("SELECT ${none:$$a$$}", 7, "or a dollar quote in it"));
	}

	@ParameterizedTest
	@MethodSource
	void wrong(String sql, int offset, String message) {
		assertThat(this.filler.fillSql(sql).problems()).first().satisfies((problem) -> {
			assertThat(problem.offset()).isEqualTo(offset);
			assertThat(problem.message()).contains(message);
			assertThat(problem.remedy()).endsWith("write \\${.");
		});
	}

	@Test
	void tellsOfAllThatAreUnknownAtOnce() {
		FilledText filled = this.filler.fillSql("SELECT '${b}', ${a}, ${c}");

		assertThat(filled.problems()).extracting(PlaceholderProblem::unknown).containsExactly("b", "c");
		assertThat(filled.problems().get(0).known()).contains("app-user", "samara.timestamp");
	}

	@Test
	void leadsBackFromEachCharacter() {
		String sql = "SELECT ${a}, '${table}' -- ${x}\n, '\\${y}', '${empty}' z";
		FilledText filled = this.filler.fillSql(sql);

		assertThat(filled.text()).isEqualTo("SELECT 1, 'customer' -- ${x}\n, '${y}', '' z");
		for (String piece : new String[] { "SELECT", ", '", "-- ${x}", "y}", "' z" }) {
			assertThat(filled.toSource(filled.text().indexOf(piece))).as(piece).isEqualTo(sql.indexOf(piece));
		}
		assertThat(filled.toSource(filled.text().indexOf("tomer"))).isEqualTo(sql.indexOf("${table}"));
		assertThat(filled.nameAt(filled.text().indexOf("tomer"))).contains("table");
		assertThat(filled.nameAt(0)).isEmpty();
		assertThat(filled.toSource(filled.text().length())).isEqualTo(sql.length());
	}

	@Test
	void reportsWhatItUsedButNotWhatIsBuiltIn() {
		assertThat(this.filler.fillSql("SELECT ${a}, ${samara.environment}, ${n:2} -- ${table}").used())
			.isEqualTo(Map.of("a", "1", "n", "2"));
	}

	@Test
	void putsAValueInAsItIs() {
		assertThat(this.filler.fillSql("SELECT '${quote}'").text()).isEqualTo("SELECT 'it's'");
	}

	@Test
	void knowsOtherSigns() {
		PlaceholderFiller other = new PlaceholderFiller(new Placeholders(true, "{{", "}}", Map.of("a", "1")),
				BuiltIns.NONE);
		PlaceholderFiller words = new PlaceholderFiller(new Placeholders(true, "__", "__", Map.of("a", "1")),
				BuiltIns.NONE);

		assertThat(other.fillSql("SELECT {{a}}, '${a}{{a}}' -- {{b}}").text()).isEqualTo("SELECT 1, '${a}1' -- {{b}}");
		assertThat(words.fillSql("SELECT x__a__y -- __b__").text()).isEqualTo("SELECT x1y -- __b__");
	}

	@Test
	void takesPlainTextAsAWhole() {
		assertThat(this.filler.fill("-- ${a}, it's ${table}").text()).isEqualTo("-- 1, it's customer");
	}

	@Test
	void refusesWhatIsNoSql() {
		assertThatExceptionOfType(SqlSyntaxException.class).isThrownBy(() -> this.filler.fillSql("SELECT 'x ${a}"));
		assertThatExceptionOfType(SqlSyntaxException.class)
			.isThrownBy(() -> this.filler.fillSql("SELECT '${none:it's}'"));
	}

}
