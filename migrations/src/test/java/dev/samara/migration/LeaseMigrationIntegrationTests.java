package dev.samara.migration;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.samara.environment.Application;
import dev.samara.lock.LeaseLostException;
import dev.samara.lock.LockMode;
import dev.samara.lock.LockNotAcquiredException;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;
import dev.samara.testing.WireTap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Migrations under a lease, on a direct connection, and beside those under the session's
 * lock.
 */
@PostgresTest
class LeaseMigrationIntegrationTests extends AbstractScriptIntegrationTests {

	LeaseMigrationIntegrationTests(TestDatabase server) {
		super(server);
	}

	@Test
	void doesUnderALeaseWhateverTheSessionsLockAllows() {
		this.database.execute("CREATE SCHEMA other");
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer); SET search_path = other;")
			.add("V1__a.down.sql", "DROP TABLE a")
			.add("V2__index.sql", "CREATE INDEX CONCURRENTLY a_id ON a (id); CREATE TABLE b (id integer);")
			.add("V2__index.down.sql", "DROP TABLE b; DROP INDEX CONCURRENTLY a_id;")
			.add("V3__plain.sql", "-- samara: transaction=none\nBEGIN; INSERT INTO a VALUES (1); COMMIT; VACUUM a;")
			.add("V3__plain.down.sql", "DELETE FROM a");
		Migrator migrator = migrator(LockMode.LEASE, Duration.ZERO);

