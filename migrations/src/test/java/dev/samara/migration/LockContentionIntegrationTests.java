package dev.samara.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;

import dev.samara.activity.Blocker;
import dev.samara.execution.ScriptFailedException;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What a migration does about other sessions that hold the locks it needs.
 */
@PostgresTest
class LockContentionIntegrationTests extends AbstractScriptIntegrationTests {

	LockContentionIntegrationTests(TestDatabase server) {
		super(server);
	}

	@Test
	void namesTheIdleTransactionThatEverythingWaitsFor() throws Exception {
		this.database.execute("CREATE TABLE a (id integer)");
		this.scripts.add("V1__a.sql", "ALTER TABLE a ADD COLUMN name text");
		try (Connection reader = this.database.connection()) {
			int pid = blockAs(reader, "billing", "SELECT 'top secret', * FROM a");

			MigrationFailedException failure = failure(this.database.dataSource(), 3);

			Blocker root = cause(failure).blockers().get(0);
			assertThat(root.pid()).isEqualTo(pid);
			assertThat(root.application()).isEqualTo("billing");
			assertThat(root.user()).isEqualTo(this.database.username());
			assertThat(root.state()).isEqualTo("idle in transaction");
			assertThat(root.lockMode()).isEqualTo("AccessShareLock");
			assertThat(root.holdsLock()).isTrue();
			assertThat(root.lockedObject()).isEqualTo("a");
			assertThat(root.transactionAge()).isPositive();
			assertThat(root.isRoot()).isTrue();
			assertThat(root.query()).isEqualTo("SELECT ?, * FROM a");
			assertThat(failure).hasMessageContaining("blocked by pid " + pid + " (application \"billing\"");
			assertThat(failure.getRemedy()).contains("SELECT pg_terminate_backend(" + pid + ")");
		}
		assertThat(this.database.value(String.class, "SELECT error FROM samara_migrations ORDER BY id DESC LIMIT 1"))
			.contains("lock timeout, blocked by pid")
			.contains("billing")
			.doesNotContain("secret");
	}

	@Test
	void findsTheRootBehindASessionThatOnlyQueues() throws Exception {
		this.database.execute("CREATE TABLE a (id integer)");
		this.scripts.add("V1__a.sql", "ALTER TABLE a ADD COLUMN name text");
		try (Connection reader = this.database.connection(); Connection queued = this.database.connection()) {
			int root = blockAs(reader, "root", "SELECT * FROM a");
			CompletableFuture<Void> waiting = CompletableFuture
				.runAsync(() -> executeQuietly(queued, "LOCK TABLE a IN ACCESS EXCLUSIVE MODE"));
			awaitWaiting(1);

			ScriptFailedException failure = cause(failure(this.database.dataSource(), 3));

			assertThat(failure.blockers()).hasSize(2);
			assertThat(failure.blockers().get(0).pid()).isEqualTo(root);
			assertThat(failure.blockers().get(1).isRoot()).isFalse();
			assertThat(failure.blockers().get(1).holdsLock()).isFalse();
			reader.rollback();
			waiting.join();
		}
	}

	@Test
	@ExtendWith(CapturedLog.Capture.class)
	void tellsOfEachAttemptAndStopsQueueingForATransactionThatGoesOn(CapturedLog log) throws Exception {
		this.database.execute("CREATE TABLE a (id integer)");
		this.scripts.add("V1__a.sql", "CREATE TABLE b (id integer);\nALTER TABLE a ADD COLUMN name text");
		try (Connection reader = this.database.connection()) {
			int pid = blockAs(reader, "billing", "SELECT * FROM a");
			CompletableFuture<MigrationReport> run = CompletableFuture
				.supplyAsync(() -> migrator(this.database.dataSource(), 30).migrate());
			Awaitility.await().until(() -> log.text().contains("did not queue (attempt 4 of 31)"));
			reader.rollback();

			MigrationResult result = run.get().applied().get(0);
			assertThat(result.attempts()).isLessThanOrEqualTo(4);
			assertThat(log.text())
				.contains("V1__a.sql:2:1 did not get its locks within 50 ms; nothing of it stays (attempt 1 of 31)")
				.contains("; pid " + pid + " (application \"billing\"")
				.contains("holds AccessShareLock on a, query: SELECT * FROM a");
		}
		assertThat(events()).containsExactly("1 APPLIED 2/2");
	}

	@Test
	@ExtendWith(CapturedLog.Capture.class)
	void tellsWhomItWaitsForWithoutALimit(CapturedLog log) throws Exception {
		this.database.execute("CREATE TABLE a (id integer)");
		this.scripts.add("V1__a.sql", "-- samara: lock-timeout=0\nALTER TABLE a ADD COLUMN name text");
		try (Connection reader = this.database.connection()) {
			blockAs(reader, "billing", "SELECT * FROM a");
			CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(this::migrate);
			Awaitility.await().until(() -> log.text().contains("Waiting for 1 s; pid"));
			reader.rollback();

			assertThat(run.get().applied().get(0).attempts()).isEqualTo(1);
		}
	}

