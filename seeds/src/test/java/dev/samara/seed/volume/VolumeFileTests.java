package dev.samara.seed.volume;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.samara.script.Dependency;
import dev.samara.script.Location;
import dev.samara.script.Place;
import dev.samara.script.ScriptException;
import dev.samara.script.ScriptScanner;
import dev.samara.seed.data.DataFile;
import dev.samara.seed.data.RowMaker.NotMadeException;
import dev.samara.seed.data.RowMaker;
import dev.samara.testing.Scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The rows a file describes are the same on every machine, and everything wrong with it
 * is told with its place.
 */
class VolumeFileTests {

	private static final String ORDERS = """
			rows: 1000
			seed: 42
			columns:
			  id: sequence
			  status: {choice: {open: 1, paid: 8, "on hold": 1}}
			  total: {range: [5.00, 499.99]}
			  day: {date: [2024-02-28, 2024-03-01]}
			  at: {timestamp: [2026-01-01T00:00:00+01:00, 2026-01-01T00:59:59+01:00], nulls: 0.25}
			  local: {timestamp: [2026-01-01T00:00, 2026-12-31T00:00]}
			  gift: {boolean: 0.1}
			  ref: uuid
			  name: {text: "{{A}} {row:6} {status}"}
			  fix: {value: x}
			""";

	@TempDir
	private Path folder;

	@Test
	void makesTheSameRowsEverywhere() {
		assertThat(row(ORDERS, 1)).containsExactly("1", "paid", "421.13", "2024-02-29", "2025-12-31T23:13:36Z",
				"2026-03-13T04:08:58", "false", "011fe4d2-76a2-47a8-ad6c-241677e7adfd", "{A} 000001 paid", "x");
	}

	@Test
	void makesARowByItsNumberAlone() {
		RowMaker maker = maker(ORDERS);
		List<String> inOrder = LongStream.rangeClosed(1, 1000).mapToObj((n) -> Arrays.toString(maker.make(n))).toList();

		assertThat(Arrays.toString(maker.make(500))).isEqualTo(inOrder.get(499));
		assertThat(inOrder).doesNotHaveDuplicates();
	}

	@Test
	void leavesTheOtherColumnsAloneWhenOneIsAdded() {
		String[] before = row(ORDERS, 9);
		String[] after = row(ORDERS.replace("  status:", "  more: uuid\n  status:"), 9);

		assertThat(after).containsSubsequence(before);
		assertThat(row(ORDERS.replace("seed: 42", "seed: 43"), 9)).isNotEqualTo(before);
	}

	@Test
	void holdsToRangesWeightsAndShares() {
		RowMaker maker = maker(ORDERS);
		List<String[]> rows = LongStream.rangeClosed(1, 1000).mapToObj((n) -> maker.make(n).clone()).toList();

		assertThat(rows).allSatisfy((row) -> {
			assertThat(Double.parseDouble(row[2])).isBetween(5.0, 499.99);
			assertThat(row[2]).matches("\\d+\\.\\d\\d");
			assertThat(row[3]).isIn("2024-02-28", "2024-02-29", "2024-03-01");
			assertThat(row[4]).satisfiesAnyOf((at) -> assertThat(at).isNull(),
					(at) -> assertThat(at).startsWith("2025-12-31T23:").endsWith("Z"));
			assertThat(row[5]).startsWith("2026-").doesNotEndWith("Z");
			assertThat(row[7]).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
			assertThat(row[8]).isEqualTo("{A} %06d %s".formatted(Long.parseLong(row[0]), row[1]));
		});
		assertThat(count(rows, 1, "paid")).isBetween(740L, 860L);
		assertThat(count(rows, 3, "2024-02-29")).isBetween(270L, 400L);
		assertThat(count(rows, 4, null)).isBetween(190L, 310L);
		assertThat(count(rows, 6, "true")).isBetween(60L, 140L);
	}

