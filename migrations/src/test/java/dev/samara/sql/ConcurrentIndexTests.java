package dev.samara.sql;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConcurrentIndexTests {

	@Test
	void readsIndexAndTable() {
		assertThat(read("CREATE INDEX CONCURRENTLY Idx ON Customer (email);"))
			.contains(new ConcurrentIndex(null, "customer", "idx", false));
	}

	@Test
	void readsEveryPart() {
		assertThat(read("""
				create unique /* c */ index concurrently -- d
				if not exists "My.Idx" on only public."Cust""omer" using btree (email) where a;"""))
			.contains(new ConcurrentIndex("public", "Cust\"omer", "My.Idx", true));
	}

	@Test
	void readsAnIndexWithoutName() {
		assertThat(read("CREATE INDEX CONCURRENTLY ON db.s.t(a)")).contains(new ConcurrentIndex("s", "t", null, false));
	}

	@ParameterizedTest
	@ValueSource(strings = { "CREATE INDEX i ON t (a)", "DROP INDEX CONCURRENTLY i", "VACUUM",
			"CREATE INDEX CONCURRENTLY i", "CREATE INDEX CONCURRENTLY i ON", "SELECT 'CREATE INDEX CONCURRENTLY'" })
	void isEmptyForEverythingElse(String statement) {
		assertThat(read(statement)).isEmpty();
	}

	private static Optional<ConcurrentIndex> read(String statement) {
		return ConcurrentIndex.of(SqlSplitter.split(statement).get(0));
	}

}
