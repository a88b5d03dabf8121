package dev.samara.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

class SqlSplitterTests {

	private static final Path CASES = Path.of("src/test/resources/sql/split");

	@ParameterizedTest
	@MethodSource("cases")
	void cutsAsExpected(String name) throws IOException {
		String script = Files.readString(CASES.resolve(name + ".sql"));

		String actual = describe(script);

		assertThat(actual).isEqualTo(Files.readString(CASES.resolve(name + ".expected")));
	}

	@Test
	void everyCaseHasAScriptAndAnExpectation() throws IOException {
		assertThat(names(".sql")).hasSizeGreaterThan(60).isEqualTo(names(".expected"));
		try (Stream<Path> files = Files.list(CASES)) {
			assertThat(files).hasSize(2 * names(".sql").size());
		}
	}

	@Test
	void takesTheWhiteSpaceOfPostgres() {
		assertThat(SqlSplitter.split("\f\u000B\tSELECT\u000B1\f;\u000B")).singleElement()
			.satisfies((statement) -> assertThat(statement.text()).isEqualTo("SELECT\u000B1\f;"))
			.satisfies((statement) -> assertThat(statement.column()).isEqualTo(4));
	}

	@Test
	void endsALineCommentAtALoneCarriageReturn() {
		assertThat(texts("SELECT 1 -- a;\r+ 2;\rSELECT 3; -- b\rSELECT 4;")).containsExactly("SELECT 1 -- a;\r+ 2;",
				"SELECT 3;", "SELECT 4;");
	}

	@ParameterizedTest
	@CsvSource({ "'\n'", "'\r'", "'\r\n'" })
	void countsEveryLineEndOnce(String lineEnd) {
		String script = String.join(lineEnd, "SELECT 1;", "", "  SELECT '", "';SELECT 3;");

		assertThat(SqlSplitter.split(script)).extracting(SqlStatement::line, SqlStatement::column)
			.containsExactly(tuple(1, 1), tuple(3, 3), tuple(4, 3));
	}

	@ParameterizedTest
	@CsvSource({ "'\n'", "'\r'", "'\r\n'" })
	void continuesALiteralOverEveryLineEnd(String lineEnd) {
		assertThat(texts("SELECT E'a'" + lineEnd + "'\\';'; SELECT 2")).hasSize(2);
	}

	@ParameterizedTest
	@CsvSource({ "'\n'", "'\r'", "'\r\n'" })
	void findsCopyDataWhateverTheLineEnd(String lineEnd) {
		String script = String.join(lineEnd, "COPY t FROM STDIN;", "1;", "\\. ", "", "\\.", "SELECT 1;");

		List<SqlStatement> statements = SqlSplitter.split(script);

		assertThat(statements).extracting(SqlStatement::text).containsExactly("COPY t FROM STDIN;", "SELECT 1;");
		assertThat(statements.get(1).line()).isEqualTo(6);
		assertThat(data(script, statements.get(0))).isEqualTo(String.join(lineEnd, "1;", "\\. ", "", ""));
	}

	@Test
	void takesTheNoBreakSpaceForALetter() {
		assertThat(SqlSplitter.split("BEGIN\u00A0;")).singleElement()
			.extracting(SqlStatement::transactionUse)
			.isEqualTo(TransactionUse.ALLOWED);
		assertThat(texts("SELECT E'a'\u00A0\n'\\'; SELECT 2")).hasSize(2);
	}