	@Test
	void readsListsOfKeysAndOfWhatRunsBefore() {
		DataFile file = file("""
				rows: 1
				key: [shop, "number"]
				depends-on: [002_species,
				             003_x]
				columns: {shop: sequence, number: sequence}
				""");

		assertThat(file.key()).isEqualTo("shop, number");
		assertThat(Dependency.of(file.directives(), Place.of(file.path())))
			.extracting((needed) -> needed.name() + ":" + needed.place().line() + ":" + needed.place().column())
			.containsExactly("002_species:3:14", "003_x:4:14");
		assertThat(Dependency.of(file("rows: 1\ndepends-on: a, b\ncolumns: {a: uuid}\n").directives(),
				Place.of(file.path())))
			.extracting(Dependency::name)
			.containsExactly("a", "b");
	}

	@Test
	void makesNullsOfWhatYamlCallsNull() {
		RowMaker maker = maker("""
				rows: 100
				columns:
				  a: {choice: [open, ~]}
				  b: {choice: [null, "null", ""]}
				  c: {choice: {open: 1, null: 1}}
				  d: {value: null}
				  e: {value: }
				  f: {value: "~"}
				  g: {text: "{d}!"}
				""");
		List<String[]> rows = LongStream.rangeClosed(1, 100).mapToObj((n) -> maker.make(n).clone()).toList();

		assertThat(rows).extracting((row) -> row[0]).containsOnly("open", null);
		assertThat(rows).extracting((row) -> row[1]).containsOnly("null", "", null);
		assertThat(rows).extracting((row) -> row[2]).containsOnly("open", null);
		assertThat(Arrays.copyOfRange(rows.get(0), 3, 7)).containsExactly(null, null, "~", "!");
	}

	@Test
	void distributesReferences() {
		RowMaker maker = maker("""
				rows: 10000
				columns:
				  even: {reference: customer}
				  skewed: {reference: shop.customer(email), distribution: skewed}
				  turn: {reference: customer, distribution: in-turn}
				""");
		assertThat(maker.references().get("skewed")).hasToString("Wanted[table=shop.customer, column=email]");
		List<String> keys = LongStream.range(0, 10).mapToObj(Long::toString).toList();
		RowMaker ready = maker.ready(Map.of("even", keys, "skewed", keys, "turn", keys), (line, message, remedy) -> {
			throw new AssertionError(message);
		});
		List<String[]> rows = LongStream.rangeClosed(1, 10000).mapToObj((n) -> ready.make(n).clone()).toList();

		assertThat(count(rows, 0, "0")).isBetween(850L, 1150L);
		assertThat(count(rows, 0, "9")).isBetween(850L, 1150L);
		assertThat(count(rows, 1, "0")).isBetween(4300L, 5000L);
		assertThat(count(rows, 1, "9")).isBetween(200L, 500L);
		assertThat(count(rows, 2, "3")).isEqualTo(1000);
	}

	@Test
	void asksDatafaker() {
		String file = """
				rows: 10
				columns:
				  name: {faker: "#{Name.fullName}"}
				  city: {faker: "#{Address.city}", locale: de}
				""";
		String[] later = row(file, 7);

		assertThat(later).doesNotContainNull().isEqualTo(row(file, 7)).isNotEqualTo(row(file, 8));
		RowMaker maker = ready(file);
		maker.make(1);
		maker.make(3);
		assertThat(maker.make(7)).isEqualTo(later);
	}

	@Test
	void refusesAnExpressionThatDatafakerDoesNotKnow() {
		List<String> problems = new ArrayList<>();
		maker("rows: 1\ncolumns:\n  a: uuid\n  name: {faker: \"#{Name.fulName}\"}\n").ready(Map.of(),
				(line, message, remedy) -> problems.add(line + " " + message + ". " + remedy));

		assertThat(problems).singleElement()
			.asString()
			.startsWith("4 Column \"name\" cannot be made. Datafaker does not understand the expression.");
	}

