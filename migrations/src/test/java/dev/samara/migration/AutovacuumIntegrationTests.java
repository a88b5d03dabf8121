package dev.samara.migration;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A migration gets past an autovacuum, which gives way only to who waits long enough.
 */
@PostgresTest
@ExtendWith(CapturedLog.Capture.class)
class AutovacuumIntegrationTests extends AbstractScriptIntegrationTests {

	AutovacuumIntegrationTests(TestDatabase server) {
		super(server);
	}

	@Test
	void waitsUntilTheServerCancelsAnAutovacuum(CapturedLog log) {
		TestDatabase superuser = this.database.asSuperuser();
		try {
			superuser.execute("ALTER SYSTEM SET autovacuum_naptime = '1s'", "ALTER SYSTEM SET autovacuum = on");
			superuser.execute("SELECT pg_reload_conf()");
			this.database.execute(
					"CREATE TABLE a (id integer, t text) WITH (autovacuum_vacuum_cost_delay = 100, "
							+ "autovacuum_vacuum_cost_limit = 1, autovacuum_vacuum_threshold = 10, "
							+ "autovacuum_vacuum_scale_factor = 0)",
					"INSERT INTO a SELECT i, repeat('x', 500) FROM generate_series(1, 20000) i", "DELETE FROM a");
			Awaitility.await()
				.atMost(Duration.ofSeconds(40))
				.until(() -> superuser.value(Boolean.class,
						"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE backend_type = 'autovacuum worker' "
								+ "AND query LIKE 'autovacuum: VACUUM%public.a%' AND datname = current_database())"));
			this.scripts.add("V1__a.sql", "ALTER TABLE a ADD COLUMN name text");

			MigrationResult result = migrate().applied().get(0);

			assertThat(result.attempts()).isLessThanOrEqualTo(4);
			assertThat(log.text()).contains("autovacuum worker");
		}
		finally {
			superuser.execute("ALTER SYSTEM RESET autovacuum_naptime", "ALTER SYSTEM RESET autovacuum");
			superuser.execute("SELECT pg_reload_conf()");
		}
	}

}
