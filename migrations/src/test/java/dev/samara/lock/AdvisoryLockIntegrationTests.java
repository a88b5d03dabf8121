package dev.samara.lock;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.TableName;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class AdvisoryLockIntegrationTests {

	private static final TableName MARK = new TableName("public", "samara_environment");

	private final TestDatabase database;

	AdvisoryLockIntegrationTests(TestDatabase server) {
		this.database = server.newDatabase();
	}

	@Test
	void isReleasedOutOfAFailedTransaction() {
		try (HikariDataSource pool = this.database.hikari(1)) {
			try (PostgresConnection connection = PostgresConnection.open(pool);
					AdvisoryLock lock = AdvisoryLock.acquire(connection, MARK, Duration.ZERO)) {
				assertThat(locks()).hasSize(1);
				assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connection.send("BEGIN; SELECT 1 / 0"));
				assertThat(lock.fence()).isEmpty();
			}
			assertThat(locks()).isEmpty();
		}
	}

	@Test
	void takesTheConnectionAlongThatDoesNotReleaseIt() {
		this.database.asSuperuser().execute("REVOKE EXECUTE ON FUNCTION pg_advisory_unlock(bigint) FROM PUBLIC");
		try (HikariDataSource pool = this.database.hikari(1)) {
			try (PostgresConnection connection = PostgresConnection.open(pool);
					AdvisoryLock lock = AdvisoryLock.acquire(connection, MARK, Duration.ZERO)) {
				assertThat(lock.fence()).isEmpty();
			}
			try (PostgresConnection next = PostgresConnection.open(pool)) {
				assertThat(next.jdbc().queryForObject("SELECT 1", Integer.class)).isOne();
				Awaitility.await().untilAsserted(() -> assertThat(locks()).isEmpty());
			}
		}
	}

	private List<Integer> locks() {
		return this.database.values(Integer.class,
				"SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND database = "
						+ "(SELECT oid FROM pg_database WHERE datname = current_database())");
	}

}
