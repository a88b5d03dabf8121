package dev.samara.sql;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a concurrent statement that is no {@code CREATE INDEX} is about.
 */
class ConcurrentStatementTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			REINDEX INDEX CONCURRENTLY a.b | false | a.b
			reindex (verbose, concurrently) table "T" | true | "T"
			REINDEX (CONCURRENTLY TRUE) INDEX i; | false | i
			""")
	void readsWhatIsRebuilt(String sql, boolean isTable, String name) {
		assertThat(ConcurrentReindex.of(statement(sql))).contains(new ConcurrentReindex(isTable, name));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "REINDEX INDEX i", "REINDEX SCHEMA CONCURRENTLY s", "VACUUM", "REINDEX (VERBOSE) TABLE t" })
	void rebuildsNothingElse(String sql) {
		assertThat(ConcurrentReindex.of(statement(sql))).isEmpty();
	}

	@Test
	void readsWhatIsDetached() {
		ConcurrentDetach detach = ConcurrentDetach
			.of(statement("ALTER TABLE IF EXISTS ONLY s.\"P\" DETACH PARTITION s.p1 CONCURRENTLY;"))
			.orElseThrow();

		assertThat(detach).isEqualTo(new ConcurrentDetach("s.\"P\"", "s.p1"));
		assertThat(detach.finalizeSql()).isEqualTo("ALTER TABLE s.\"P\" DETACH PARTITION s.p1 FINALIZE");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ALTER TABLE p DETACH PARTITION p1", "ALTER TABLE p DETACH PARTITION p1 FINALIZE" })
	void detachesNothingElse(String sql) {
		assertThat(ConcurrentDetach.of(statement(sql))).isEmpty();
	}

	private static SqlStatement statement(String sql) {
		return SqlSplitter.split(sql).get(0);
	}

}
