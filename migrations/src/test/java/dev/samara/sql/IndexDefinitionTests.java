package dev.samara.sql;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class IndexDefinitionTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			CREATE INDEX CONCURRENTLY ON t (A ASC, "b") | CREATE INDEX t_a_b_idx ON public.t USING btree (a, b)
			create index i on only s.t using gin (a); | CREATE INDEX j ON t USING gin (a)
			CREATE INDEX ON t (a DESC NULLS FIRST, b NULLS LAST) | CREATE INDEX i ON t USING btree (a DESC, b)
			CREATE UNIQUE INDEX i ON t (a) INCLUDE (b) | CREATE UNIQUE INDEX j ON t USING btree (a) INCLUDE (b)
			""")
	void isTheSameInOtherWords(String statement, String server) {
		assertThat(read(statement)).isEqualTo(read(server));
		assertThat(read(statement).surelyDiffersFrom(read(server))).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			CREATE INDEX i ON t (a) | CREATE INDEX i ON t USING btree (b)
			CREATE INDEX i ON t (a) | CREATE UNIQUE INDEX i ON t USING btree (a)
			CREATE INDEX i ON t (a, b) | CREATE INDEX i ON t USING btree (a)
			CREATE INDEX i ON t USING hash (a) | CREATE INDEX i ON t USING btree (a)
			CREATE INDEX i ON t (a) WHERE b | CREATE INDEX i ON t USING btree (a)
			""")
	void knowsWhatSurelyDiffers(String statement, String server) {
		assertThat(read(statement).surelyDiffersFrom(read(server))).isTrue();
	}

	@Test
	void claimsNothingAboutExpressions() {
		assertThat(read("CREATE INDEX i ON t (lower(a))")
			.surelyDiffersFrom(read("CREATE INDEX i ON t USING btree (lower((a)::text))"))).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					CREATE UNIQUE INDEX i ON t (email) | SELECT email, count(*) FROM t WHERE email IS NOT NULL GROUP BY email HAVING count(*) > 1
					CREATE UNIQUE INDEX i ON t (a text_pattern_ops DESC, lower(b)) | SELECT a, lower(b), count(*) FROM t WHERE (a, lower(b)) IS NOT NULL GROUP BY a, lower(b) HAVING count(*) > 1
					CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT | SELECT a, count(*) FROM t GROUP BY a HAVING count(*) > 1
					""")
	void findsDuplicates(String statement, String query) {
		assertThat(read(statement).duplicatesQuery("t")).isEqualTo(query);
	}

	@Test
	void showsNoLiteralInTheQueryForDuplicates() {
		assertThat(read("CREATE UNIQUE INDEX i ON t (coalesce(a, 'x'))").duplicatesQuery("t")).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "VACUUM", "CREATE INDEX i", "CREATE INDEX i ON t" })
	void isEmptyForEverythingElse(String statement) {
		assertThat(IndexDefinition.of(statement)).isEmpty();
	}

	private static IndexDefinition read(String statement) {
		return IndexDefinition.of(statement).orElseThrow();
	}

}
