package dev.samara.sql;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MaskedSqlTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					SELECT * FROM customer WHERE email = 'secret' AND age > 42 | SELECT * FROM customer WHERE email = ? AND age > ?
					UPDATE a SET b = E'it\\'s secret', c = $$secret$$ /* secret */ WHERE d = 1.5e3 -- secret | UPDATE a SET b = ?, c = ? WHERE d = ?
					BEGIN; INSERT INTO "T" VALUES ('secret') | BEGIN; INSERT INTO "T" VALUES (?)
					ALTER ROLE a PASSWORD 'secret' | ALTER ROLE a PASSWORD ?
					SELECT $1::text | SELECT $1::text
					""")
	void showsWordsButNoValues(String sql, String masked) {
		assertThat(MaskedSql.of(sql, 200)).isEqualTo(masked);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SELECT 'a secret that is cut o", "SELECT $$secret", "SELECT 'it\\'s a secret'",
			"SELECT 1 /* secret", "SET app.user = secret", "SET app.user TO secret", "SELECT \\secret",
			"SELECT 'a\\', ' secret'", "SELECT U&'secret" })
	void showsNothingThatCannotBeReadForCertain(String sql) {
		assertThat(MaskedSql.of(sql, 200)).doesNotContain("secret").endsWith("…");
	}

	@Test
	void cutsALongOneShort() {
		assertThat(MaskedSql.of("SELECT abcdefghij", 10)).isEqualTo("SELECT ab…");
	}

	@Test
	void isEmptyForNothing() {
		assertThat(MaskedSql.of(" ", 10)).isEmpty();
	}

}
