package dev.samara.seed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.environment.Environment;
import dev.samara.environment.EnvironmentMismatchException;
import dev.samara.lock.AdvisoryLock;
import dev.samara.lock.LockNotAcquiredException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.TableName;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Several seed runners of one database: one works, the others wait and find nothing to
 * do.
 */
@PostgresTest
class SeedConcurrencyIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts scripts;

	SeedConcurrencyIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.database.execute("CREATE TABLE seeded (name text)");
		this.scripts = Scripts.in(folder);
	}

	@Test
	void letsOneOfTenSeedAndNobodyFail() {
		this.scripts.add("common/001_a.sql", "INSERT INTO seeded VALUES ('a')")
			.add("common/002_slow.sql", "SELECT pg_sleep(0.3)")
			.add("dev/001_b.sql", "INSERT INTO seeded VALUES ('b')");

		List<Integer> applied = inTenThreads(
				(i) -> runner(Environment.DEV, Duration.ofMinutes(1)).run().applied().size());

		assertThat(applied).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 3);
		assertThat(this.database.values(String.class, "SELECT name FROM seeded")).containsExactly("a", "b");
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM samara_seeds")).isEqualTo(3);
	}

	@Test
	void letsOneEnvironmentWinAnEmptyDatabase() {
		this.scripts.add("dev/001_a.sql", "INSERT INTO seeded VALUES ('dev')")
			.add("prod/001_b.sql", "INSERT INTO seeded VALUES ('prod')");

		List<Integer> mismatches = inTenThreads((i) -> {
			try {
				runner((i % 2 == 0) ? Environment.DEV : Environment.PROD, Duration.ofMinutes(1)).run();
				return 0;
			}
			catch (EnvironmentMismatchException ex) {
				return 1;
			}
		});

		assertThat(mismatches).containsExactly(0, 0, 0, 0, 0, 1, 1, 1, 1, 1);
		assertThat(this.database.values(String.class, "SELECT name FROM seeded"))
			.containsExactly(this.database.value(String.class, "SELECT environment FROM samara_environment"));
	}

	@Test
	void givesUpWhenSomebodyElseSeedsForTooLong() {
		this.scripts.add("common/001_a.sql", "INSERT INTO seeded VALUES ('a')");
		try (PostgresConnection connection = PostgresConnection.open(this.database.dataSource());
				AdvisoryLock lock = AdvisoryLock.acquire(connection, new TableName("public", "samara_environment"),
						Duration.ZERO)) {
			assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> runner(Environment.DEV, Duration.ZERO).run())
				.satisfies((ex) -> assertThat(ex.getHolder()).isPresent());
		}
		assertThat(this.database.values(String.class, "SELECT name FROM seeded")).isEmpty();
		assertThat(runner(Environment.DEV, Duration.ZERO).run().applied()).hasSize(1);
	}

	private List<Integer> inTenThreads(IntFunction<Integer> work) {
		ExecutorService threads = Executors.newFixedThreadPool(10);
		try {
			List<CompletableFuture<Integer>> runs = IntStream.range(0, 10)
				.mapToObj((i) -> CompletableFuture.supplyAsync(() -> work.apply(i), threads))
				.toList();
			return runs.stream().map(CompletableFuture::join).sorted().toList();
		}
		finally {
			threads.shutdownNow();
		}
	}

	private SeedRunner runner(Environment environment, Duration lockWait) {
		return SeedRunner.builder(this.database.dataSource())
			.settings(SeedSettings.builder()
				.locations(this.scripts.location())
				.environment(environment)
				.lockWait(lockWait)
				.build())
			.build();
	}

}
