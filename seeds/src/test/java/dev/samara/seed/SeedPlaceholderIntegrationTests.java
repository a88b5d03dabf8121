package dev.samara.seed;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.samara.SamaraException;
import dev.samara.environment.Environment;
import dev.samara.placeholder.Placeholders;
import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class SeedPlaceholderIntegrationTests {

	private static final Map<String, String> VALUES = Map.of("admin", "ada@example.org", "role", "it's, \"the\" boss");

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts files;

	SeedPlaceholderIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.files = Scripts.in(folder);
		this.database
			.execute("CREATE TABLE account (id integer PRIMARY KEY, email text, role text, data jsonb, tags text[])");
	}

	@Test
	void replacesThemInSql() {
		this.files.add("common/001_a.sql",
				"INSERT INTO account (id, email, role) VALUES (1, '${admin}', '${samara.schema}${samara.environment}')");
		runner(VALUES).run();

		assertThat(one()).isEqualTo("ada@example.org publicdev");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '@', textBlock = """
			csv   @ 'id,email,role\\n1,${admin},"${role}"\\n'
			json  @ '[{"id": 1, "email": "${admin}", "role": "${role}"}]'
			yaml  @ '- id: 1\\n  email: ${admin}\\n  role: "${role}"\\n'
			""")
	void replacesThemInDataFiles(String format, String content) {
		this.files.add("common/010_account." + format, content.replace("\\n", "\n"));
		runner(VALUES).run();

		assertThat(one()).isEqualTo("ada@example.org it's, \"the\" boss");
	}

	@Test
	void leavesThemAloneUnlessAskedTo() {
		this.files.add("common/010_account.csv", "id,email,role\n1,${admin},x\n");
		this.files.add("common/020_account.json",
				"{\"samara\": {\"table\": \"account\", \"placeholders\": \"on\"}, \"rows\": [{\"id\": 2, \"email\": \"${x:y}\"}]}");
		SeedRunner.builder(this.database.dataSource())
			.settings(SeedSettings.builder().locations(this.files.location()).environment(Environment.DEV).build())
			.build()
			.run();

		assertThat(this.database.values(String.class, "SELECT email FROM account ORDER BY id"))
			.containsExactly("${admin}", "y");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '@', quoteCharacter = '`',
			textBlock = """
					csv   @ id,email\\n1,x\\n2,<${admin}>\\n                                    @ 3 @ "# samara: placeholders=on"
					json  @ [{"id": 1},\\n {"id": 2, "email": "${admin}"}]                      @ 2 @ "samara": {"placeholders": "on"}
					yaml  @ - id: 1\\n  email: x\\n- id: 2\\n  tags: ["${admin}"]\\n             @ 3 @ "# samara: placeholders=on"
					sql   @ INSERT INTO account (id, email) VALUES\\n (1, '${admin}')           @ 2 @ "-- samara: placeholders=on"
					""")
	void refusesConfiguredOnesThatAreNotReplaced(String format, String content, int line, String remedy) {
		this.files.add("common/010_account." + format, content.replace("\\n", "\n"));
		Placeholders off = new Placeholders(false, "${", "}", VALUES);

		assertThatException()
			.isThrownBy(SeedRunner.builder(this.database.dataSource())
				.settings(SeedSettings.builder()
					.locations(this.files.location())
					.environment(Environment.DEV)
					.placeholders(off)
					.build())
				.build()::run)
			.satisfies((ex) -> assertThat(ex.getMessage() + ((SamaraException) ex).getRemedy()).contains(
					"010_account." + format + ":" + line, "\"admin\" would not be replaced", remedy,
					"samara.seeds.replace-placeholders=true"));
		assertThat(this.database.values(Long.class, "SELECT count(*) FROM account")).containsExactly(0L);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '@', quoteCharacter = '`', textBlock = """
			csv   @ # samara: placeholders=off\\nid,email\\n1,${admin}\\n
			json  @ {"samara": {"placeholders": "off"}, "rows": [{"id": 1, "email": "${admin}"}]}
			sql   @ -- samara: placeholders=off\\nINSERT INTO account (id, email) VALUES (1, '${admin}')
			""")
	void leavesConfiguredOnesAloneThatAreMeantAsText(String format, String content) {
		this.files.add("common/010_account." + format, content.replace("\\n", "\n"));
		runner(VALUES).run();

		assertThat(this.database.value(String.class, "SELECT email FROM account")).isEqualTo("${admin}");
	}

	@Test
	void fillsJsonAndListsButNoNamesOfColumns() {
		this.files.add("common/010_account.yaml",
				"- id: 1\n  data: {\"${key}\": [\"${admin}\", 2]}\n  tags: [\"${admin}\", b]\n");
		runner(VALUES).run();

		assertThat(this.database.values(String.class, "SELECT data::text || ' ' || tags::text FROM account"))
			.containsExactly("{\"${key}\": [\"ada@example.org\", 2]} {ada@example.org,b}");
	}

	@Test
	void namesTheLineOfAnUnknownOne() {
		this.files.add("common/010_account.csv", "id,email\n1,${admin}\n2,${admn}\n3,${other}\n");

		assertThatExceptionOfType(SeedFailedException.class).isThrownBy(runner(VALUES)::run).satisfies((ex) -> {
			assertThat(ex.getMessage()).contains("010_account.csv:3", "The placeholder \"admn\" is not known", ":4");
			assertThat(ex.getRemedy()).contains("Did you mean \"admin\"? Set samara.seeds.placeholders.admn");
		});
	}

	@Test
	void tellsOfUnknownOnesInScriptsBeforeAnythingRuns() {
		this.files.add("common/001_a.sql", "SELECT '${one}', '${two}'").add("common/002_b.sql", "SELECT '${three}'");

		assertThatExceptionOfType(SeedValidationException.class).isThrownBy(runner(VALUES)::run)
			.satisfies((ex) -> assertThat(ex.getFindings()).extracting(Finding::code)
				.containsExactly("unknown-placeholder", "unknown-placeholder", "unknown-placeholder"));
	}

	@Test
	void runsAgainForAnotherValueIfAskedTo() {
		this.files.add("common/001_a.sql",
				"-- samara: placeholders=tracked\nINSERT INTO account (id, email) VALUES (1, '${admin}') "
						+ "ON CONFLICT (id) DO UPDATE SET email = excluded.email");
		this.files.add("common/010_account.csv", "# samara: placeholders=tracked\nid,email\n2,${admin}\n");
		this.files.add("common/011_account.csv", "id,email\n3,${admin}\n");
		runner(VALUES).run();

		assertThat(runner(VALUES).run().applied()).isEmpty();
		assertThat(runner(Map.of("admin", "eve", "role", "it's, \"the\" boss")).run().applied()).hasSize(2);
		assertThat(this.database.values(String.class, "SELECT email FROM account ORDER BY id")).containsExactly("eve",
				"eve", "ada@example.org");
	}

	@ParameterizedTest
	@CsvSource({ "common/010_account.csv,'# samara: encoding=windows-1252\nid,email\n1,Zoë\n'",
			"common/010_account.yaml,'# samara: encoding=windows-1252\n- id: 1\n  email: Zoë\n'",
			"common/001_a.sql,'-- samara: encoding=windows-1252\nINSERT INTO account (id, email) VALUES (1, ''Zoë'')'" })
	void readsOtherEncodings(String name, String content) throws Exception {
		this.files.add(name, "");
		Files.writeString(this.files.path(name), content, Charset.forName("windows-1252"));
		runner(VALUES).run();

		assertThat(this.database.values(String.class, "SELECT email FROM account")).containsExactly("Zoë");
	}

	private String one() {
		return this.database.values(String.class, "SELECT email || ' ' || role FROM account").get(0);
	}

	private SeedRunner runner(Map<String, String> values) {
		return SeedRunner.builder(this.database.dataSource())
			.settings(SeedSettings.builder()
				.locations(this.files.location())
				.environment(Environment.DEV)
				.placeholders(Placeholders.of(values))
				.build())
			.build();
	}

}