	@Test
	void namesTheBlockerOfTheOnlyAttempt() throws Exception {
		this.database.execute("CREATE TABLE a (id integer)");
		this.scripts.add("V1__a.sql", "ALTER TABLE a ADD COLUMN name text");
		try (Connection reader = this.database.connection()) {
			int pid = blockAs(reader, "billing", "SELECT * FROM a");

			assertThat(cause(failure(this.database.dataSource(), 0)).blockers().get(0).pid()).isEqualTo(pid);
		}
	}

	@Test
	@ExtendWith(CapturedLog.Capture.class)
	void doesWithoutASecondConnectionAndSaysSo(CapturedLog log) throws Exception {
		this.database.execute("CREATE TABLE a (id integer)");
		this.scripts.add("V1__a.sql", "ALTER TABLE a ADD COLUMN name text");
		try (Connection reader = this.database.connection(); HikariDataSource pool = this.database.hikari(1)) {
			blockAs(reader, "billing", "SELECT * FROM a");

			MigrationFailedException failure = failure(pool, 2);

			assertThat(cause(failure).blockers()).isEmpty();
			assertThat(failure.getRemedy()).contains("samara.migrations.retries");
			assertThat(log.text()).containsOnlyOnce("Who holds locks cannot be told");
			reader.rollback();
			assertThat(migrator(pool, 0).migrate().applied()).hasSize(1);
		}
	}

	@Test
	void seesAPreparedTransaction() throws Exception {
		Assumptions.assumeTrue(
				this.database.value(Integer.class, "SELECT current_setting('max_prepared_transactions')::int") > 0);
		this.database.execute("CREATE TABLE a (id integer)",
				"BEGIN; INSERT INTO a VALUES (1); PREPARE TRANSACTION 'samara-test'");
		this.scripts.add("V1__a.sql", "ALTER TABLE a ADD COLUMN name text");

		assertThat(cause(failure(this.database.dataSource(), 0)).blockers().get(0).identity())
			.isEqualTo("a prepared transaction");

		this.database.execute("ROLLBACK PREPARED 'samara-test'");
	}

	@Test
	void doesNotTryAgainWhatRanIntoItsStatementTimeout() {
		this.scripts.add("V1__a.sql", "-- samara: statement-timeout=100ms\nSELECT pg_sleep(5)");

		MigrationFailedException failure = failure(this.database.dataSource(), 5);

		assertThat(failure).hasMessageContaining("[57014]");
		assertThat(failure.getRemedy()).contains("statement-timeout");
	}

	@Test
	void triesAgainAfterADeadlock() throws Exception {
		this.database.execute("CREATE TABLE a (id integer)", "CREATE TABLE b (id integer)");
		this.scripts.add("V1__a.sql", "-- samara: lock-timeout=0\nALTER TABLE a ADD COLUMN name text;\n"
				+ "SELECT pg_sleep(1);\nALTER TABLE b ADD COLUMN name text");
		try (Connection other = this.database.connection()) {
			other.setAutoCommit(false);
			executeQuietly(other, "SELECT * FROM b");
			CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(this::migrate);
			Awaitility.await()
				.until(() -> this.database.value(Boolean.class,
						"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database())"));
			try (Statement statement = other.createStatement()) {
				statement.execute("SELECT * FROM a");
			}
			catch (SQLException ex) {
				assertThat(ex.getSQLState()).isEqualTo("40P01");
			}
			other.rollback();

			assertThat(run.get().applied()).hasSize(1);
		}
	}

	private int blockAs(Connection connection, String application, String sql) throws SQLException {
		connection.setAutoCommit(false);
		connection.setClientInfo("ApplicationName", application);
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		return connection.unwrap(PGConnection.class).getBackendPID();
	}

	private static void executeQuietly(Connection connection, String sql) {
		try (Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void awaitWaiting(int sessions) {
		Awaitility.await()
			.until(() -> this.database.value(Integer.class,
					"SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()") == sessions);
	}

	private MigrationFailedException failure(DataSource dataSource, int retries) {
		return catchThrowableOfType(MigrationFailedException.class, () -> migrator(dataSource, retries).migrate());
	}

	private static ScriptFailedException cause(MigrationFailedException failure) {
		return (ScriptFailedException) failure.getCause();
	}

	private Migrator migrator(DataSource dataSource, int retries) {
		return Migrator.builder(dataSource)
			.settings(MigrationSettings.builder()
				.onNonEmpty(OnNonEmpty.MIGRATE)
				.locations(this.scripts.location())
				.lockTimeout(Duration.ofMillis(400))
				.retries(retries)
				.build())
			.build();
	}

}
