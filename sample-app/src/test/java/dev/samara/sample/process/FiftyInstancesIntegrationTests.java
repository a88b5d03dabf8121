package dev.samara.sample.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fifty processes against one empty database. None of them can be done before all are
 * there: the second migration waits for that.
 */
@PostgresTest
class FiftyInstancesIntegrationTests {

	private static final int INSTANCES = 50;

	private static final String SESSIONS = "SELECT count(*) AS sessions FROM pg_stat_activity "
			+ "WHERE datname = current_database() AND application_name LIKE 'samara instance-%'";

	private static final String WAIT_FOR_ALL = """
			DO $$ BEGIN
				FOR attempt IN 1..1800 LOOP
					PERFORM pg_stat_clear_snapshot();
					EXIT WHEN (%s) >= %d;
					PERFORM pg_sleep(0.1);
				END LOOP;
			END $$;
			CREATE TABLE attendance AS %1$s;
			""".formatted(SESSIONS, INSTANCES);

	@Test
	void eachMigrationIsAppliedOnceAndAllComeUp(TestDatabase database, @TempDir Path logs, @TempDir Path folder)
			throws Exception {
		Scripts scripts = Scripts.in(folder)
			.add("V1__ledger.sql", "CREATE TABLE ledger (migration integer);")
			.add("V2__all_are_there.sql", WAIT_FOR_ALL);
		for (int version = 3; version <= 12; version++) {
			scripts.add("V" + version + "__entry.sql", "INSERT INTO ledger VALUES (" + version + ");");
		}
		scripts.add("V13__index.sql", "CREATE INDEX CONCURRENTLY ledger_migration ON ledger (migration);");
		List<Process> instances = new ArrayList<>();
		try {
			for (int i = 1; i <= INSTANCES; i++) {
				instances.add(MigratingProgram.start(database, "instance-" + i, scripts.location(), log(logs, i)));
			}

			for (Process instance : instances) {
				assertThat(instance.waitFor(4, TimeUnit.MINUTES)).isTrue();
			}

			for (int i = 1; i <= INSTANCES; i++) {
				assertThat(instances.get(i - 1).exitValue()).as(Files.readString(log(logs, i))).isZero();
			}
			assertThat(database.value(Integer.class, "SELECT sessions FROM attendance")).isEqualTo(INSTANCES);
			assertThat(database.values(Integer.class, "SELECT migration FROM ledger ORDER BY 1")).containsExactly(3, 4,
					5, 6, 7, 8, 9, 10, 11, 12);
			assertThat(database.rows("SELECT count(*) AS entries, count(DISTINCT version) AS versions, "
					+ "count(DISTINCT run_id) AS runs FROM samara_migrations WHERE event = 'APPLIED'"))
				.singleElement()
				.satisfies((row) -> assertThat(row).containsEntry("entries", 13L)
					.containsEntry("versions", 13L)
					.containsEntry("runs", 1L));
			assertThat(database.values(String.class, "SELECT event FROM samara_migrations")).doesNotContain("FAILED");
			assertThat(all(logs)).hasSize(INSTANCES)
				.filteredOn((log) -> log.contains("Migrated to 13: 13 applied"))
				.hasSize(1);
			assertThat(all(logs)).filteredOn((log) -> log.contains("Nothing to migrate: 13 migrations"))
				.hasSize(INSTANCES - 1);
		}
		finally {
			instances.forEach(Process::destroyForcibly);
		}
	}

	private static Path log(Path folder, int instance) {
		return folder.resolve("instance-" + instance + ".log");
	}

	private static List<String> all(Path logs) throws IOException {
		List<String> all = new ArrayList<>();
		for (int i = 1; i <= INSTANCES; i++) {
			all.add(Files.readString(log(logs, i)));
		}
		return all;
	}

}
