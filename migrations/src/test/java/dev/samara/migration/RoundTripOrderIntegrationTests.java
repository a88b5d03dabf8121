package dev.samara.migration;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.samara.environment.Environment;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Round trips of the migrations that a run would apply, in its order.
 */
@PostgresTest
class RoundTripOrderIntegrationTests extends AbstractScriptIntegrationTests {

	RoundTripOrderIntegrationTests(TestDatabase server) {
		super(server);
	}

	@Test
	void beginWithWhatOthersNeed() {
		this.scripts
			.add("V1__orders.sql",
					"-- samara: depends-on=create_users\nCREATE TABLE orders (placed_by integer " + "REFERENCES users)")
			.add("V1__orders.down.sql", "DROP TABLE orders")
			.add("V3__create_users.sql", "CREATE TABLE users (id integer PRIMARY KEY)")
			.add("V3__create_users.down.sql", "DROP TABLE users");

		assertThat(results(settings().build())).containsExactly("3 (create users) RESTORES", "1 (orders) RESTORES");
	}

	@Test
	void applyARepeatableMigrationThatAnotherNeeds() {
		this.scripts.add("R__views.sql", "CREATE OR REPLACE VIEW names AS SELECT 'a'::text AS name")
			.add("V1__copy.sql", "-- samara: depends-on=R:views\nCREATE TABLE copy AS SELECT * FROM names")
			.add("V1__copy.down.sql", "DROP TABLE copy");

		assertThat(results(settings().build())).containsExactly("1 (copy) RESTORES");
		assertThat(this.database.value(Boolean.class, "SELECT to_regclass('names') IS NOT NULL")).isTrue();
	}

	@Test
	void takeARepeatableMigrationBackThatHasAWay() {
		this.scripts.add("R__good.sql", "CREATE OR REPLACE VIEW good AS SELECT 1 AS a")
			.add("R__good.down.sql", "DROP VIEW good")
			.add("R__lossy.sql", "CREATE OR REPLACE VIEW lossy AS SELECT 1 AS a")
			.add("R__lossy.down.sql", "SELECT 1");

		assertThat(results(settings().build())).containsExactly("R:good RESTORES", "R:lossy DIFFERS");
	}

	@Test
	void leaveOutWhatIsForAnotherEnvironment() {
		this.scripts.add("V1__plant.sql", "CREATE TABLE plant ()")
			.add("V1__plant.down.sql", "DROP TABLE plant")
			.add("V2__prod.sql", "-- samara: environments=prod\nSELECT * FROM made_by_hand_in_prod")
			.add("R__prod.sql", "-- samara: environments=prod\nSELECT * FROM made_by_hand_in_prod");

		assertThat(results(settings().environment(Environment.DEV).build())).containsExactly("1 (plant) RESTORES");
	}

	@Test
	void goBeyondTheTarget() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a ()")
			.add("V1__a.down.sql", "DROP TABLE a")
			.add("V2__b.sql", "CREATE TABLE b ()")
			.add("V2__b.down.sql", "DROP TABLE b");

		assertThat(results(settings().target(MigrationTarget.of("1")).build())).hasSize(2);
	}

	private List<String> results(MigrationSettings settings) {
		return Migrator.builder(this.database.dataSource())
			.settings(settings)
			.build()
			.checkRoundTrips()
			.migrations()
			.stream()
			.map((trip) -> trip.migration() + " " + trip.result())
			.toList();
	}

	private MigrationSettings.Builder settings() {
		return MigrationSettings.builder().locations(this.scripts.location());
	}

}
