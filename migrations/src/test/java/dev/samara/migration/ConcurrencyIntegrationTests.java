package dev.samara.migration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.lock.LockNotAcquiredException;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Several migrators of one database: one works, the others wait and find nothing to do.
 */
@PostgresTest
class ConcurrencyIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts scripts;

	ConcurrencyIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.scripts = Scripts.in(folder);
	}

	@Test
	void letsOneOfTenMigrateAndNobodyFail() throws Exception {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)")
			.add("V2__slow.sql", "SELECT pg_sleep(0.5)")
			.add("V3__index.sql", "CREATE INDEX CONCURRENTLY a_id ON a (id)")
			.add("V4__b.sql", "CREATE TABLE b (id integer)");
		ExecutorService threads = Executors.newFixedThreadPool(10);
		try {
			List<CompletableFuture<MigrationReport>> runs = IntStream.range(0, 10)
				.mapToObj(
						(i) -> CompletableFuture.supplyAsync(() -> migrator(Duration.ofMinutes(1)).migrate(), threads))
				.toList();
			List<Integer> applied = runs.stream().map((run) -> run.join().applied().size()).sorted().toList();

			assertThat(applied).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 4);
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM samara_migrations WHERE event = 'APPLIED'"))
			.isEqualTo(4);
	}

	@Test
	void namesWhoHoldsTheLockWhenItGivesUp() {
		this.scripts.add("V1__slow.sql", "SELECT pg_sleep(30)");
		CompletableFuture<MigrationReport> holder = CompletableFuture
			.supplyAsync(() -> migrator(Duration.ofMinutes(1)).migrate());
		awaitSleeper();

		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> migrator(Duration.ofMillis(300)).migrate())
			.satisfies((ex) -> {
				int pid = this.database.value(Integer.class,
						"SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)%' AND pid <> pg_backend_pid()");
				assertThat(ex.getHolder()).hasValueSatisfying((found) -> {
					assertThat(found.pid()).isEqualTo(pid);
					assertThat(found.application()).isEqualTo("samara");
				});
				assertThat(ex.getRemedy()).contains("pid = " + pid);
			});

		endSleeper();
		assertThat(holder).failsWithin(Duration.ofSeconds(10));
	}

	@Test
	void leavesNoLockAndNoDoubtWhenItsBackendIsKilled() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)")
			.add("V2__slow.sql", "CREATE TABLE b (id integer); SELECT pg_sleep(30)");
		CompletableFuture<MigrationReport> killed = CompletableFuture
			.supplyAsync(() -> migrator(Duration.ZERO).migrate());
		awaitSleeper();
		endSleeper();
		assertThat(killed).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withMessageContaining("Migration 2 (slow) failed");
		this.scripts.add("V2__slow.sql", "CREATE TABLE b (id integer)");

		MigrationReport report = migrator(Duration.ZERO).migrate();

		assertThat(report.applied()).hasSize(1);
		assertThat(report.current()).hasToString("2");
	}

	@Test
	void showsAsRunningWhatAnInstanceIsWorkingOn() {
		this.scripts.add("V1__slow.sql", "VACUUM; SELECT pg_sleep(30); VACUUM;");
		CompletableFuture<MigrationReport> working = CompletableFuture
			.supplyAsync(() -> migrator(Duration.ofMinutes(1)).migrate());
		awaitSleeper();

		assertThat(migrator(Duration.ZERO).status().migrations()).extracting(MigrationStatus::state)
			.containsExactly(MigrationState.RUNNING);

		endSleeper();
		assertThat(working).failsWithin(Duration.ofSeconds(10));
		assertThat(migrator(Duration.ZERO).status().migrations()).extracting(MigrationStatus::state)
			.containsExactly(MigrationState.INTERRUPTED);
	}

	@Test
	void doesNotWaitForAnotherHistoryOfTheSameDatabase() {
		this.scripts.add("V1__slow.sql", "SELECT pg_sleep(30)");
		CompletableFuture<MigrationReport> other = CompletableFuture
			.supplyAsync(() -> migrator(Duration.ofMinutes(1)).migrate());
		awaitSleeper();
		this.scripts.add("V1__slow.sql", "SELECT 1");

		Migrator own = Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder()
				.locations(this.scripts.location())
				.schema("own")
				.lockWait(Duration.ZERO)
				.build())
			.build();

		assertThat(own.migrate().applied()).hasSize(1);
		endSleeper();
		assertThat(other).failsWithin(Duration.ofSeconds(10));
	}

	private void awaitSleeper() {
		Awaitility.await()
			.until(() -> this.database.value(Boolean.class, "SELECT EXISTS (SELECT FROM pg_stat_activity "
					+ "WHERE wait_event = 'PgSleep' AND datname = current_database())"));
	}

	private void endSleeper() {
		this.database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
				+ "WHERE wait_event = 'PgSleep' AND datname = current_database()");
	}

	private Migrator migrator(Duration lockWait) {
		return Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder().locations(this.scripts.location()).lockWait(lockWait).build())
			.build();
	}

}
