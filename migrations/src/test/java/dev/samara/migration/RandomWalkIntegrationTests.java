package dev.samara.migration;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

import javax.sql.DataSource;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is done in whatever order, engine and model agree.
 * {@code -Dsamara.test.walks=300} walks more often than the build does.
 */
@PostgresTest
@TestInstance(Lifecycle.PER_CLASS)
class RandomWalkIntegrationTests {

	private static final int WALKS = Integer.getInteger("samara.test.walks", 20);

	private static final int LENGTH = 25;

	private final Map<String, Integer> outcomes = new TreeMap<>();

	private DataSource dataSource;

	static LongStream seeds() {
		return LongStream.rangeClosed(1, WALKS);
	}

	@BeforeAll
	void connect(TestDatabase database) {
		if (database.serverVersion() < 15) {
			database.asSuperuser().execute("ALTER SCHEMA public OWNER TO " + database.username());
		}
		this.dataSource = database.hikari(1);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void engineAndModelAgreeAfterEachStep(long seed, @TempDir Path folder) {
		RandomWalk walk = new RandomWalk(seed, new WalkDatabase(this.dataSource, Scripts.in(folder)));

		walk.run(LENGTH).forEach((outcome) -> this.outcomes.merge(kind(outcome), 1, Integer::sum));
	}

	/** Walks that get nowhere prove nothing. */
	@AfterAll
	void hasSeenEachKindOfOutcome() {
		assertThat(this.outcomes).containsKeys("migrate: applied", "migrate: failed", "migrate: refused",
				"rollback: rolled back", "rollback: failed", "rollback: refused", "dry run: tried", "dry run: failed");
	}

	private static String kind(String outcome) {
		return outcome.replaceFirst(" (\\[|at ).*", "");
	}

}
