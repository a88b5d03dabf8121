package dev.samara.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import dev.samara.SamaraException;
import dev.samara.lock.LockMode;
import dev.samara.lock.PoolerException;
import dev.samara.testing.PgBouncer;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Where the lock of the session does not hold, no migration is applied twice.
 */
@PostgresTest
class HistoryGuardIntegrationTests extends AbstractScriptIntegrationTests {

	HistoryGuardIntegrationTests(TestDatabase server) {
		super(server);
	}

	@Test
	void appliesAMigrationOnceAlthoughAFunctionHasReleasedTheLock() {
		this.database.execute("CREATE TABLE log (n int)");
		this.scripts.add("V1__release.sql", "DO $$ BEGIN PERFORM pg_advisory_unlock_all(); END $$")
			.add("V2__log.sql", "INSERT INTO log VALUES (2); SELECT pg_sleep(0.5)")
			.add("V3__log.sql", "INSERT INTO log VALUES (3)");
		List<CompletableFuture<MigrationReport>> instances = Stream
			.generate(() -> CompletableFuture.supplyAsync(this::migrate, (work) -> new Thread(work).start()))
			.limit(3)
			.toList();

		assertThat(instances).extracting(HistoryGuardIntegrationTests::outcome)
			.allMatch((outcome) -> outcome.endsWith(" applied") || outcome.startsWith("Another instance"));
		assertThat(this.database.values(Integer.class, "SELECT n FROM log ORDER BY n")).containsExactly(2, 3);
		assertThat(events()).contains("2 APPLIED 2/2", "3 APPLIED 1/1").doesNotHaveDuplicates();
	}

	@RepeatedTest(3)
	void appliesEachMigrationOnceThroughAPoolerInTransactionModeWhereOnlyTheSessionIsLocked() throws Exception {
		this.database.execute("CREATE TABLE log (n int)");
		for (int version = 1; version <= 5; version++) {
			this.scripts.add("V" + version + "__log.sql",
					"SELECT pg_sleep(0.02); INSERT INTO log VALUES (%d)".formatted(version));
		}
		List<String> outcomes = new ArrayList<>();
		try (PgBouncer pooler = PgBouncer.inTransactionMode(this.database, 3)) {
			CyclicBarrier start = new CyclicBarrier(5);
			List<CompletableFuture<MigrationReport>> instances = new ArrayList<>();
			for (int instance = 1; instance <= 5; instance++) {
				instances.add(CompletableFuture.supplyAsync(() -> migrate(pooler, start),
						(work) -> new Thread(work).start()));
			}
			instances.forEach((instance) -> outcomes.add(outcome(instance)));
		}

		assertThat(this.database.values(Integer.class, "SELECT n FROM log ORDER BY n")).doesNotHaveDuplicates();
		assertThat(this.database.values(String.class, "SELECT version FROM samara_migrations WHERE event = 'APPLIED'"))
			.doesNotHaveDuplicates();
		assertThat(this.database.value(Boolean.class, """
				SELECT array(SELECT n::text FROM log ORDER BY n)
					= array(SELECT version FROM samara_migrations WHERE event = 'APPLIED' ORDER BY version)
				""")).isTrue();
	}

	@Test
	void stopsTheRunAndSaysWhatToConfigureWhenAnotherOneHasWritten() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a ()");
		Migrator migrator = Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder().locations(this.scripts.location()).build())
			.listeners(List.of(new MigrationListener() {

				@Override
				public void beforeEachMigrate(PlanStep step) {
					HistoryGuardIntegrationTests.this.database.execute("""
							INSERT INTO samara_migrations (run_id, event, kind, version, description, script, checksum,
								statements_done, statements_total, started_at, duration_ms)
							VALUES (gen_random_uuid(), 'FAILED', 'VERSIONED', '1', 'a', 'x', 'x', 0, 1, now(), 1)
							""");
				}

			}))
			.build();

		assertThatExceptionOfType(PoolerException.class).isThrownBy(migrator::migrate)
			.withMessageContaining("Another instance has written to the history")
			.withMessageContaining("Nothing of it was applied")
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("samara.migrations.lock=lease",
					"pg_advisory_unlock_all"));
		assertThat(this.database.value(Boolean.class, "SELECT to_regclass('a') IS NULL")).isTrue();
	}

	private MigrationReport migrate(PgBouncer pooler, CyclicBarrier start) {
		try {
			start.await();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		return Migrator.builder(pooler.dataSource())
			.settings(MigrationSettings.builder()
				.onNonEmpty(OnNonEmpty.MIGRATE)
				.lock(LockMode.SESSION)
				.lockWait(Duration.ofSeconds(5))
				.locations(this.scripts.location())
				.build())
			.build()
			.migrate();
	}

	private static String outcome(CompletableFuture<MigrationReport> run) {
		try {
			return run.join().applied().size() + " applied";
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof SamaraException) {
				return ex.getCause().getMessage();
			}
			throw ex;
		}
	}

}
