package dev.samara.sample;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What each environment's policy puts into an empty database.
 */
class EnvironmentIntegrationTests {

	@Nested
	@SpringBootTest
	@ActiveProfiles("dev")
	@Import(TestDatabaseConfiguration.class)
	@DirtiesContext
	class Dev {

		@Autowired
		private JdbcClient jdbc;

		@Test
		void getsEverything() {
			assertThat(count(this.jdbc, "species")).isEqualTo(20);
			assertThat(count(this.jdbc, "customer")).isEqualTo(12);
			assertThat(count(this.jdbc, "orders")).isEqualTo(41);
			assertThat(count(this.jdbc, "opening_hours")).isZero();
		}

	}

	@Nested
	@SpringBootTest
	@ActiveProfiles("staging")
	@Import(TestDatabaseConfiguration.class)
	@DirtiesContext
	class Staging {

		@Autowired
		private JdbcClient jdbc;

		@Test
		void getsWhatIsEssential() {
			assertThat(count(this.jdbc, "species")).isEqualTo(20);
			assertThat(count(this.jdbc, "customer")).isEqualTo(2);
			assertThat(count(this.jdbc, "orders")).isEqualTo(2);
			assertThat(count(this.jdbc, "opening_hours")).isZero();
		}

	}

	@Nested
	@SpringBootTest
	@ActiveProfiles("prod")
	@Import(TestDatabaseConfiguration.class)
	@DirtiesContext
	class Prod {

		@Autowired
		private JdbcClient jdbc;

		@Test
		void getsTheMinimumAndNobodysTestData() {
			assertThat(count(this.jdbc, "species")).isEqualTo(8);
			assertThat(count(this.jdbc, "customer")).isZero();
			assertThat(count(this.jdbc, "orders")).isZero();
			assertThat(count(this.jdbc, "opening_hours")).isEqualTo(7);
			assertThat(count(this.jdbc, "operator")).isEqualTo(1);
		}

	}

	private static int count(JdbcClient jdbc, String table) {
		return jdbc.sql("SELECT count(*) FROM " + table).query(Integer.class).single();
	}

}
