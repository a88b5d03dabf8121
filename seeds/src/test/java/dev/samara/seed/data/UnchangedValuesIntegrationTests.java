package dev.samara.seed.data;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

import dev.samara.script.ScriptException;
import dev.samara.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What a data file contains arrives as it is written, or is refused with its place.
 */
class UnchangedValuesIntegrationTests extends AbstractDataLoad {

	UnchangedValuesIntegrationTests(TestDatabase server) {
		super(server);
	}

	@BeforeEach
	void createTable() {
		this.database.execute("CREATE TABLE t (id int PRIMARY KEY, v text, doc jsonb, f double precision)");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "[{`id`: 1}]#[{`id`: 2}]|2:1: The file contains further data",
					"[{`id`: 1}]#{`id`: 2}|2:1: The file contains further data",
					"[{`id`: 1}] 7|1:13: The file contains further data", "[{`id`: 1}]]|1:12: The JSON cannot be read",
					"[{`id`: 1}]#x|2:1: The JSON cannot be read", "[]#[{`id`: 2}]|2:1: The file contains further data",
					"{`samara`: {}, `rows`: [{`id`: 1}]#, `rows`: [{`id`: 2}]}|2:3: The file contains \"rows\" twice",
					"{`samara`: {}, `rows`: []#, `more`: [{`id`: 2}]}|2:3: \"more\" is not an entry",
					"{`samara`: {},#`t`: [{`id`: 2}], `rows`: []}|2:1: \"t\" is not an entry",
					"{`samara`: {}, `rows`: []}#{}|2:1: The file contains further data",
					"[{`id`: 1,# `id`: 2}]|2:2: \"id\" appears twice",
					"[{`id`: 1, `doc`: {`a`: 1,# `a`: 2}}]|2:2: \"a\" appears twice" })
	void refusesDataBehindTheRowsOfJson(String json, String expected) {
		assertThat(error("010_t.json", json.replace('`', '"').replace('#', '\n')))
			.hasMessageContaining(".json:" + expected);
		assertThat(texts("SELECT v FROM t")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "json", "yaml", "csv" })
	void refusesCharactersThatPostgresqlCannotStore(String format) {
		assertThat(error("010_t." + format, rows(format, "\\u0000"))).hasMessageContaining(
				", column v: the value contains the character NUL (U+0000), which PostgreSQL cannot store");
		if (!format.equals("csv")) {
			for (String half : List.of("\\ud800", "\\udc00", "\\ud800\\ud800", "ä\\udbff")) {
				assertThat(error("010_t." + format, rows(format, half)))
					.hasMessageContaining(":2: row 2, column v: the value contains half of a surrogate pair");
			}
			load("010_t." + format, rows(format, "\\ud83c\\udf33"));
			assertThat(texts("SELECT v FROM t WHERE id = 2")).containsExactly("x🌳");
		}
	}

	private static String rows(String format, String escape) {
		return switch (format) {
			case "json" -> "[{\"id\": 1},\n{\"id\": 2, \"v\": \"x" + escape + "\"}]";
			case "yaml" -> "- id: 1\n- {id: 2, v: \"x" + escape + "\"}\n";
			default -> "id,v\n2,x" + escape.replace("\\u0000", "\0") + "\n";
		};
	}

	@Test
	void keepsNumbersAndWordsOfTextColumnsAsTheyAreWritten() {
		List<String> texts = List.of("012", "0o17", "0x1F", "1_000", "1:30", "12:30:45", "yes", "No", "on", "True",
				".5", "1.", "+1", "1e400", "1.0", "-0", "12345678901234567890.10", "2026-03-01", "2026-03-01T12:00:00Z",
				".inf", "NaN");
		StringBuilder yaml = new StringBuilder();
		texts.forEach((
				text) -> yaml.append("- {id: ").append(texts.indexOf(text)).append(", v: ").append(text).append("}\n"));
		load("010_t.yaml", yaml.toString());

		assertThat(texts("SELECT v FROM t ORDER BY id")).isEqualTo(texts);
		load("020_t.json",
				"[{\"id\": 0, \"v\": 1e400}, {\"id\": 1, \"v\": 1.0}, {\"id\": 2, \"v\": 12345678901234567890}]");
		assertThat(texts("SELECT v FROM t WHERE id < 3 ORDER BY id")).containsExactly("1e400", "1.0",
				"12345678901234567890");
		assertThat(error("030_t.json", "[{\"id\": 0,\n\"f\": 1e400}]")).hasMessageContaining("column f");
	}

	@ParameterizedTest
	@ValueSource(strings = { "True", "FALSE", "012", "0o17", "0x1F", ".5", "1.", "+1", ".inf", ".NaN" })
	void refusesNumbersAndTruthValuesThatJsonDoesNotHave(String value) {
		assertThat(error("010_t.yaml", "- id: 1\n- {id: 2, doc: {a: [1, " + value + "]}}\n"))
			.hasMessageContaining(".yaml:2: Column \"doc\" is JSON, and contains a number or a truth value");
		load("010_t.yaml", "- {id: 2, doc: {a: [1, '" + value + "']}}\n");
		assertThat(texts("SELECT doc ->> 'a' FROM t")).containsExactly("[1, \"" + value + "\"]");
	}

	@Test
	void readsAllDocumentsOfYamlAndRefusesKeysThatAppearTwice() {
		assertThat(load("010_t.yaml", "---\n- id: 1\n---\n- id: 2\n...\n---\n- id: 3\n"))
			.isEqualTo(new RowCounts(3, 0, 0, 0));
		assertThat(error("010_t.yaml", "- id: 1\n---\nid: 2\n")).hasMessageContaining(".yaml:3:1: This is not a row");
		assertThat(error("010_t.yaml", "- id: 1\n  v: a\n  v: b\n"))
			.hasMessageContaining(".yaml:3:3: \"v\" appears twice in the same mapping");
		assertThat(error("010_t.yaml", "- id: 1\n  doc: {a: 1, a: 2}\n"))
			.hasMessageContaining(".yaml:2:15: \"a\" appears twice in the same mapping");
		assertThat(error("010_t.yaml", "- id: !!int 1\n- id: 2\n  v: !!null ''\n").getProblems()).hasSize(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "csv|id#1#<<<<<<< HEAD#2#=======#3#>>>>>>> b#|3", "csv|v,id#'a#>>>>>>> b#',1#|3",
					"json|[{'id':1, 'v': [#<<<<<<< HEAD#]}]|2", "yaml|[{id: 1, v: a#<<<<<<< HEAD#}]|2" })
	void refusesFilesWithConflictMarkers(String format, String content, long line) {
		ScriptException ex = catchThrowableOfType(ScriptException.class,
				() -> load("010_t." + format, content.replace('\'', '"').replace("#", "\r\n")));

		assertThat(ex.getCode()).isEqualTo("merge-conflict");
		assertThat(ex.getPlace().toString()).endsWith("010_t." + format + ":" + line + ":1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-16", "UTF-16LE", "UTF-16BE", "x-UTF-16LE-BOM", "X-UTF-32BE-BOM" })
	void namesUtf16(String name) throws IOException {
		this.files.add("common/010_t.csv", "");
		Files.write(this.files.path("common/010_t.csv"), "id,v\n1,grün\n".getBytes(Charset.forName(name)));
		List<ScriptException> problems = new ArrayList<>();

		assertThat(read("010_t.csv", problems)).isEmpty();
		assertThat(problems).singleElement()
			.satisfies((problem) -> assertThat(problem).hasMessageContaining(
					"The file is encoded in UTF-" + (name.contains("32") ? "32" : "16") + ", but is read as UTF-8"));
	}

	@Test
	void keepsTextOfCsvAsItIsWritten() {
		load("010_t.csv", "id,v\n1,a\"b\n2, \"c\" \n3,\"d\"\"e\n, \"\n4,'\n");

		assertThat(texts("SELECT v FROM t ORDER BY id")).containsExactly("a\"b", " \"c\" ", "d\"e\n, ", "'");
		assertThat(error("010_t.csv", "id,v\n1,\"a\"b\n")).hasMessageContaining(".csv:2: The CSV cannot be read");
		assertThat(error("010_t.csv", "id,v\n1,\"a\n2,b\n")).hasMessageContaining(".csv:2: The CSV cannot be read");
		assertThat(error("010_t.csv", "id,v\n1,a,b\n2\n").getProblems()).hasSize(2);
	}

	private DataLoadException error(String name, String content) {
		return catchThrowableOfType(DataLoadException.class, () -> load(name, content));
	}

}
