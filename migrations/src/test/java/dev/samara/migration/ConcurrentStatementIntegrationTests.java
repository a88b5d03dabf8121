package dev.samara.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Statements that do their work in several transactions of their own, and what an
 * interruption leaves of it.
 */
@PostgresTest
@ExtendWith(CapturedLog.Capture.class)
class ConcurrentStatementIntegrationTests extends AbstractScriptIntegrationTests {

	ConcurrentStatementIntegrationTests(TestDatabase server) {
		super(server);
	}

	@Test
	void tellsHowToFindDuplicatesAndLeavesNoInvalidIndex() {
		this.database.execute("CREATE TABLE a (id integer, email text)",
				"INSERT INTO a VALUES (1, 'ada@example.org'), (2, 'ada@example.org')");
		this.scripts.add("V1__a.sql", "CREATE UNIQUE INDEX CONCURRENTLY a_email ON a (email) WHERE id > 0");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate).satisfies((ex) -> {
			assertThat(ex.getRemedy())
				.contains("SELECT email, count(*) FROM a WHERE email IS NOT NULL GROUP BY email HAVING count(*) > 1;");
			assertThat(ex.getMessage() + ex.getRemedy()).doesNotContain("ada");
		});

		assertThat(indexes("a")).isEmpty();
	}

	@Test
	void dropsTheInvalidIndexThatHasNoNameOfOurs() {
		this.database.execute("CREATE TABLE a (id integer)", "INSERT INTO a VALUES (1), (1)");
		this.scripts.add("V1__a.sql", "CREATE UNIQUE INDEX CONCURRENTLY ON a (id)");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate);

		assertThat(indexes("a")).isEmpty();
	}

	@Test
	void rebuildsAnInvalidIndexInsteadOfPassingItOver(CapturedLog log) {
		leaveInvalid("a_id");
		this.scripts.add("V1__a.sql", "CREATE INDEX CONCURRENTLY IF NOT EXISTS a_id ON a (id)");

		migrate();

		assertThat(indexes("a")).containsExactly("a_id valid");
		assertThat(log.text()).contains("Index a_id is invalid, left by an attempt that did not finish");
	}

	@Test
	void findsTheLeftoverOfAnInterruptedBuildWithoutName() {
		leaveInvalid("a_id_idx");
		this.scripts.add("V1__a.sql", "CREATE INDEX CONCURRENTLY ON a (id)");
		interrupt("CREATE INDEX CONCURRENTLY ON a (id)");

		migrate();

		assertThat(indexes("a")).containsExactly("a_id_idx valid");
	}

	@Test
	void leavesAnInvalidIndexAloneThatMayBeSomebodyElses(CapturedLog log) {
		leaveInvalid("a_id_idx");
		this.scripts.add("V1__a.sql", "CREATE INDEX CONCURRENTLY ON a (id)");

		migrate();

		assertThat(indexes("a")).containsExactly("a_id_idx invalid", "a_id_idx1 valid");
		assertThat(log.text()).contains("Table a has an invalid index a_id_idx, perhaps left by an attempt");
	}

	@Test
	void warnsOfAnotherIndexOfThatName(CapturedLog log) {
		this.database.execute("CREATE TABLE a (id integer, name text)", "CREATE INDEX a_id ON a (name)",
				"CREATE TABLE b (id integer)", "CREATE INDEX b_id ON b (id)");
		this.scripts.add("V1__a.sql", "CREATE INDEX CONCURRENTLY IF NOT EXISTS a_id ON a (id)")
			.add("V2__b.sql", "CREATE INDEX CONCURRENTLY IF NOT EXISTS b_id ON a (id)");

		migrate();

		assertThat(log.text())
			.contains("Index a_id exists, so that IF NOT EXISTS builds nothing; but its definition is another one")
			.contains("Index b_id exists, so that IF NOT EXISTS builds nothing; but it is on table b");
	}

	@Test
	void tellsHowToBuildAnIndexOfAPartitionedTable() {
		this.database.execute("CREATE TABLE p (id integer) PARTITION BY RANGE (id)");
		this.scripts.add("V1__a.sql", "CREATE INDEX CONCURRENTLY p_id ON p (id)");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("CREATE INDEX p_id ON ONLY p")
				.contains("ALTER INDEX p_id ATTACH PARTITION"));
	}

	@Test
	void clearsWhatAnInterruptedReindexHasLeftOfThatIndexOnly() throws Exception {
		this.database.execute("CREATE TABLE a (id integer)", "CREATE INDEX a_id ON a (id)",
				"CREATE INDEX a_other ON a (id)");
		killInside("REINDEX INDEX CONCURRENTLY a_other");
		killInside("REINDEX INDEX CONCURRENTLY a_id");
		assertThat(indexes("a")).contains("a_id_ccnew invalid", "a_other_ccnew invalid");
		this.scripts.add("V1__a.sql", "REINDEX INDEX CONCURRENTLY public.a_id");

		migrate();

		assertThat(indexes("a")).containsExactly("a_id valid", "a_other valid", "a_other_ccnew invalid");
		this.scripts.add("V2__b.sql", "REINDEX TABLE CONCURRENTLY a");
		migrate();
		assertThat(indexes("a")).containsExactly("a_id valid", "a_other valid");
	}

	@Test
	void takesADropAsDoneThatTheServerHasFinishedAlone() {
		this.database.execute("CREATE TABLE a (id integer)", "CREATE INDEX a_id ON a (id)");
		this.scripts.add("V1__a.sql", "DROP INDEX CONCURRENTLY a_id");
		interrupt("DROP INDEX CONCURRENTLY a_id");
		this.database.execute("DROP INDEX IF EXISTS a_id");

		assertThat(migrate().applied()).hasSize(1);
	}

	@Test
	void staysInDoubtUntilTheStatementIsComeTo() throws Exception {
		leaveInvalid("a_id");
		this.scripts.add("V1__a.sql", "CREATE INDEX CONCURRENTLY a_id ON a (id)");
		interrupt("CREATE INDEX CONCURRENTLY a_id ON a (id)");
		try (Connection other = this.database.connection(); Statement statement = other.createStatement()) {
			other.setAutoCommit(false);
			statement.execute("LOCK TABLE a IN SHARE UPDATE EXCLUSIVE MODE");
			assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
				.withMessageContaining("another session works on its table");
			other.rollback();
		}
		// Somebody's server has finished it meanwhile.
		this.database.asSuperuser()
			.execute("UPDATE pg_index SET indisvalid = true WHERE indexrelid = 'a_id'::regclass");

		assertThat(migrate().applied()).hasSize(1);

		assertThat(this.database.values(String.class,
				"SELECT event || coalesce(' ' || sql_state, '') FROM " + "samara_migrations ORDER BY id"))
			.containsExactly("STARTED", "STARTED", "STARTED 55006", "STARTED", "PROGRESSED", "APPLIED");
		assertThat(indexes("a")).containsExactly("a_id valid");
	}

	@Test
	void isNotInDoubtAboutWhatHasFailedOnce() {
		this.scripts.add("V1__a.sql", "DROP INDEX CONCURRENTLY a_id");
		for (int run = 0; run < 2; run++) {
			assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
				.withMessageContaining("[42704]");
		}
	}

	@Test
	void namesTheInvalidIndexThatIsInTheWay() {
		leaveInvalid("a_id");
		this.database.execute("CREATE TABLE b (id integer)");
		this.scripts.add("V1__b.sql", "CREATE INDEX CONCURRENTLY a_id ON b (id)");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("DROP INDEX CONCURRENTLY \"public\".\"a_id\";"));
	}

	@Test
	void recordsWhatItCouldNotLookAt() {
		this.database.execute("CREATE TABLE a (id integer)");
		this.scripts.add("V1__a.sql", "CREATE INDEX CONCURRENTLY a_id ON a (id)");
		this.database.asSuperuser().execute("REVOKE SELECT ON pg_catalog.pg_index FROM PUBLIC");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("V1__a.sql:1:1")
			.withMessageContaining("[42501]");

		assertThat(events()).containsExactly("1 STARTED 0/1", "1 FAILED 0/1");
	}

	@Test
	void doesNotTakeADropAsDoneThatNobodyHasBegun() {
		this.scripts.add("V1__a.sql", "DROP INDEX CONCURRENTLY a_id");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("[42704]");
	}

	@Test
	void finishesAPartitionThatIsHalfDetached(CapturedLog log) throws Exception {
		Assumptions.assumeTrue(this.database.serverVersion() >= 14);
		this.database.execute("CREATE TABLE p (id integer) PARTITION BY RANGE (id)",
				"CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2)");
		try (Connection reader = this.database.connection(); Statement statement = reader.createStatement()) {
			reader.setAutoCommit(false);
			statement.execute("SELECT * FROM p");
			CompletableFuture<Void> detach = CompletableFuture
				.runAsync(() -> this.database.execute("ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY"));
			Awaitility.await()
				.until(() -> this.database.value(Boolean.class, "SELECT inhdetachpending FROM pg_inherits"));
			this.database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
					+ "WHERE query LIKE 'ALTER TABLE p DETACH%' AND datname = current_database()");
			assertThat(detach).failsWithin(Duration.ofSeconds(10));
			reader.rollback();
		}
		this.scripts.add("V1__a.sql", "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY");

		assertThat(migrate().applied()).hasSize(1);

		assertThat(this.database.value(Integer.class, "SELECT count(*) FROM pg_inherits")).isZero();
		assertThat(log.text()).contains("Partition p1 of p is half detached");
	}

	@Test
	void takesADetachAsDoneThatTheServerHasFinishedAlone() {
		Assumptions.assumeTrue(this.database.serverVersion() >= 14);
		this.database.execute("CREATE TABLE p (id integer) PARTITION BY RANGE (id)", "CREATE TABLE p1 (id integer)");
		this.scripts.add("V1__a.sql", "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate);
		interrupt("ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY");

		assertThat(migrate().applied()).hasSize(1);
	}

	@Test
	void showsHowFarAnIndexIsAndWhomItWaitsFor(CapturedLog log) throws Exception {
		this.database.execute("CREATE TABLE a (id integer)");
		this.scripts.add("V1__a.sql", "CREATE INDEX CONCURRENTLY a_id ON a (id)");
		try (Connection writer = this.database.connection(); Statement statement = writer.createStatement()) {
			writer.setAutoCommit(false);
			writer.setClientInfo("ApplicationName", "billing");
			statement.execute("INSERT INTO a VALUES (1)");
			CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(this::migrate);
			Awaitility.await().until(() -> log.text().contains("has been running for 1 s"));

			Migrator other = Migrator.builder(this.database.dataSource())
				.settings(MigrationSettings.builder()
					.onNonEmpty(OnNonEmpty.MIGRATE)
					.locations(this.scripts.location())
					.build())
				.build();
			assertThat(other.status().migrations()).singleElement().satisfies((status) -> {
				assertThat(status.state()).isEqualTo(MigrationState.RUNNING);
				assertThat(status.progress()).isNotNull();
				assertThat(status.progress().table()).isEqualTo("a");
				assertThat(status.progress().phase()).isEqualTo("waiting for writers before build");
				assertThat(status.progress().percent()).isZero();
				assertThat(status.progress().waitsFor()).contains("application \"billing\"");
			});
			assertThat(log.text())
				.contains("V1__a.sql:1:1 has been running for 1 s: "
						+ "waiting for writers before build, 0 %; it waits for pid ")
				.contains("; to make that let go: SELECT pg_terminate_backend(");
			writer.rollback();
			run.get();
			assertThat(other.status().migrations()).extracting(MigrationStatus::progress).containsOnlyNulls();
		}
	}

	private void leaveInvalid(String index) {
		this.database.execute("CREATE TABLE a (id integer)", "INSERT INTO a VALUES (1)",
				"CREATE INDEX " + index + " ON a (id)");
		this.database.asSuperuser()
			.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = '" + index + "'::regclass");
	}

	/** As if the application had been killed in the first statement of V1. */
	private void interrupt(String sql) {
		this.scripts.add("V1__a.sql", "SELECT missing(); VACUUM;");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate);
		this.scripts.add("V1__a.sql", sql);
		this.database.execute("DELETE FROM samara_migrations WHERE event <> 'STARTED'");
	}

	private void killInside(String sql) throws SQLException {
		try (Connection writer = this.database.connection(); Statement statement = writer.createStatement()) {
			writer.setAutoCommit(false);
			statement.execute("INSERT INTO a VALUES (1)");
			CompletableFuture<Void> reindex = CompletableFuture.runAsync(() -> this.database.execute(sql));
			Awaitility.await()
				.until(() -> this.database.value(Boolean.class,
						"SELECT EXISTS (SELECT FROM pg_stat_progress_create_index WHERE phase LIKE 'waiting for writers%' "
								+ "AND datname = current_database())"));
			this.database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = '" + sql
					+ "' AND datname = current_database()");
			assertThat(reindex).failsWithin(Duration.ofSeconds(10));
			writer.rollback();
		}
	}

	private List<String> indexes(String table) {
		return this.database.values(String.class,
				"SELECT indexrelid::regclass || CASE WHEN indisvalid THEN ' valid' ELSE ' invalid' END FROM pg_index "
						+ "WHERE indrelid = ?::regclass ORDER BY 1",
				table);
	}

}
