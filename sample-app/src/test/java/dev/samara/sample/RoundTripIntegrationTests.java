package dev.samara.sample;

import org.junit.jupiter.api.Test;

import dev.samara.migration.Migrator;
import dev.samara.migration.RollbackReport;
import dev.samara.migration.RollbackTarget;
import dev.samara.migration.RoundTripReport;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every down script takes back what its migration did, and nothing else.
 */
@PostgresTest
class RoundTripIntegrationTests {

	@Test
	void everyDownScriptRestoresTheSchema(TestDatabase database) {
		RoundTripReport report = migrator(database).checkRoundTrips();

		report.assertRestored();
		assertThat(report.with(RoundTripReport.Result.NO_DOWN_SCRIPT)).isEmpty();
	}

	@Test
	void nothingIsLeftAfterTheWayBack(TestDatabase database) {
		Migrator migrator = migrator(database);
		migrator.migrate();

		RollbackReport report = migrator.rollback(RollbackTarget.EVERYTHING);

		assertThat(report.current()).isNull();
		assertThat(report.warnings()).isEmpty();
	}

	private static Migrator migrator(TestDatabase database) {
		return SampleMigrations.migrator(database.newDatabase());
	}

}
