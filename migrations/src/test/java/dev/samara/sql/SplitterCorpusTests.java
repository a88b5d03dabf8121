package dev.samara.sql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Holds the splitter to what {@code psql} and PostgreSQL's own parser make of SQL that
 * other people wrote.
 */
class SplitterCorpusTests {

	private static final String CORPORA = "shared/corpora";

	/** Parses, but no script could run it: its COPY … FROM STDIN have no data. */
	private static final String COPY_WITHOUT_DATA = "parser/ok/copy.sql";

	private static final Pattern COMMAND_LINE = Pattern.compile("(?m)^\\\\[a-z].*$");

	/** The server refuses these, so that no data follows. */
	private static final Pattern COPY_THAT_FAILS = Pattern.compile("(?m)^COPY .* FROM STDIN; --fail.*$");

	private static final Pattern EMPTY_LINES = Pattern.compile("\n{2,}");

	private Path corpora = Path.of(CORPORA);

	@BeforeEach
	void findCorpora() {
		Path folder = Path.of("").toAbsolutePath();
		while (folder != null && !Files.isDirectory(folder.resolve(CORPORA))) {
			folder = folder.getParent();
		}
		assumeThat(folder).as("no folder %s in or above this one", CORPORA).isNotNull();
		this.corpora = folder.resolve(CORPORA);
	}

	@Test
	void cutsTheRegressionSuiteAsPsqlDoes() throws IOException {
		int files = 0;
		int statements = 0;
		for (Path file : files(this.corpora.resolve("splitter"), ".sql")) {
			String script = adapted(read(file));
			if (script.contains("\\gset")) {
				assertThatExceptionOfType(SqlSyntaxException.class).isThrownBy(() -> SqlSplitter.split(script))
					.withMessageContaining("\\gset is a command of psql");
				continue;
			}
			// psql sends statements that end in \; as one.
			String delimiter = script.contains("\\;") ? " " : "\n----\n";
			List<String> actual = texts(SqlSplitter.split(script.replace("\\;", ";")));
			if (file.endsWith("select_parallel.sql")) {
				// The statements on record stop one short of the file's last.
				assertThat(actual.remove(actual.size() - 1)).isEqualTo("rollback;");
			}

			assertThat(String.join(delimiter, actual)).as(file.toString())
				.isEqualTo(String.join(delimiter, sentByPsql(file)));
			files++;
			statements += actual.size();
		}
		assertThat(files).isEqualTo(61);
		assertThat(statements).isGreaterThan(8000);
	}

	@Test
	void endsEveryStatementWherePostgresDoes() throws IOException {
		int files = 0;
		int statements = 0;
		for (Path facts : files(this.corpora.resolve("facts"), ".tsv")) {
			for (Map.Entry<String, List<Integer>> entry : ends(facts).entrySet()) {
				if (entry.getKey().equals(COPY_WITHOUT_DATA)) {
					continue;
				}
				Path file = locate(facts.getFileName().toString().replace(".tsv", ""), entry.getKey());
				List<Integer> actual = ends(read(file));

				assertThat(actual).as(file.toString()).isEqualTo(entry.getValue());
				files++;
				statements += actual.size();
			}
		}
		assertThat(files).isGreaterThan(1000);
		assertThat(statements).isGreaterThan(10_000);
	}

	private Path locate(String set, String path) {
		return Stream.of("sets/" + set, "cases/" + set, set)
			.map((folder) -> this.corpora.resolve(folder).resolve(path))
			.filter(Files::exists)
			.findFirst()
			.orElseThrow();
	}

	/** Files by path with the ends of their statements, if the parser could read them. */
	private static Map<String, List<Integer>> ends(Path facts) throws IOException {
		Map<String, List<Integer>> ends = new LinkedHashMap<>();
		List<String> notParsed = new ArrayList<>();
		for (String line : Files.readAllLines(facts)) {
			String[] columns = line.split("\t");
			if (columns[2].equals("NOT-PARSED")) {
				notParsed.add(columns[0]);
			}
			else {
				ends.computeIfAbsent(columns[0], (path) -> new ArrayList<>()).add(Integer.valueOf(columns[1]));
			}
		}
		ends.keySet().removeAll(notParsed);
		return ends;
	}

	/**
	 * The parser gives the byte of the semicolon. For a last statement without one it
	 * gives the end of the file, trailing comments included.
	 */
	private static List<Integer> ends(String script) {
		List<Integer> ends = new ArrayList<>();
		int chars = 0;
		int bytes = 0;
		for (SqlStatement statement : SqlSplitter.split(script)) {
			int end = statement.offset() + statement.text().length();
			bytes += bytes(script.substring(chars, end));
			chars = end;
			ends.add(statement.text().endsWith(";") ? bytes - 1 : bytes + bytes(script.substring(end)));
		}
		return ends;
	}

	private static int bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

	private static String adapted(String script) {
		String withoutCommands = COMMAND_LINE.matcher(script).replaceAll("");
		return COPY_THAT_FAILS.matcher(withoutCommands).replaceAll("$0\n\\\\.");
	}

	private static List<String> texts(List<SqlStatement> statements) {
		return statements.stream()
			.map((statement) -> withoutEmptyLines(statement.text()))
			.collect(Collectors.toCollection(ArrayList::new));
	}

	private static List<String> sentByPsql(Path file) throws IOException {
		String script = withoutEmptyLines(read(file));
		List<String> statements = new ArrayList<>();
		for (JsonNode node : JsonMapper.shared().readTree(Files.readString(Path.of(file + ".json")))) {
			String statement = withoutEmptyLines(withoutLeadingComments(node.asString()));
			// Commands such as \d send queries of their own.
			boolean byCommand = statement.contains("pg_catalog.") && !script.contains(statement);
			if (!byCommand && !statement.equals(";")) {
				statements.add(statement);
			}
		}
		return statements;
	}

	/** Empty lines outside quotes never reach psql's lexer. */
	private static String withoutEmptyLines(String statement) {
		return EMPTY_LINES.matcher(statement).replaceAll("\n");
	}

	private static String withoutLeadingComments(String statement) {
		String text = statement.strip();
		while (text.startsWith("--") || text.startsWith("/*")) {
			int end = text.startsWith("--") ? text.indexOf('\n') : text.indexOf("*/") + 2;
			text = text.substring(end).strip();
		}
		return text;
	}

	private static List<Path> files(Path folder, String extension) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter((file) -> file.toString().endsWith(extension)).sorted().toList();
		}
	}

	private static String read(Path file) throws IOException {
		String text = Files.readString(file);
		return text.startsWith("\uFEFF") ? text.substring(1) : text;
	}

}
