package dev.samara.sample;

import org.junit.jupiter.api.Test;

import dev.samara.migration.Callback;
import dev.samara.migration.MigrationReport;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The callback after the migrations lets the reports read what they have made.
 */
@PostgresTest
class GrantsIntegrationTests {

	@Test
	void letReportsReadEverythingButTheTablesOfSamara(TestDatabase server) {
		TestDatabase database = server.newDatabase();
		TestDatabase superuser = database.asSuperuser();
		superuser.execute("CREATE ROLE nursery_report");
		try {
			MigrationReport report = SampleMigrations.migrator(database).migrate();

			assertThat(report.callbacks()).extracting(Callback::toString).containsExactly("afterMigrate (grants)");
			assertThat(report.warnings()).isEmpty();
			assertThat(database.values(String.class,
					"SELECT relname FROM pg_class WHERE relkind IN ('r', 'v') AND relnamespace = 'public'::regnamespace "
							+ "AND has_table_privilege('nursery_report', oid, 'SELECT') IS NOT DISTINCT FROM "
							+ "starts_with(relname, 'samara_')"))
				.isEmpty();
		}
		finally {
			superuser.execute("DROP OWNED BY nursery_report", "DROP ROLE nursery_report");
		}
	}

}
