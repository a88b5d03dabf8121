package dev.samara.seed;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.environment.Environment;
import dev.samara.seed.check.CheckResult;
import dev.samara.seed.check.CheckSettings;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Keys and foreign keys that hold for a period, as PostgreSQL has them from version 18
 * on.
 */
@PostgresTest
class TemporalKeyIntegrationTests {

	private static final String PRICES = "code,item,valid\np1,\"[1,2)\",\"[2026-01-01,2026-07-01)\"\n"
			+ "p2,\"[1,2)\",\"[2026-07-01,2027-01-01)\"\np3,\"[1,2)\",\"[2027-01-01,2028-01-01)\"\n";

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts files;

	TemporalKeyIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		Assumptions.assumeTrue(this.server.serverVersion() >= 18, "Periods came with PostgreSQL 18");
		this.database = this.server.newDatabase();
		this.database.execute("""
				CREATE TABLE price (code text UNIQUE, item int4range, valid daterange,
					PRIMARY KEY (item, valid WITHOUT OVERLAPS));
				CREATE TABLE offer (name text PRIMARY KEY, item int4range, valid daterange, CONSTRAINT offer_price
					FOREIGN KEY (item, PERIOD valid) REFERENCES price (item, PERIOD valid));
				CREATE TABLE season (item int4range, valid daterange, PRIMARY KEY (item, valid WITHOUT OVERLAPS));
				""");
		this.files = Scripts.in(folder);
	}

	@Test
	void rowsAreMatchedByAnotherKeyOnly() {
		this.files.add("dev/010_price.csv", PRICES);
		runner().run();
		this.files.add("dev/010_price.csv", PRICES.replace("2028", "2029"));

		assertThat(runner().run().rows().updated()).isOne();

		this.files.add("dev/020_season.csv", "item,valid\n\"[1,2)\",\"[2026-01-01,2026-07-01)\"\n");
		SeedFailedException ex = catchThrowableOfType(SeedFailedException.class, () -> runner().run());
		assertThat(ex).hasMessageContaining("Nothing says by what rows").hasMessageContaining("those WITHOUT OVERLAPS");
		this.files.add("dev/020_season.csv",
				"# samara: mode=once\nitem,valid\n\"[1,2)\",\"[2026-01-01,2026-07-01)\"\n");
		assertThat(runner().run().rows().inserted()).isOne();
		assertThat(catchThrowableOfType(SeedRollbackFailedException.class,
				() -> runner().rollback(SeedRollback.of("dev/020_season")))
			.getRemedy()).contains(".down.sql");
	}

	@Test
	void aRowRefersToAllThatItsPeriodOverlapsWith() {
		this.files.add("dev/010_price.csv", PRICES)
			.add("dev/020_offer.csv", "name,item,valid\nspring,\"[1,2)\",\"[2026-06-01,2026-08-01)\"\n");
		runner().run();

		assertThat(catchThrowableOfType(SeedRollbackFailedException.class,
				() -> runner().rollback(SeedRollback.of("dev/010_price"))))
			.hasMessageContaining("1 row of offer (offer_price)");
		assertThat(runner().rollback(SeedRollback.of("dev/010_price").cascade()).rolledBack()).singleElement()
			.satisfies((result) -> assertThat(result.others()).isOne());
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM price")).isZero();
		runner().run();
		this.database.execute(
				"INSERT INTO offer VALUES ('spring', '[1,2)', '[2026-06-01,2026-08-01)')" + " ON CONFLICT DO NOTHING");
		runner().rollback(SeedRollback.of("dev/010_price").cascade());
		runner().run();

		assertThat(runner().run(SeedSelection.of("dev/020_offer").again()).applied()).hasSize(1);
		assertThat(runner().clear(this.database.name()).rolledBack()).hasSize(2);
	}

	@Test
	void aPeriodThatNothingCoversIsToldWithoutAWrongRow() {
		this.files.add("dev/010_price.csv", PRICES)
			.add("dev/020_offer.csv", "name,item,valid\nspring,\"[1,2)\",\"[2026-06-01,2026-08-01)\"\n"
					+ "late,\"[1,2)\",\"[2027-06-01,2030-01-01)\"\n");

		assertThat(catchThrowableOfType(SeedFailedException.class, () -> runner().run()))
			.hasMessageContaining("offer_price")
			.hasMessageNotContaining("row 1");
	}

	@Test
	void checksFindPeriodsThatNothingCovers() {
		this.files.add("dev/010_price.csv", PRICES);
		runner().run();
		this.database.execute("ALTER TABLE offer DROP CONSTRAINT offer_price", """
				INSERT INTO offer VALUES ('spring', '[1,2)', '[2026-06-01,2026-08-01)'),
					('late', '[1,2)', '[2027-06-01,2030-01-01)'), ('other', '[7,8)', '[2026-06-01,2026-08-01)')
				""", """
				ALTER TABLE offer ADD CONSTRAINT offer_price
					FOREIGN KEY (item, PERIOD valid) REFERENCES price (item, PERIOD valid) NOT VALID
				""");

		assertThat(runner().check().failed()).singleElement()
			.extracting(CheckResult::message)
			.isEqualTo("expected no rows, found 2 rows: name late; name other");
	}

	private SeedRunner runner() {
		CheckSettings checks = new CheckSettings(CheckSettings.OnFailure.WARN, CheckSettings.DEFAULT_TIMEOUT, Map.of(),
				List.of(), true);
		return SeedRunner.builder(this.database.dataSource())
			.settings(SeedSettings.builder()
				.locations(this.files.location())
				.environment(Environment.DEV)
				.checks(checks)
				.build())
			.build();
	}

}
