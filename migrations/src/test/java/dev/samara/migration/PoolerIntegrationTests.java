package dev.samara.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

import dev.samara.lock.LockMode;
import dev.samara.lock.PoolerException;
import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.testing.PgBouncer;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Migrations through PgBouncer.
 */
@PostgresTest
class PoolerIntegrationTests extends AbstractScriptIntegrationTests {

	private static final int SERVER_SESSIONS = 3;

	PoolerIntegrationTests(TestDatabase server) {
		super(server);
	}

	@Test
	void refusesToGuessTheModeOfAPooler() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)");
		try (PgBouncer pooler = PgBouncer.inTransactionMode(this.database, SERVER_SESSIONS)) {
			Migrator migrator = migrator(pooler.dataSource(), LockMode.AUTO);

			assertThatExceptionOfType(PoolerException.class).isThrownBy(migrator::migrate)
				.withMessageContaining("pooler")
				.satisfies((ex) -> assertThat(ex.getRemedy()).contains("samara.migrations.url",
						"samara.migrations.lock=lease", "samara.migrations.lock=session"));
			assertThat(migrator.status().pending()).hasSize(1);
			assertThat(migrator.plan().steps()).hasSize(1);
		}
		assertThat(this.database.value(Boolean.class, "SELECT to_regclass('samara_migrations') IS NULL")).isTrue();
	}

	@Test
	void provesThatThePoolerIsInTransactionMode() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)");
		try (PgBouncer pooler = PgBouncer.inTransactionMode(this.database, SERVER_SESSIONS)) {
			assertThatExceptionOfType(PoolerException.class)
				.isThrownBy(() -> migrator(pooler.dataSource(), LockMode.SESSION).migrate())
				.withMessageContaining("transaction mode");
		}
	}

	@Test
	void takesTheSessionsLockThroughAPoolerInSessionMode() {
		addEverything();
		this.scripts.add("V4__index.sql", "CREATE INDEX CONCURRENTLY b_id ON b (id)")
			.add("V4__index.down.sql", "DROP INDEX CONCURRENTLY b_id");
		try (PgBouncer pooler = PgBouncer.inSessionMode(this.database, SERVER_SESSIONS)) {
			Migrator migrator = migrator(pooler.dataSource(), LockMode.SESSION);

			assertThat(migrator.migrate().applied()).hasSize(4);
			assertThat(migrator.rollback(RollbackTarget.EVERYTHING).rolledBack()).hasSize(4);
			assertThat(migrator.migrate().applied()).hasSize(4);
		}
	}

	@Test
	void goesOnWhereASecondSessionIsNotToBeHad() {
		addEverything();
		try (PgBouncer pooler = PgBouncer.inSessionMode(this.database, 1)) {
			assertThat(migrator(pooler.dataSource(), LockMode.SESSION).migrate().applied()).hasSize(3);
		}
	}

	@Test
	void migratesAndRollsBackWithALeaseThroughAPoolerInTransactionMode() {
		addEverything();
		try (PgBouncer pooler = PgBouncer.inTransactionMode(this.database, SERVER_SESSIONS)) {
			Migrator migrator = migrator(pooler.dataSource(), LockMode.LEASE);

			assertThat(migrator.dryRun().findFailure()).isEmpty();
			assertThat(migrator.migrate().applied()).hasSize(3);
			assertThat(migrator.rollback(RollbackTarget.EVERYTHING).rolledBack()).hasSize(3);
			assertThat(migrator.migrate().applied()).hasSize(3);
			assertThat(migrator.migrate().applied()).isEmpty();
		}
		assertThat(this.database.value(Long.class, "SELECT token FROM samara_lock")).isEqualTo(4);
		assertThat(this.database.value(Boolean.class, "SELECT released_at IS NOT NULL FROM samara_lock")).isTrue();
	}

	@Test
	void letsOneOfEightMigrateThroughAPoolerAndLeavesNoTrace() throws Exception {
		addEverything();
		this.scripts.add("V4__settings.sql", """
				SET search_path = other; SET lock_timeout = '7s'; SET work_mem = '123kB'; SET application_name = 'mine';
				SET TIME ZONE 'America/Bogota'; SELECT set_config('role', current_user, false);
				CREATE TEMPORARY TABLE t (id integer); LISTEN x; SELECT pg_sleep(0.5);
				""").add("V5__reset.sql", "SET statement_timeout = '9s'; RESET ALL; SELECT 1;");
		this.database.execute("CREATE SCHEMA other");
		try (PgBouncer pooler = PgBouncer.inTransactionMode(this.database, SERVER_SESSIONS)) {
			Map<Integer, String> before = serverSessions(pooler);
			assertThat(before).hasSize(SERVER_SESSIONS);

			List<Integer> applied = inEightThreads(
					() -> migrator(pooler.dataSource(), LockMode.LEASE).migrate().applied().size());

			assertThat(applied).containsExactly(0, 0, 0, 0, 0, 0, 0, 5);
			assertThat(serverSessions(pooler)).isEqualTo(before);
		}
		assertThat(this.database.values(String.class, "SELECT version FROM samara_migrations ORDER BY id"))
			.containsExactly("1", "2", "3", "4", "5");
	}

	@Test
	void worksInASchemaOfItsOwnThroughAPooler() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a AS SELECT current_setting('search_path') AS path, "
				+ "current_setting('application_name') AS name");
		try (PgBouncer pooler = PgBouncer.inTransactionMode(this.database, SERVER_SESSIONS)) {
			Migrator.builder(pooler.dataSource())
				.settings(MigrationSettings.builder()
					.locations(this.scripts.location())
					.schema("own")
					.lock(LockMode.LEASE)
					.build())
				.build()
				.migrate();
		}
		assertThat(this.database.value(String.class, "SELECT path FROM own.a")).startsWith("\"own\", ");
		assertThat(this.database.value(String.class, "SELECT name FROM own.a")).matches("samara [0-9a-f]{8}");
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM own.samara_lock")).isOne();
	}

	@Test
	void refusesThroughAPoolerWhatIsNotOneTransaction() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)")
			.add("V2__index.sql", "SELECT 1;\nCREATE INDEX CONCURRENTLY a_id ON a (id)");
		try (PgBouncer pooler = PgBouncer.inTransactionMode(this.database, SERVER_SESSIONS)) {
			assertThatExceptionOfType(MigrationValidationException.class)
				.isThrownBy(() -> migrator(pooler.dataSource(), LockMode.LEASE).migrate())
				.satisfies((ex) -> assertThat(ex.getFindings()).singleElement().satisfies((finding) -> {
					assertThat(finding.code()).isEqualTo("needs-own-session");
					assertThat(finding.place()).asString().endsWith("V2__index.sql:2:1");
					assertThat(finding.remedy()).contains("samara.migrations.url");
				}));
		}
		assertThat(this.database.value(Boolean.class, "SELECT to_regclass('samara_migrations') IS NULL")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "PREPARE p AS SELECT 1", "SELECT pg_advisory_lock(1)",
			"DECLARE c CURSOR WITH HOLD FOR SELECT 1" })
	void refusesThroughAPoolerWhatOutlivesItsTransaction(String sql) {
		this.scripts.add("V1__a.sql", "DECLARE d CURSOR FOR SELECT 1; SELECT pg_advisory_xact_lock(1);\n" + sql);
		try (PgBouncer pooler = PgBouncer.inTransactionMode(this.database, SERVER_SESSIONS)) {
			assertThatExceptionOfType(MigrationValidationException.class)
				.isThrownBy(() -> migrator(pooler.dataSource(), LockMode.LEASE).migrate())
				.withMessageContaining("V1__a.sql:2:1")
				.withMessageContaining("outlives the transaction");
		}
	}

	@Test
	void worksAgainstTimeoutsOfTheRoleThroughAPooler() {
		this.database.asSuperuser()
			.execute("ALTER DATABASE " + this.database.name() + " SET statement_timeout = '300ms'",
					"ALTER DATABASE " + this.database.name() + " SET idle_in_transaction_session_timeout = '300ms'");
		this.scripts.add("V1__a.sql", "SELECT pg_sleep(0.8); CREATE TABLE a AS "
				+ "SELECT current_setting('idle_in_transaction_session_timeout') AS idle");
		try (PgBouncer pooler = PgBouncer.inTransactionMode(this.database, SERVER_SESSIONS)) {
			assertThat(migrator(pooler.dataSource(), LockMode.LEASE).migrate().applied()).hasSize(1);
		}
		assertThat(this.database.value(String.class, "SELECT idle FROM a")).isEqualTo("0");
	}

	@ParameterizedTest
	@CsvSource({ "default_transaction_read_only, on", "standard_conforming_strings, off",
			"default_transaction_isolation, serializable" })
	void refusesThroughAPoolerASettingByWhichScriptsMeanSomethingElse(String name, String value) {
		this.scripts.add("V1__a.sql", "SELECT 1");
		this.database.asSuperuser()
			.execute("ALTER DATABASE " + this.database.name() + " SET " + name + " = '" + value + "'");
		try (PgBouncer pooler = PgBouncer.inTransactionMode(this.database, SERVER_SESSIONS)) {
			assertThatExceptionOfType(DatabaseUnavailableException.class)
				.isThrownBy(() -> migrator(pooler.dataSource(), LockMode.LEASE).migrate())
				.withMessageContaining("has set " + name)
				.satisfies((ex) -> assertThat(ex.getRemedy()).contains("RESET) " + name));
		}
	}

	@Test
	void copiesThroughAPooler() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer);\nCOPY a FROM STDIN;\n1\n2\n\\.\nSELECT 1;");
		try (PgBouncer pooler = PgBouncer.inTransactionMode(this.database, SERVER_SESSIONS)) {
			assertThat(migrator(pooler.dataSource(), LockMode.LEASE).migrate().applied()).hasSize(1);
		}
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM a")).isEqualTo(2);
	}

	@Test
	void waitsForWhatIsLeftRunningWhenThePoolerDies() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)")
			.add("V2__slow.sql", "CREATE TABLE b (id integer); SELECT pg_sleep(4);");
		CompletableFuture<MigrationReport> cutOff;
		try (PgBouncer pooler = PgBouncer.inTransactionMode(this.database, SERVER_SESSIONS)) {
			cutOff = CompletableFuture.supplyAsync(() -> migrator(pooler.dataSource(), LockMode.LEASE).migrate());
			Awaitility.await().until(this::isSleeping);
		}
		assertThat(cutOff).failsWithin(Duration.ofSeconds(2))
			.withThrowableThat()
			.withMessageContaining("cannot be known from here");
		assertThat(isSleeping()).isTrue();
		this.database.execute("UPDATE samara_lock SET expires_at = clock_timestamp() - interval '1 second'");

		assertThat(migrator(this.database.dataSource(), LockMode.LEASE).migrate().applied()).hasSize(1);

		assertThat(isSleeping()).isFalse();
		assertThat(events()).containsExactly("1 APPLIED 1/1", "2 APPLIED 2/2");
	}

	private boolean isSleeping() {
		return this.database.value(Boolean.class,
				"SELECT EXISTS (SELECT FROM pg_stat_activity "
						+ "WHERE query LIKE '%CREATE TABLE b%' AND state = 'active' AND pid <> pg_backend_pid() "
						+ "AND datname = current_database())");
	}

	@Test
	void needsASecondConnectionForALease() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)");
		HikariConfig config = new HikariConfig();
		config.setDataSource(this.database.dataSource());
		config.setMaximumPoolSize(1);
		config.setConnectionTimeout(500);
		try (HikariDataSource pool = new HikariDataSource(config)) {
			assertThatExceptionOfType(DatabaseUnavailableException.class)
				.isThrownBy(() -> migrator(pool, LockMode.LEASE).migrate())
				.withMessageContaining("second connection")
				.satisfies((ex) -> assertThat(ex.getRemedy()).contains("maximum-pool-size"));
		}
	}

	private void addEverything() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)")
			.add("V1__a.down.sql", "DROP TABLE a")
			.add("V2__b.sql", "CREATE TABLE b (id integer); INSERT INTO b SELECT generate_series(1, 100);")
			.add("V2__b.down.sql", "DROP TABLE b")
			.add("V3__c.sql", "CREATE VIEW c AS SELECT id FROM b")
			.add("V3__c.down.sql", "DROP VIEW c");
	}

	private Migrator migrator(DataSource dataSource, LockMode lock) {
		return Migrator.builder(dataSource)
			.settings(MigrationSettings.builder()
				.locations(this.scripts.location())
				.lockWait(Duration.ofMinutes(1))
				.lock(lock)
				.build())
			.build();
	}

	/**
	 * Looks into all sessions of the pool: what is set in each, what it holds and hears.
	 */
	private static Map<Integer, String> serverSessions(PgBouncer pooler) throws SQLException {
		Map<Integer, String> sessions = new TreeMap<>();
		List<Connection> connections = new ArrayList<>();
		try {
			for (int i = 0; i < SERVER_SESSIONS; i++) {
				PGSimpleDataSource dataSource = pooler.dataSource();
				// With another threshold the driver prepares its BEGIN, for one session.
				dataSource.setPrepareThreshold(0);
				Connection connection = dataSource.getConnection();
				connections.add(connection);
				connection.setAutoCommit(false);
				try (Statement statement = connection.createStatement();
						ResultSet row = statement.executeQuery(
								"""
										SELECT pg_backend_pid(), concat_ws('; ', (SELECT string_agg(name || '=' || setting, ', ' ORDER BY name)
												FROM pg_settings WHERE source = 'session'),
											current_setting('role'), session_user, (SELECT count(*) FROM pg_listening_channels()),
											(SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()),
											(SELECT count(*) FROM pg_class WHERE relnamespace = pg_my_temp_schema()))
										""")) {
					row.next();
					sessions.put(row.getInt(1), row.getString(2));
				}
			}
		}
		finally {
			for (Connection connection : connections) {
				connection.rollback();
				connection.close();
			}
		}
		return sessions;
	}

	private static List<Integer> inEightThreads(Supplier<Integer> work) {
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			List<CompletableFuture<Integer>> runs = IntStream.range(0, 8)
				.mapToObj((i) -> CompletableFuture.supplyAsync(work, threads))
				.toList();
			return runs.stream().map(CompletableFuture::join).sorted().toList();
		}
		finally {
			threads.shutdownNow();
		}
	}

}