	@Test
	void namesTheColumnWhoseValueCannotBeMade() {
		Volume volume = new Volume(0, 10,
				List.of(new VolumeColumn("a", 3, (row, dice) -> "x", 0), new VolumeColumn("b", 4, (row, dice) -> {
					throw new IllegalStateException("4711");
				}, 0)));

		assertThatExceptionOfType(NotMadeException.class).isThrownBy(() -> volume.make(1))
			.withMessage("Column \"b\" cannot be made (java.lang.IllegalStateException)")
			.withNoCause();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					rows: 1; colums: {}                             | :1:10: Unknown key "colums"     | Did you mean "columns"?
					rows: 0; columns: {a: uuid}                     | :1:7: The number of rows is a whole number from 1 | Correct it
					columns: {a: uuid}                              | :1:1: The file does not say how many rows | rows: 1000
					rows: 1                                         | :1:1: The file names no columns | Add "columns:"
					rows: 1; columns: {a: uid}                      | :1:23: This does not say what column "a" holds | known are boolean, choice
					rows: 1; columns: {a: {rnage: [1, 2]}}          | :1:23: This does not say what column "a" holds | Did you mean "range"?
					rows: 1; columns: {a: {range: [2, 1]}}          | :1:31: This is not a range of numbers | Write [1, 10]
					rows: 1; columns: {a: {range: [1]}}             | :1:31: A range has a lowest and a highest | Write [1, 10]
					rows: 1; columns: {a: {date: [2026-02-30, 2026-03-01]}} | :1:30: This is not a range of days | [2026-01-01, 2026-12-31]
					rows: 1; columns: {a: {uuid: x, nulls: 2}}      | :1:40: A share is a number from 0 to 1 | Write 0.1
					rows: 1; columns: {a: {uuid: x, null: 0}}       | :1:33: Unknown key "null" | Did you mean "nulls"?
					rows: 1; columns: {a: {uuid: x, value: 1}}      | :1:23: Column "a" has several kinds of values: uuid, value | Keep one
					rows: 1; columns: {a: {text: "{nme}"}}          | :1:30: The text cannot be made | {nme} means nothing here
					rows: 1; columns: {a: {text: "{"}}              | :1:30: The text cannot be made | brace without its other half
					rows: 1; columns: {a: {choice: []}}             | :1:32: A choice has several values | {open: 1, paid: 3}
					rows: 1; columns: {a: {choice: {x: many}}}      | :1:36: The weight of a value is a number | {open: 1
					rows: 1; columns: {a: {reference: a.b.c}}       | :1:35: This is not the name of a table | customer(email)
					rows: 1; columns: {a: {reference: b, distribution: evn}} | :1:52: "evn" is not a distribution | Did you mean "even"?
					rows: 1; mode: upsrt; columns: {a: uuid}        | :1:16: This is not a mode | Write mode: upsert
					rows: 1; key: {a: b}; columns: {a: uuid}        | :1:15: This says no key | Write key: email, or key: [shop, number]
					rows: 1; key: [a, [b]]; columns: {a: uuid}      | :1:19: This says no key | Write key: email
					rows: 1; key: []; columns: {a: uuid}            | :1:15: This says no key | Write key: email
					rows: 1; key: ~; columns: {a: uuid}             | :1:15: This says no key | Write key: email
					rows: 1; depends-on: {a: b}; columns: {a: uuid} | :1:22: This does not say what runs before | [002_species, 003_shop]
					rows: 1; level: [all]; columns: {a: uuid}       | :1:17: This is not a level | Write level: minimal
					rows: 1; table: [a]; columns: {a: uuid}         | :1:17: This is not the name of a table | table: species
					rows: 1; table: ; columns: {a: uuid}            | :1:16: This is not the name of a table | table: species
					rows: 1; table: null; columns: {a: uuid}        | :1:17: This is not the name of a table | table: species
					rows: 1; seed: [1]; columns: {a: uuid}          | :1:16: The seed number is a whole number | Correct
					rows: 1; columns: {a: {reference: [b]}}         | :1:35: This is not the name of a table | customer(email)
					rows: 1; columns: {a: {reference: }}            | :1:34: This is not the name of a table | customer(email)
					rows: 1; columns: {a: {reference: b, distribution: [even]}} | :1:52: This is not a distribution | Known are even
					rows: 1; columns: {a: {faker: x, locale: [de]}} | :1:42: This is not a language | locale: de
					rows: 1; columns: {a: {text: ~}}                | :1:30: A single value is wanted here | {value: null}
					rows: 1; columns: {a: uuid, a: uuid}            | :1:29: "a" stands twice | Take one
					rows: [1; columns: 2                            | The YAML cannot be read | Correct the place
					[]                                              | The file does not say what to make | rows: 1000
					""")
	void saysWhatIsWrongAndWhere(String text, String message, String remedy) {
		List<ScriptException> problems = new ArrayList<>();

		assertThat(read((text.startsWith("[") || text.startsWith("rows: [")) ? text.replace("; ", "\n")
				: "{" + text.replace("; ", ", ") + "}", problems))
			.isEmpty();

		String expected = message.startsWith(":1:") ? shifted(message) : message;
		assertThat(problems).anySatisfy((problem) -> {
			assertThat(problem).hasMessageContaining(expected);
			assertThat(problem.getRemedy()).contains(remedy);
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "rows: 1#<<<<<<< HEAD#columns: {a: uuid}|:2:1: The line is a conflict marker",
			"rows: 1#columns: {a: uuid}#---#rows: 2|:3:1: The YAML cannot be read" })
	void refusesWhatItWouldLoseOrMisread(String text, String message) {
		List<ScriptException> problems = new ArrayList<>();

		assertThat(read(text.replace("#", "\r\n"), problems)).isEmpty();
		assertThat(problems).singleElement().satisfies((problem) -> assertThat(problem).hasMessageContaining(message));
	}

	@Test
	void refusesDirectivesInComments() {
		List<ScriptException> problems = new ArrayList<>();

		assertThat(read("rows: 1\n# samara: mode=replace\ncolumns: {a: uuid}\n", problems)).isEmpty();
		assertThat(problems).singleElement().satisfies((problem) -> {
			assertThat(problem).hasMessageContaining(":2:1: A file that says how to make rows has no directives");
			assertThat(problem.getRemedy()).contains("\"mode: …\"");
		});
	}

	/** The braces around the file move everything but the file itself by one column. */
	private static String shifted(String message) {
		int end = message.indexOf(':', 3);
		int column = Integer.parseInt(message.substring(3, end));
		return ":1:" + ((column > 1) ? column + 1 : 1) + message.substring(end);
	}

	private static long count(List<String[]> rows, int column, String value) {
		return rows.stream().filter((row) -> Objects.equals(row[column], value)).count();
	}

	private String[] row(String text, long number) {
		return ready(text).make(number).clone();
	}

	private RowMaker ready(String text) {
		return maker(text).ready(Map.of(), (line, message, remedy) -> {
			throw new AssertionError(message);
		});
	}

	private RowMaker maker(String text) {
		return file(text).maker();
	}

	private DataFile file(String text) {
		List<ScriptException> problems = new ArrayList<>();
		Optional<DataFile> file = read(text, problems);
		assertThat(problems).isEmpty();
		return file.orElseThrow();
	}

	private Optional<DataFile> read(String text, List<ScriptException> problems) {
		Scripts scripts = Scripts.in(this.folder).add("dev/100_orders.generate.yaml", text);
		return VolumeFileReader.read(new ScriptScanner(getClass().getClassLoader())
			.scan(Location.parse(scripts.location()), ".generate.yaml")
			.get(0), problems);
	}

}
