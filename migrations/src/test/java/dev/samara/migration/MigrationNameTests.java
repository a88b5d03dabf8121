package dev.samara.migration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MigrationNameTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			V1__create_users.sql                    | UP   | 1              | create users
			V1.2__x.sql                             | UP   | 1.2            | x
			V1_5_2__initial_db.sql                  | UP   | 1.5.2          | initial db
			V2__1009_Fix_Index.sql                  | UP   | 2              | 1009 Fix Index
			V20210608_1249__CCD-1249_add_index.sql  | UP   | 20210608.1249  | CCD-1249 add index
			V0001__Base.SQL                         | UP   | 0001           | Base
			V7.sql                                  | UP   | 7              | ''
			U1__create_users.sql                    | DOWN | 1              | create users
			V1__create_users.down.sql               | DOWN | 1              | create users
			V1__create_users.up.sql                 | UP   | 1              | create users
			001_initial_schema.sql                  | UP   | 001            | initial schema
			20260115103000_add_email.sql            | UP   | 20260115103000 | add email
			1.2_x.sql                               | UP   | 1.2            | x
			0001_initial.up.sql                     | UP   | 0001           | initial
			0001_initial.down.sql                   | DOWN | 0001           | initial
			000001.sql                              | UP   | 000001         | ''
			rollback/001_rollback.sql               | DOWN | 001            | rollback
			v2/rollback/V3__x.sql                   | DOWN | 3              | x
			old/2019/001_a.sql                      | UP   | 001            | a
			""")
	void readsVersionedOnes(String path, MigrationName.Role role, String version, String description) {
		assertThat(MigrationName.parse(path)).hasValueSatisfying((name) -> {
			assertThat(name.role()).isEqualTo(role);
			assertThat(name.version()).hasToString(version);
			assertThat(name.description()).isEqualTo(description);
		});
	}

	@ParameterizedTest
	@CsvSource({ "R__views.sql, UP, views", "sub/R__All_the_views.sql, UP, All the views",
			"R__views.down.sql, DOWN, views" })
	void readsRepeatableOnes(String path, MigrationName.Role role, String description) {
		assertThat(MigrationName.parse(path)).hasValueSatisfying((name) -> {
			assertThat(name.role()).isEqualTo(role);
			assertThat(name.version()).isNull();
			assertThat(name.description()).isEqualTo(description);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "create_users.sql", "V__x.sql", "V1_x.sql", "VV1__x.sql", "R_views.sql", "R__.sql",
			"V1__x.sql.bak", "NTV2024__x.sql", "Vx__y.sql", ".sql", "1..2_x.sql", "B1__x.sql" })
	void hasNoReadingForOthers(String path) {
		assertThat(MigrationName.parse(path)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "r__f.sql, R__f.sql", "R_f.sql, R__f.sql", "R-all_prices.SQL, R__all_prices.SQL",
			"v1__a.sql, V1__a.sql", "V3_a.sql, V3__a.sql", "V5-a.sql, V5__a.sql", "V_2__a.sql, V2__a.sql",
			"old/V1.2_a_b.sql, V1.2__a_b.sql", "V4.a.sql, V4__a.sql", "V6 a b.sql, V6__a b.sql", "v7.sql, V7.sql",
			"v8__a.down.sql, V8__a.down.sql", "v9.down.sql, V9.down.sql", "u1__a.sql, U1__a.sql" })
	void advisesTheNameThatIsMeant(String path, String meant) {
		assertThat(MigrationName.parse(path)).isEmpty();
		assertThat(MigrationName.parse(meant)).isPresent();
		assertThat(MigrationName.advice(path))
			.isEqualTo("Name it " + meant + ", or move it out of the migrations' location.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "create_users.sql", "V__x.sql", "VV1__x.sql", "R__.sql", "Vx__y.sql", "1..2_x.sql",
			"B1__x.sql", ".sql", "V1x.sql", "role.sql", "v.sql" })
	void advisesTheGrammarToOthers(String path) {
		assertThat(MigrationName.advice(path)).startsWith("Name it V<version>__<name>.sql or <version>_<name>.sql");
	}

}