	@Test
	void refusesAByteOrderMarkInTheMiddle() {
		assertRefused("SELECT 1;\n -- \uFEFF\n  \uFEFFSELECT 2;", 3, 3, "byte order mark");
		assertRefused("SELECT a\uFEFF", 1, 9, "byte order mark");
		assertThat(texts("SELECT '\uFEFF', \"\uFEFF\" -- \uFEFF")).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "SELECT 1;#", "SELECT '#'", "/* # */", "$$#$$" })
	void refusesNulEverywhere(String text) {
		assertRefused("\n" + text.replace('#', '\0'), 2, text.indexOf('#') + 1, "NUL character");
	}

	@Test
	void countsCodePointsInColumnsAndUtf16InOffsets() {
		SqlStatement second = SqlSplitter.split("SELECT '\uD83D\uDE00'; SELECT 2").get(1);

		assertThat(second.column()).isEqualTo(13);
		assertThat(second.offset()).isEqualTo(13);
		assertRefused("SELECT '\uD83D\uDE00', 'a", 1, 13, "string literal is not closed");
	}

	@Test
	void tellsWhichStatementsChangeTheLexing() {
		assertThat(SqlSplitter.split("""
				SET standard_conforming_strings = off;
				set local "standard_conforming_strings" to on;
				RESET standard_conforming_strings;
				RESET ALL;
				DISCARD ALL;
				""")).hasSize(5).allMatch(SqlStatement::changesLexing);
		assertThat(SqlSplitter.split("""
				SET search_path = standard_conforming_strings;
				RESET search_path;
				DISCARD TEMP;
				SHOW standard_conforming_strings;
				settle;
				""")).hasSize(5).noneMatch(SqlStatement::changesLexing);
	}

	@Test
	void takesTimeInProportionToTheText() {
		String row = "INSERT INTO t VALUES (1, 'some text''; \uD83D\uDE00', E'\\'', $$;$$); /* c */ ";
		String oneLine = row.repeat(200_000);

		List<SqlStatement> statements = SqlSplitter.split(oneLine);

		assertThat(statements).hasSize(200_000);
		assertThat(statements.get(199_999).column()).isEqualTo(199_999 * (row.length() - 1) + 1);
	}

	private static void assertRefused(String script, int line, int column, String problem) {
		assertThatExceptionOfType(SqlSyntaxException.class).isThrownBy(() -> SqlSplitter.split(script))
			.satisfies((ex) -> assertThat(ex.getProblem()).startsWith(problem))
			.satisfies((ex) -> assertThat(ex.getLine()).isEqualTo(line))
			.satisfies((ex) -> assertThat(ex.getColumn()).isEqualTo(column));
	}

	/** A header line and the text of every statement, or the error. */
	private static String describe(String script) {
		StringBuilder description = new StringBuilder();
		try {
			for (SqlStatement statement : SqlSplitter.split(script)) {
				describe(script, statement, description);
			}
		}
		catch (SqlSyntaxException ex) {
			description.append("-- error ").append(ex.getMessage()).append('\n');
			description.append("-- remedy: ").append(ex.getRemedy()).append('\n');
		}
		return description.toString();
	}

	private static void describe(String script, SqlStatement statement, StringBuilder description) {
		assertThat(script.startsWith(statement.text(), statement.offset())).isTrue();
		description.append("-- %d:%d %s".formatted(statement.line(), statement.column(), statement.transactionUse()));
		if (statement.copyData() != null) {
			description.append(" copy %d chars".formatted(statement.copyData().length()));
		}
		description.append('\n').append(statement.text()).append('\n');
		if (statement.copyData() != null) {
			description.append(data(script, statement)).append("-- end of data\n");
		}
	}

	private static String data(String script, SqlStatement statement) {
		SqlStatement.CopyData data = statement.copyData();
		assertThat(data).isNotNull();
		return script.substring(data.offset(), data.offset() + data.length());
	}

	private static List<String> texts(String script) {
		return SqlSplitter.split(script).stream().map(SqlStatement::text).toList();
	}

	private static List<String> cases() throws IOException {
		return names(".sql");
	}

	private static List<String> names(String extension) throws IOException {
		try (Stream<Path> files = Files.list(CASES)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((file) -> file.endsWith(extension))
				.map((file) -> file.substring(0, file.length() - extension.length()))
				.sorted()
				.toList();
		}
	}

}
