package dev.samara.sample.process;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application is killed with {@code kill -9} while it migrates. The next start
 * completes what was begun, without a stuck lock and without doing anything twice,
 * whether the server has noticed the death of its client or goes on with the statement.
 */
@PostgresTest
class CrashIntegrationTests {

	private static final String WORKING = "datname = current_database() AND application_name = 'samara acer-nursery' "
			+ "AND pid <> pg_backend_pid()";

	/**
	 * The application builds an index of its own in the same way before, and may wait for
	 * the very query that looks.
	 */
	private static final String BUILDING = "wait_event_type = 'Lock' AND query LIKE '%pace_seconds%'";

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts scripts;

	private Path logs;

	CrashIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path scripts, @TempDir Path logs) {
		this.database = this.server.newDatabase();
		this.scripts = Scripts.in(scripts);
		this.logs = logs;
		this.database.execute("CREATE TABLE pace (seconds integer); INSERT INTO pace VALUES (300)");
	}

	@Test
	void inATransactionWhoseBackendDiesToo() {
		this.scripts.add("V100__slow.sql", "CREATE TABLE half (id integer); SELECT pg_sleep(seconds) FROM pace;");
		try (SampleProcess killed = start("killed")) {
			awaitBackend("wait_event = 'PgSleep'");
			killed.kill();
		}
		endBackend();
		assertThat(this.database.value(String.class, "SELECT to_regclass('half')::text")).isNull();

		this.database.execute("UPDATE pace SET seconds = 0");
		try (SampleProcess next = start("next").awaitStarted()) {
			assertThat(next.log()).contains("Applied 100 (slow)");
		}
		assertThat(events()).containsExactly("APPLIED");
	}

	@Test
	void inATransactionThatTheServerFinishesOnItsOwn() {
		this.database.execute("UPDATE pace SET seconds = 10");
		this.scripts.add("V100__slow.sql", "CREATE TABLE half (id integer); SELECT pg_sleep(seconds) FROM pace;");
		try (SampleProcess killed = start("killed")) {
			awaitBackend("wait_event = 'PgSleep'");
			killed.kill();
		}

		try (SampleProcess next = start("next").awaitStarted()) {
			assertThat(next.log()).contains("Applying 3 migrations: R:forget orders").doesNotContain("Applied 100");
		}
		assertThat(events()).containsExactly("APPLIED");
		assertThat(this.database.value(String.class, "SELECT to_regclass('half')::text")).isEqualTo("half");
	}

	@Test
	void inAConcurrentIndexThatStaysInvalid() throws Exception {
		this.scripts.add("V100__index.sql", "CREATE INDEX CONCURRENTLY pace_seconds ON pace (seconds);");
		try (Connection writer = this.database.connection(); Statement statement = writer.createStatement()) {
			writer.setAutoCommit(false);
			statement.execute("UPDATE pace SET seconds = 1");
			try (SampleProcess killed = start("killed")) {
				awaitBackend(BUILDING);
				killed.kill();
			}
			endBackend();
			writer.rollback();
		}
		assertThat(indexIsValid()).isFalse();

		try (SampleProcess next = start("next").awaitStarted()) {
			assertThat(next.log()).contains("Index pace_seconds is invalid").contains("Applied 100 (index)");
		}
		assertThat(indexIsValid()).isTrue();
		assertThat(events()).containsExactly("STARTED", "STARTED", "PROGRESSED", "APPLIED");
	}

	@Test
	void inAConcurrentIndexThatTheServerFinishesOnItsOwn() throws Exception {
		this.scripts.add("V100__index.sql", "CREATE INDEX CONCURRENTLY pace_seconds ON pace (seconds);");
		try (Connection writer = this.database.connection(); Statement statement = writer.createStatement()) {
			writer.setAutoCommit(false);
			statement.execute("UPDATE pace SET seconds = 1");
			try (SampleProcess killed = start("killed")) {
				awaitBackend(BUILDING);
				killed.kill();
			}
			writer.rollback();
		}
		Awaitility.await().until(this::indexIsValid);

		try (SampleProcess next = start("next").awaitStarted()) {
			assertThat(next.log()).contains("Index pace_seconds was finished by the server").contains("Applied 100");
		}
		assertThat(events()).containsExactly("STARTED", "STARTED", "PROGRESSED", "APPLIED");
	}

	private SampleProcess start(String name) {
		return SampleProcess.start(this.database, this.logs, name,
				"--samara.migrations.locations=classpath:db/migration," + this.scripts.location());
	}

	private void awaitBackend(String condition) {
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> this.database.value(Boolean.class,
					"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE " + WORKING + " AND " + condition + ")"));
	}

	private void endBackend() {
		this.database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + WORKING);
		Awaitility.await()
			.until(() -> !this.database.value(Boolean.class,
					"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE " + WORKING + ")"));
	}

	private boolean indexIsValid() {
		return this.database
			.values(Boolean.class, "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('pace_seconds')")
			.contains(true);
	}

	private List<String> events() {
		return this.database.values(String.class,
				"SELECT event FROM samara_migrations WHERE version = '100' ORDER BY id");
	}

}
