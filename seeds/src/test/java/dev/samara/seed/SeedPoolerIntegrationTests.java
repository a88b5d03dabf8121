package dev.samara.seed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.environment.Environment;
import dev.samara.lock.LeaseLostException;
import dev.samara.lock.LockMode;
import dev.samara.lock.PoolerException;
import dev.samara.testing.PgBouncer;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Seeds through PgBouncer, and under a lease.
 */
@PostgresTest
class SeedPoolerIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts scripts;

	SeedPoolerIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.database.execute("CREATE TABLE seeded (name text)");
		this.scripts = Scripts.in(folder);
		this.scripts.add("common/001_a.sql", "SET search_path = pg_catalog; INSERT INTO public.seeded VALUES ('a')")
			.add("dev/001_b.sql", "INSERT INTO seeded VALUES ('b')");
	}

	@Test
	void seedsWithALeaseThroughAPoolerInTransactionMode() {
		try (PgBouncer pooler = PgBouncer.inTransactionMode(this.database, 2)) {
			assertThatExceptionOfType(PoolerException.class)
				.isThrownBy(() -> runner(pooler.dataSource(), LockMode.AUTO).run());

			assertThat(runner(pooler.dataSource(), LockMode.LEASE).run().applied()).hasSize(2);
			assertThat(runner(pooler.dataSource(), LockMode.LEASE).run().applied()).isEmpty();
		}
		assertSeeded();
	}

	@Test
	void seedsThroughAPoolerInSessionMode() {
		try (PgBouncer pooler = PgBouncer.inSessionMode(this.database, 2)) {
			assertThat(runner(pooler.dataSource(), LockMode.SESSION).run().applied()).hasSize(2);
		}
		assertSeeded();
	}

	@Test
	void rollsBackASeedOfAnOwnerThatWasPausedForTooLong() {
		this.scripts.add("dev/002_slow.sql", "INSERT INTO seeded VALUES ('c'); SELECT pg_sleep(2)");
		CompletableFuture<SeedReport> paused = CompletableFuture
			.supplyAsync(() -> runner(this.database.dataSource(), LockMode.LEASE).run());
		Awaitility.await()
			.until(() -> this.database.value(Boolean.class, "SELECT EXISTS (SELECT FROM pg_stat_activity "
					+ "WHERE wait_event = 'PgSleep' AND datname = current_database())"));
		this.database.execute("UPDATE samara_lock SET expires_at = clock_timestamp() - interval '1 second'");

		assertThat(paused).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(LeaseLostException.class)
			.withMessageContaining("002_slow.sql");
		assertSeeded();
	}

	private void assertSeeded() {
		assertThat(this.database.values(String.class, "SELECT name FROM seeded ORDER BY name"))
			.isEqualTo(List.of("a", "b"));
		assertThat(this.database.values(String.class, "SELECT event FROM samara_seeds"))
			.isEqualTo(List.of("APPLIED", "APPLIED"));
	}

	private SeedRunner runner(DataSource dataSource, LockMode lock) {
		return SeedRunner.builder(dataSource)
			.settings(SeedSettings.builder()
				.locations(this.scripts.location())
				.environment(Environment.DEV)
				.lock(lock)
				.build())
			.build();
	}

}
