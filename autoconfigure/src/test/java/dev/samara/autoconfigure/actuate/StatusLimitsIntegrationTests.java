package dev.samara.autoconfigure.actuate;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import dev.samara.migration.MigrationSettings;
import dev.samara.migration.Migrator;
import dev.samara.seed.SeedRunner;
import dev.samara.seed.SeedSettings;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Health and endpoints answer in time, whatever the database does.
 */
@PostgresTest
class StatusLimitsIntegrationTests {

	private static final Duration IN_TIME = Duration.ofSeconds(4);

	private TestDatabase database;

	private Scripts scripts;

	@BeforeEach
	void startWithAnEmptyDatabase(TestDatabase shared, @TempDir Path folder) {
		this.database = shared.newDatabase();
		this.scripts = Scripts.in(folder)
			.add("migration/V1__plant.sql", "CREATE TABLE plant (name text);")
			.add("seed/common/001_plant.sql", "SELECT 1;");
	}

	@Test
	void leaveThePoolToTheApplicationWhileTheHistoryIsLocked() throws Exception {
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setJdbcUrl(this.database.url());
			pool.setUsername(this.database.username());
			pool.setPassword(this.database.password());
			pool.setMaximumPoolSize(3);
			Migrator migrator = migrator(pool);
			migrator.migrate();
			SeedRunner seeds = seeds(pool);
			seeds.run();
			MigrationsHealthIndicator health = new MigrationsHealthIndicator(migrator);
			MigrationsEndpoint migrations = new MigrationsEndpoint(Map.of("a", migrator));
			SeedsEndpoint seedsEndpoint = new SeedsEndpoint(Map.of("a", seeds));
			assertThat(health.health().getStatus()).isEqualTo(Status.UP);
			assertThat(migrations.migrations().migrations().get("a").error()).isNull();
			assertThat(seedsEndpoint.seeds().seeds().get("a").error()).isNull();
			try (Connection other = this.database.dataSource().getConnection()) {
				other.setAutoCommit(false);
				other.createStatement().execute("LOCK TABLE samara_migrations, samara_seeds IN ACCESS EXCLUSIVE MODE");
				long start = System.nanoTime();

				List<CompletableFuture<Health>> probes = Stream
					.generate(() -> CompletableFuture.supplyAsync(health::health, (probe) -> new Thread(probe).start()))
					.limit(12)
					.toList();
				MigrationsDescriptor.Database shown = migrations.migrations().migrations().get("a");
				SeedsDescriptor.Database shownSeeds = seedsEndpoint.seeds().seeds().get("a");
				assertThat(probes).allSatisfy((probe) -> {
					assertThat(probe.join().getStatus()).isEqualTo(Status.DOWN);
					assertThat(probe.join().getDetails()).containsEntry("current", "1")
						.containsKeys("error", "lastChecked");
				});
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(IN_TIME.multipliedBy(2));
				assertThat(shown.current()).isEqualTo("1");
				assertThat(shown.error()).isNotBlank();
				assertThat(shown.lastChecked()).isNotNull();
				assertThat(shownSeeds.seeds()).hasSize(1);
				assertThat(shownSeeds.error()).isNotBlank();
				try (Connection application = pool.getConnection()) {
					assertThat(application.isValid(1)).isTrue();
				}
				other.rollback();
			}
			assertThat(health.health().getStatus()).isEqualTo(Status.UP);
			await().until(() -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
		}
	}

	@Test
	void answerWhenTheServerIsSilent() throws Exception {
		try (ServerSocket silent = new ServerSocket(0)) {
			PGSimpleDataSource dataSource = new PGSimpleDataSource();
			dataSource.setUrl("jdbc:postgresql://localhost:" + silent.getLocalPort() + "/shop?sslmode=disable");
			MigrationsHealthIndicator health = new MigrationsHealthIndicator(migrator(dataSource));
			long start = System.nanoTime();

			assertThat(health.health())
				.isEqualTo(Health.down().withDetail("error", "The database has not answered for 2 s").build());
			assertThat(new MigrationsEndpoint(Map.of("a", migrator(dataSource))).migrations()
				.migrations()
				.get("a")
				.error()).startsWith("The database has not answered for");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(IN_TIME.multipliedBy(2));
		}
	}

	@Test
	void readOneEventOfAMigrationThatHasFailedThousandsOfTimes() {
		migrator(this.database.dataSource()).migrate();
		this.database.execute(
				"""
						INSERT INTO samara_migrations (run_id, event, kind, version, description, script, checksum, statements_done,
							statements_total, started_at, duration_ms, error)
						SELECT gen_random_uuid(), 'FAILED', 'VERSIONED', '2', 'pot', 'V2__pot.sql', 'x', 0, 1, now(), 1, 'error ' || n
						FROM generate_series(1, 20000) n
						""");
		this.scripts.add("migration/V2__pot.sql", "CREATE TABLE pot ();");

		assertThat(new MigrationsEndpoint(Map.of("a", migrator(this.database.dataSource()))).migration("2")
			.migrations()
			.get("a")
			.lastAttempt()
			.error()).isEqualTo("error 20000");
	}

	private Migrator migrator(DataSource dataSource) {
		return Migrator.builder(dataSource)
			.settings(MigrationSettings.builder().locations(this.scripts.location() + "/migration").build())
			.build();
	}

	private SeedRunner seeds(DataSource dataSource) {
		return SeedRunner.builder(dataSource)
			.settings(SeedSettings.builder().locations(this.scripts.location() + "/seed").build())
			.build();
	}

}
