package dev.samara.sample.process;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ten copies of the application against one empty database.
 */
@PostgresTest
class ManyInstancesIntegrationTests {

	@Test
	void oneMigratesAndAllComeUp(TestDatabase database, @TempDir Path folder, @TempDir Path scripts) {
		// Slow enough for the others to arrive meanwhile.
		String location = Scripts.in(scripts).add("V16__slow.sql", "SELECT pg_sleep(12)").location();
		List<SampleProcess> instances = IntStream.range(0, 10)
			.mapToObj((i) -> SampleProcess.start(database, folder, "instance-" + i,
					"--samara.migrations.locations=classpath:db/migration," + location))
			.toList();
		try {
			instances.forEach(SampleProcess::awaitStarted);

			assertThat(instances).filteredOn((instance) -> instance.log().contains(": Migrated to 16: 19 applied"))
				.hasSize(1);
			assertThat(instances)
				.filteredOn((instance) -> instance.log().contains(": Nothing to migrate: 19 migrations"))
				.hasSize(9);
			assertThat(instances)
				.anySatisfy((instance) -> assertThat(instance.log()).contains("Waiting for another session to finish"));
			assertThat(instances).allSatisfy((instance) -> assertThat(instance.log()).doesNotContain(" ERROR "));
			assertThat(database.rows("SELECT count(*) AS entries, count(DISTINCT version) AS versions, "
					+ "count(DISTINCT run_id) AS runs FROM samara_migrations WHERE event = 'APPLIED'"))
				.singleElement()
				.satisfies((row) -> assertThat(row).containsEntry("entries", 19L)
					.containsEntry("versions", 16L)
					.containsEntry("runs", 1L));
			assertThat(database.value(Long.class, "SELECT count(*) FROM samara_migrations WHERE event = 'FAILED'"))
				.isZero();
			assertThat(database.rows("SELECT name FROM samara_seeds GROUP BY name HAVING count(*) > 1")).isEmpty();
			assertThat(database.value(Long.class, "SELECT count(*) FROM samara_seeds WHERE event = 'APPLIED'"))
				.isEqualTo(10);
		}
		finally {
			instances.forEach(SampleProcess::close);
		}
	}

}
