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

}
