package dev.samara.sample;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;

import dev.samara.autoconfigure.actuate.MigrationsEndpoint;
import dev.samara.autoconfigure.actuate.SeedsEndpoint;
import dev.samara.migration.MigrationState;
import dev.samara.seed.SeedState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * What each environment's policy puts into an empty database.
 */
class EnvironmentIntegrationTests {

	private static final String FORGET_ORDERS = "SELECT to_regproc('forget_orders') IS NOT NULL";

	@Nested
	@SpringBootTest
	@ActiveProfiles("dev")
	@Import(TestDatabaseConfiguration.class)
	@DirtiesContext
	class Dev {

		@Autowired
		private JdbcClient jdbc;

		@Autowired
		private SeedsEndpoint seeds;

		@Test
		void getsEverything() {
			assertThat(count(this.jdbc, "species")).isEqualTo(20);
			assertThat(count(this.jdbc, "customer")).isEqualTo(12);
			assertThat(count(this.jdbc, "orders")).isEqualTo(41);
			assertThat(count(this.jdbc, "cultivar")).isEqualTo(9);
			assertThat(count(this.jdbc, "operator")).isEqualTo(1);
			assertThat(count(this.jdbc, "price_history")).isEqualTo(2012);
			assertThat(count(this.jdbc, "opening_hours")).isZero();
			assertThat(count(this.jdbc, "customer_statistics")).isEqualTo(12);
			assertThat(this.jdbc.sql("SELECT sum(orders) FROM customer_statistics").query(Integer.class).single())
				.isEqualTo(36);
			assertThat(count(this.jdbc, "bestsellers")).isEqualTo(7);
			assertThat(this.jdbc.sql(FORGET_ORDERS).query(Boolean.class).single()).isTrue();
		}

		@Test
		void showsThemOnTheEndpoint() {
			assertThat(states(this.seeds)).containsOnly(entry("common", "APPLIED 4"), entry("dev", "APPLIED 6"),
					entry("staging", "NOT_FOR_ENVIRONMENT 4"), entry("prod", "NOT_FOR_ENVIRONMENT 2"));
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

		@Autowired
		private SeedsEndpoint seeds;

		@Test
		void getsWhatIsEssential() {
			assertThat(count(this.jdbc, "species")).isEqualTo(20);
			assertThat(count(this.jdbc, "customer")).isEqualTo(2);
			assertThat(count(this.jdbc, "orders")).isEqualTo(2);
			assertThat(count(this.jdbc, "opening_hours")).isZero();
			assertThat(count(this.jdbc, "customer_statistics")).isEqualTo(2);
		}

		@Test
		void showsThemOnTheEndpoint() {
			assertThat(states(this.seeds)).containsOnly(entry("common", "APPLIED 4"),
					entry("dev", "NOT_FOR_ENVIRONMENT 6"), entry("staging", "APPLIED 4"),
					entry("prod", "NOT_FOR_ENVIRONMENT 2"));
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

		@Autowired
		private SeedsEndpoint seeds;

		@Test
		void getsTheMinimumAndNobodysTestData() {
			assertThat(count(this.jdbc, "species")).isEqualTo(8);
			assertThat(count(this.jdbc, "customer")).isZero();
			assertThat(count(this.jdbc, "orders")).isZero();
			assertThat(count(this.jdbc, "opening_hours")).isEqualTo(7);
			assertThat(count(this.jdbc, "operator")).isEqualTo(1);
			assertThat(count(this.jdbc, "customer_statistics")).isZero();
			assertThat(this.jdbc.sql(FORGET_ORDERS).query(Boolean.class).single()).isFalse();
		}

		@Test
		void showsTheMigrationThatIsNotForIt(@Autowired MigrationsEndpoint migrations) {
			assertThat(migrations.migrations().migrations().get("samaraMigrator").states())
				.containsOnly(entry(MigrationState.APPLIED, 17), entry(MigrationState.NOT_FOR_ENVIRONMENT, 1));
		}

		@Test
		void showsThemOnTheEndpoint() {
			assertThat(states(this.seeds)).containsOnly(entry("common", "APPLIED 3, NOT_AT_LEVEL 1"),
					entry("dev", "NOT_FOR_ENVIRONMENT 6"), entry("staging", "NOT_FOR_ENVIRONMENT 4"),
					entry("prod", "APPLIED 2"));
		}

	}

	/** By folder: each state that occurs, and how often. */
	private static Map<String, String> states(SeedsEndpoint endpoint) {
		Map<String, Map<SeedState, Integer>> states = new TreeMap<>();
		endpoint.seeds()
			.seeds()
			.get("samaraSeedRunner")
			.seeds()
			.forEach((seed) -> states.computeIfAbsent(seed.folder(), (folder) -> new EnumMap<>(SeedState.class))
				.merge(seed.state(), 1, Integer::sum));
		Map<String, String> shown = new TreeMap<>();
		states.forEach((folder, counts) -> shown.put(folder,
				counts.entrySet()
					.stream()
					.map((count) -> count.getKey() + " " + count.getValue())
					.collect(Collectors.joining(", "))));
		return shown;
	}

	private static int count(JdbcClient jdbc, String table) {
		return jdbc.sql("SELECT count(*) FROM " + table).query(Integer.class).single();
	}

}