		assertThat(migrator.migrate().applied()).hasSize(3);
		assertThat(migrator.rollback(RollbackTarget.EVERYTHING).rolledBack()).hasSize(3);
		assertThat(migrator.dryRun().findFailure()).isEmpty();
		assertThat(migrator.migrate().applied()).hasSize(3);
	}

	@Test
	void rollsBackWhatAnOwnerDidThatWasPausedForTooLong() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)")
			.add("V2__b.sql", "CREATE TABLE b (id integer); SELECT pg_sleep(3);");
		CompletableFuture<MigrationReport> paused = migrateElsewhere(LockMode.LEASE);
		awaitSleeper();
		expireLease();

		MigrationReport report = migrator(LockMode.LEASE, Duration.ofSeconds(30)).migrate();

		assertThat(paused).failsWithin(Duration.ofSeconds(1))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(LeaseLostException.class)
			.withMessageContaining("V2__b.sql")
			.withMessageContaining("another instance")
			.withMessageContaining("Nothing of it was applied by this run.");
		assertThat(report.applied()).hasSize(1);
		assertThat(events()).containsExactly("1 APPLIED 1/1", "2 APPLIED 2/2");
	}

	@Test
	void takesOverForTheSessionsLockToo() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer); SELECT pg_sleep(3);");
		CompletableFuture<MigrationReport> paused = migrateElsewhere(LockMode.LEASE);
		awaitSleeper();
		expireLease();

		assertThat(migrator(LockMode.SESSION, Duration.ofSeconds(30)).migrate().applied()).hasSize(1);

		assertThat(paused).failsWithin(Duration.ofSeconds(1))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(LeaseLostException.class);
		assertThat(events()).containsExactly("1 APPLIED 2/2");
	}

	@Test
	void doesNotGoOnWithAScriptOutsideATransactionOnceTheLeaseIsLost() {
		this.scripts.add("V1__a.sql", "VACUUM; SELECT pg_sleep(2); VACUUM; CREATE TABLE a (id integer);");
		CompletableFuture<MigrationReport> paused = migrateElsewhere(LockMode.LEASE);
		awaitSleeper();
		expireLease();

		assertThat(paused).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(LeaseLostException.class)
			.withMessageContaining("Of its 4 statements this run has recorded the first 1");
		assertThat(events()).containsExactly("1 STARTED 0/4", "1 PROGRESSED 1/4");
	}

	@Test
	void endsTheRunWhenTheLeaseIsLostBeforeTheLastCallbacks() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a ()")
			.add("V1__a.down.sql", "DROP TABLE a")
			.add("afterMigrate.sql", "CREATE TABLE late ()")
			.add("afterRollback.sql", "CREATE TABLE late ()")
			.add("afterMigrateError.sql", "CREATE TABLE late ()")
			.add("afterRollbackError.sql", "CREATE TABLE late ()");

		assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> losing().migrate())
			.withMessageContaining("afterMigrate.sql was recorded")
			.withMessageEndingWith("What the run has applied stays.");
		assertThat(pictures()).isEmpty();
		migrator(LockMode.SESSION, Duration.ZERO).migrate();
		assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> losing().rollback(RollbackTarget.LAST))
			.withMessageContaining("afterRollback.sql was recorded")
			.withMessageEndingWith("What was rolled back stays so.");

		assertThat(pictures()).isEmpty();
		assertThat(events()).containsExactly("1 APPLIED 1/1", "1 ROLLED_BACK 1/1");
		assertThat(this.database.value(Boolean.class, "SELECT to_regclass('late') IS NULL")).isTrue();
	}

	@Test
	@ExtendWith(CapturedLog.Capture.class)
	void logsACallbackThatFailedBeforeTheLeaseWasLost(CapturedLog log) {
		this.scripts.add("V1__a.sql", "SELECT 1")
			.add("afterMigrate__a.sql", "SELECT * FROM missing")
			.add("afterMigrate__b.sql", "SELECT pg_sleep(2)")
			.add("afterMigrate__c.sql", "CREATE TABLE late ()");
		CompletableFuture<MigrationReport> run = migrateElsewhere(LockMode.LEASE);
		awaitSleeper();

		expireLease();

		assertThat(run).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(LeaseLostException.class);
		assertThat(log.text()).contains("Callback afterMigrate (a) failed at ", "afterMigrate__a.sql:1:15",
				"Correct it, and run it by hand");
		assertThat(this.database.value(Boolean.class, "SELECT to_regclass('late') IS NULL")).isTrue();
	}

	@Test
	void keepsNoPictureOfWhatMayBeAnothersWork() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a ()").add("V1__a.down.sql", "DROP TABLE a");

		losing().migrate();
		assertThat(pictures()).isEmpty();
		losing().rollback(RollbackTarget.LAST);
		assertThat(pictures()).isEmpty();
	}

	@Test
	void letsOneAtATimeInWhicheverLockTheyUse() throws Exception {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)")
			.add("V2__slow.sql", "SELECT pg_sleep(0.5)")
			.add("V3__b.sql", "CREATE TABLE b (id integer)");
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			List<CompletableFuture<Integer>> runs = IntStream.range(0, 8)
				.mapToObj((i) -> CompletableFuture
					.supplyAsync(() -> migrator((i % 2 == 0) ? LockMode.LEASE : LockMode.SESSION, Duration.ofMinutes(1))
						.migrate()
						.applied()
						.size(), threads))
				.toList();

			assertThat(runs.stream().map(CompletableFuture::join).sorted()).containsExactly(0, 0, 0, 0, 0, 0, 0, 3);
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(events()).hasSize(3);
	}

	@Test
	void saysWhatTheOtherOneIsDoing() {
		this.scripts.add("V1__slow.sql", "SELECT pg_sleep(3)");
		for (LockMode mode : List.of(LockMode.SESSION, LockMode.LEASE)) {
			CompletableFuture<MigrationReport> other = migrateElsewhere(mode);
			awaitSleeper();

			assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> migrator(mode, Duration.ofMillis(300)).migrate())
				.withMessageContaining("shop\"")
				.withMessageMatching("(?s).*pid \\d+ .*active for \\d s: SELECT, waiting for Timeout PgSleep.*")
				.satisfies((ex) -> assertThat(ex.getHolder().orElseThrow().activity()).isNotNull());
			assertThat(other).succeedsWithin(Duration.ofSeconds(10));
			this.scripts.remove("V1__slow.sql").add("V1__slow.sql", "SELECT pg_sleep(3)");
			this.database.execute("DROP TABLE samara_migrations CASCADE");
		}
	}

	@Test
	void showsAsRunningWhatTheOwnerOfALeaseIsWorkingOn() {
		this.scripts.add("V1__slow.sql", "VACUUM; SELECT pg_sleep(2); VACUUM;");
		CompletableFuture<MigrationReport> working = migrateElsewhere(LockMode.LEASE);
		awaitSleeper();

		assertThat(migrator(LockMode.LEASE, Duration.ZERO).status().migrations()).extracting(MigrationStatus::state)
			.containsExactly(MigrationState.RUNNING);
		assertThat(working).succeedsWithin(Duration.ofSeconds(10));
	}

	@Test
	void costsNothingMoreWithTheSessionsLock() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)");
		try (WireTap tap = WireTap.on(this.database)) {
			Migrator.builder(tap.dataSource(this.database))
				.settings(MigrationSettings.builder().locations(this.scripts.location()).build())
				.build()
				.migrate();

			assertThat(tap.connections()).isOne();
			List<String> own = tap.queries().stream().filter((sql) -> !sql.contains("pg_identify_object")).toList();
			assertThat(own).noneMatch((sql) -> sql.contains("samara_lock"));
			assertThat(own).filteredOn((sql) -> sql.contains("SELECT 'backend_pid'")).hasSize(1);
		}
	}

	@Test
	void needsNoRoundTripOfItsOwnForTheFence() {
		for (int i = 1; i <= 30; i++) {
			this.scripts.add("V" + i + "__a.sql", "CREATE TABLE a" + i + " (id integer)");
		}
		try (WireTap tap = WireTap.on(this.database)) {
			Migrator.builder(tap.dataSource(this.database))
				.settings(MigrationSettings.builder().locations(this.scripts.location()).lock(LockMode.LEASE).build())
				.build()
				.migrate();

			assertThat(tap.connections()).isEqualTo(2);
			assertThat(tap.roundTrips()).isBetween(30, 75);
			assertThat(tap.queries()).filteredOn((sql) -> sql.contains("CREATE TABLE a"))
				.hasSize(30)
				.allMatch((sql) -> sql.contains("FOR SHARE"));
		}
	}

	private CompletableFuture<MigrationReport> migrateElsewhere(LockMode mode) {
		return CompletableFuture.supplyAsync(() -> migrator(mode, Duration.ofMinutes(1)).migrate());
	}

	/** Loses its lease behind the last migration. */
	private Migrator losing() {
		return Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder().locations(this.scripts.location()).lock(LockMode.LEASE).build())
			.listeners(List.of(new MigrationListener() {

				@Override
				public void afterEachMigrate(MigrationResult result) {
					expireLease();
				}

				@Override
				public void afterEachRollback(RollbackResult result) {
					expireLease();
				}

			}))
			.build();
	}

	private List<String> pictures() {
		return this.database.values(String.class, "SELECT moment FROM samara_schema_snapshots");
	}

	private void expireLease() {
		this.database.execute("UPDATE samara_lock SET expires_at = clock_timestamp() - interval '1 second'");
	}

	private void awaitSleeper() {
		Awaitility.await()
			.until(() -> this.database.value(Boolean.class, "SELECT EXISTS (SELECT FROM pg_stat_activity "
					+ "WHERE wait_event = 'PgSleep' AND datname = current_database())"));
	}

	private Migrator migrator(LockMode mode, Duration lockWait) {
		return Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder()
				.locations(this.scripts.location())
				.lockWait(lockWait)
				.lock(mode)
				.application(new Application("shop", null))
				.build())
			.build();
	}

}
