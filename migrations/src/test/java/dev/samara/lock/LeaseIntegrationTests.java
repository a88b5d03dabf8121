package dev.samara.lock;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.TableName;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class LeaseIntegrationTests {

	private static final TableName MARK = new TableName("public", "samara_environment");

	private static final LeaseTimes LIVELY = new LeaseTimes(Duration.ofMillis(800), Duration.ofMillis(100));

	/** As if the owner were paused: there is no heartbeat while the test runs. */
	private static final LeaseTimes PAUSED = new LeaseTimes(Duration.ofMillis(300), Duration.ofMinutes(1));

	private final TestDatabase server;

	private TestDatabase database;

	private PostgresConnection first;

	private PostgresConnection second;

	LeaseIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase() {
		this.database = this.server.newDatabase();
		this.first = PostgresConnection.open(this.database.dataSource());
		this.second = PostgresConnection.open(this.database.dataSource());
	}

	@AfterEach
	void disconnect() {
		this.first.close();
		this.second.close();
	}

	@Test
	void staysAliveWhereSessionsOnlyReadAndMustNotStandIdle() throws Exception {
		this.database.assumeServer(14);
		this.database.execute("ALTER DATABASE " + this.database.name() + " SET idle_session_timeout = '50ms'",
				"ALTER DATABASE " + this.database.name() + " SET default_transaction_read_only = on");
		try (Lease lease = take(this.first, owner("shop"), Duration.ZERO, LIVELY)) {
			Thread.sleep(2000);

			assertThat(lease.fence()).isNotEmpty();
			assertThat(HeldLock.isHeld(this.second, MARK)).isTrue();
		}
	}

	@Test
	void staysAliveAsLongAsItsOwner() throws Exception {
		try (Lease lease = take(this.first, owner("shop"), Duration.ZERO, LIVELY)) {
			Thread.sleep(2000);

			assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> take(this.second, owner("other"), Duration.ofMillis(300), LIVELY))
				.withMessageContaining("application \"shop\"")
				.withMessageContaining("with a lease taken ")
				.satisfies((ex) -> {
					assertThat(ex.getWaited()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
					assertThat(ex.getHolder())
						.hasValueSatisfying((holder) -> assertThat(holder.lease()).isNotNull().satisfies((age) -> {
							assertThat(age.process()).isEqualTo(ProcessHandle.current().pid());
							assertThat(age.heldFor()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
							assertThat(age.sinceHeartbeat()).isLessThan(Duration.ofSeconds(2));
						}));
				});
			assertThat(HeldLock.isHeld(this.second, MARK)).isTrue();
			assertThat(lease.fence()).contains("token = 1 ");
		}
		assertThat(HeldLock.isHeld(this.second, MARK)).isFalse();
	}

	@Test
	void staysAliveWhenItsConnectionBreaks() throws Exception {
		try (Lease lease = take(this.first, owner("shop"), Duration.ZERO, LIVELY)) {
			this.database.asSuperuser()
				.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%heartbeat_at%' "
						+ "AND state = 'idle' AND datname = current_database()");
			Thread.sleep(1500);

			assertThat(HeldLock.isHeld(this.second, MARK)).isTrue();
			assertThat(lease.loss(DatabaseUnavailableException.readOnly(), "it", "")).isEmpty();
		}
	}

	@Test
	void isTakenOverWhenItHasExpiredAndNeverComesBack() throws Exception {
		this.database.execute("CREATE TABLE log (id integer)");
		try (Lease paused = take(this.first, owner("shop"), Duration.ZERO, PAUSED);
				Lease lease = take(this.second, owner("other"), Duration.ofSeconds(5), LIVELY)) {
			assertThat(lease.fence()).contains("token = 2 ");
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> this.first.sendInTransaction("INSERT INTO log SELECT 1" + paused.fence()))
				.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("22012"));
			this.second.sendInTransaction("INSERT INTO log SELECT 2" + lease.fence());

			assertThat(paused.loss(DatabaseUnavailableException.readOnly(), "V1__a.sql", "Nothing of it was applied."))
				.hasValueSatisfying((lost) -> assertThat(lost).hasMessageContaining("before V1__a.sql was recorded")
					.hasMessageContaining("taken over: ")
					.hasMessageContaining("\"other\"")
					.hasMessageEndingWith("Nothing of it was applied."));
			assertThat(this.database.values(Integer.class, "SELECT id FROM log")).containsExactly(2);
		}
		assertThat(this.database.value(Boolean.class, "SELECT released_at IS NOT NULL FROM samara_lock")).isTrue();
	}

	@Test
	void isNotTakenOverBetweenTheFenceAndTheCommit() throws Exception {
		this.database.execute("CREATE TABLE log (id integer)");
		try (Lease slow = take(this.first, owner("shop"), Duration.ZERO, PAUSED)) {
			this.first.send("BEGIN; INSERT INTO log SELECT 1" + slow.fence());
			CompletableFuture<List<Integer>> seen = CompletableFuture.supplyAsync(() -> {
				try (Lease lease = take(this.second, owner("other"), Duration.ofSeconds(10), LIVELY)) {
					return this.second.jdbc().queryForList("SELECT id FROM log", Integer.class);
				}
			});
			Thread.sleep(1000);
			assertThat(seen).isNotDone();
			this.first.send("COMMIT");

			assertThat(seen).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(List.of(1));
		}
	}

	/** A limit that the documentation names, not one that anybody wants. */
	@Test
	void failsATransactionWhoseSnapshotIsOlderThanAHeartbeat() throws Exception {
		this.database.execute("CREATE TABLE log (id integer)");
		try (Lease lease = take(this.first, owner("shop"), Duration.ZERO, LIVELY)) {
			this.first.send("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1");
			Thread.sleep(400);

			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> this.first.send("INSERT INTO log SELECT 1" + lease.fence()))
				.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("40001"));
			this.first.rollbackIfOpen();
		}
	}

	@Test
	void isNotTakenBesideTheSessionsLock() {
		try (AdvisoryLock lock = AdvisoryLock.acquire(this.first, MARK, Duration.ZERO)) {
			assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> take(this.second, owner("other"), Duration.ofMillis(300), LIVELY))
				.satisfies((ex) -> assertThat(ex.getHolder().orElseThrow().pid())
					.isEqualTo(this.first.jdbc().queryForObject("SELECT pg_backend_pid()", Integer.class)));
		}
		take(this.second, owner("other"), Duration.ZERO, LIVELY).close();
	}

	@Test
	void keepsTheSessionsLockAway() {
		try (Lease lease = take(this.first, owner("shop"), Duration.ZERO, LIVELY)) {
			assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> AdvisoryLock.acquire(this.second, MARK, Duration.ofMillis(300)))
				.satisfies((ex) -> assertThat(ex.getHolder().orElseThrow().lease()).isNotNull());
			assertThat(this.database.value(Long.class, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
				.isZero();
		}
		AdvisoryLock.acquire(this.second, MARK, Duration.ZERO).close();
	}

	@Test
	void isLostToTheSessionsLockOnceItHasExpired() throws Exception {
		try (Lease paused = take(this.first, owner("shop"), Duration.ZERO, PAUSED);
				AdvisoryLock lock = AdvisoryLock.acquire(this.second, MARK, Duration.ofSeconds(5))) {
			assertThat(lock.fence()).isEmpty();
			assertThat(paused.loss(DatabaseUnavailableException.readOnly(), "it", "")).isPresent();
			assertThat(this.database.value(Long.class, "SELECT token FROM samara_lock")).isEqualTo(2);
		}
	}

	@Test
	void waitsForWhatAFormerOwnerHasLeftRunning() throws Exception {
		LockOwner gone = owner("shop");
		take(this.first, gone, Duration.ZERO, PAUSED);
		CompletableFuture<Void> orphan = leaveRunning(gone, 2);

		assertThatExceptionOfType(LockNotAcquiredException.class)
			.isThrownBy(() -> take(this.second, owner("impatient"), Duration.ofMillis(600), LIVELY))
			.withMessageContaining("has left a statement running")
			.withMessageContaining("active for ")
			.withMessageContaining("SELECT")
			.satisfies((ex) -> assertThat(ex.getRemedy())
				.contains("pg_terminate_backend(" + ex.getHolder().orElseThrow().pid() + ")"));
		try (Lease lease = take(this.second, owner("patient"), Duration.ofSeconds(10), LIVELY)) {
			assertThat(orphan).isDone();
			assertThat(this.database.value(String.class, "SELECT former_runs::text FROM samara_lock")).isEqualTo("{}");
		}
	}

	@Test
	void makesTheSessionsLockWaitForItToo() throws Exception {
		LockOwner gone = owner("shop");
		take(this.first, gone, Duration.ZERO, PAUSED);
		CompletableFuture<Void> orphan = leaveRunning(gone, 1);

		try (AdvisoryLock lock = AdvisoryLock.acquire(this.second, MARK, Duration.ofSeconds(10))) {
			assertThat(orphan).isDone();
		}
	}

	@Test
	void isMadeByManyAtOnce() {
		List<CompletableFuture<Void>> all = IntStream.range(0, 6).mapToObj((i) -> CompletableFuture.runAsync(() -> {
			try (PostgresConnection connection = PostgresConnection.open(this.database.dataSource())) {
				new LeaseTable(connection, MARK).createIfMissing();
			}
		})).toList();

		assertThat(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)))
			.succeedsWithin(Duration.ofSeconds(20));
	}

	private CompletableFuture<Void> leaveRunning(LockOwner gone, int seconds) {
		CompletableFuture<Void> orphan = CompletableFuture.runAsync(() -> {
			try (Connection connection = this.database.connection();
					Statement statement = connection.createStatement()) {
				statement.execute("SET application_name = '" + gone.nameOfRun() + "'");
				statement.execute("SELECT pg_sleep(" + seconds + ")");
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		});
		Awaitility.await()
			.until(() -> this.database.value(Boolean.class, "SELECT EXISTS (SELECT FROM pg_stat_activity "
					+ "WHERE wait_event = 'PgSleep' AND datname = current_database())"));
		return orphan;
	}

	private Lease take(PostgresConnection connection, LockOwner owner, Duration longestWait, LeaseTimes times) {
		return Lease.acquire(connection, this.database.dataSource(), MARK, owner, longestWait, times);
	}

	private static LockOwner owner(String application) {
		return new LockOwner(UUID.randomUUID().toString(), "samara " + application, application, "here");
	}

}
