package dev.samara.seed;

import java.util.stream.Collectors;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.samara.execution.ExecutableScript;

import static org.assertj.core.api.Assertions.assertThat;

class ScriptTablesTests {

	/**
	 * "!" marks a table whose rows cannot be inserted twice, "..." that there may be
	 * others.
	 */
	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "INSERT INTO plant VALUES (1) | !plant",
			"INSERT INTO shop.plant (id) SELECT 1 ON CONFLICT DO NOTHING | shop.plant",
			"insert into \"Plant\" values (1) on conflict (id) do update set id = 1 | \"Plant\"",
			"INSERT INTO a SELECT 1 WHERE NOT EXISTS (SELECT FROM a) | a", "INSERT INTO a SELECT 1 EXCEPT TABLE a | a",
			"COPY a (x) FROM stdin;~1~\\.~ | !a", "MERGE INTO a USING b ON true WHEN MATCHED THEN DELETE | a",
			"UPDATE a SET x = 1 | a", "UPDATE ONLY a SET x = 1 WHERE EXISTS (SELECT FROM b FOR UPDATE) | a",
			"WITH x AS (INSERT INTO a VALUES (1) RETURNING id) INSERT INTO b SELECT id FROM x | !a !b",
			"WITH x AS (UPDATE a SET y = 1 RETURNING id) INSERT INTO b SELECT id FROM x ON CONFLICT DO NOTHING | a b",
			"DELETE FROM a; INSERT INTO a VALUES (1); INSERT INTO b VALUES (1) | a !b",
			"TRUNCATE TABLE ONLY a; INSERT INTO a VALUES (1) | a", "TRUNCATE a; INSERT INTO a VALUES (1) | a",
			"INSERT INTO a VALUES (1) ON CONFLICT DO NOTHING; INSERT INTO a VALUES (2) | !a",
			"SET search_path = shop; INSERT INTO a VALUES (1) | !a", "SELECT 1 | ...",
			"INSERT INTO a VALUES (1); SELECT setval('a_id_seq', 10) | !a ...", "DO $$ BEGIN PERFORM 1; END $$ | ...",
			"CALL fill() | ...", "INSERT INTO U&\"d\\0061ta\" VALUES (1) | ...",
			"INSERT INTO db.shop.a VALUES (1) | ...", "INSERT INTO a VALUES ('INSERT INTO b') -- INSERT INTO c | !a",
			"CREATE TEMP TABLE t (x int) | ''" })
	void readsWhatAScriptFills(String sql, String expected) {
		SeedTables tables = ScriptTables.of(ExecutableScript.of(SampleSeeds.script("a.sql", sql.replace('~', '\n')))
			.segments()
			.stream()
			.flatMap((segment) -> segment.statements().stream())
			.toList());

		String found = tables.targets()
			.stream()
			.map((target) -> (target.isRepeatable() ? "" : "!") + target.names().get(0))
			.collect(Collectors.joining(" "));
		assertThat((found + (tables.isComplete() ? "" : " ...")).strip()).isEqualTo(expected.replace("''", ""));
	}

}
