package dev.samara.migration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Statements of which only the server knows that they cannot run in a transaction.
 */
@PostgresTest
class AloneIntegrationTests extends AbstractScriptIntegrationTests {

	AloneIntegrationTests(TestDatabase server) {
		super(server);
	}

	@Test
	@ExtendWith(CapturedLog.Capture.class)
	void runsAloneWhatTheServerRefusesInATransaction(CapturedLog log) {
		partitioned();
		this.scripts.add("V1__a.sql", "REINDEX TABLE p;\nCREATE TABLE b (id integer);\nINSERT INTO b VALUES (1);")
			.add("V2__b.sql", "REINDEX INDEX p_id");

		migrate();

		assertThat(events()).containsExactly("1 STARTED 0/3", "1 PROGRESSED 1/3", "1 PROGRESSED 3/3", "1 APPLIED 3/3",
				"2 STARTED 0/1", "2 PROGRESSED 1/1", "2 APPLIED 1/1");
		assertThat(this.database.values(Integer.class, "SELECT id FROM b")).containsExactly(1);
		assertThat(log.text()).contains("V1__a.sql:1:1 cannot run in a transaction, as the server says: it runs alone");
	}

	@Test
	void resumesAfterWhatRanAlone() {
		partitioned();
		this.scripts.add("V1__a.sql", "REINDEX TABLE p;\nSELECT missing();");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("Its first statement of 2 stays applied");
		this.scripts.add("V1__a.sql", "REINDEX TABLE p;\nCREATE TABLE b (id integer);");

		assertThat(migrate().applied().get(0).statements()).isEqualTo(1);
	}

	@Test
	void doesNotTearApartATransactionThatHasDoneSomething() {
		partitioned();
		this.scripts.add("V1__a.sql", "CREATE TABLE b (id integer);\nREINDEX TABLE p;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("V1__a.sql:2:1")
			.withMessageContaining("[25001]")
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("transaction=none"));

		assertThat(this.database.value(String.class, "SELECT to_regclass('b')::text")).isNull();
	}

	@Test
	void namesTheWayOutForAProcedureThatCommits() {
		this.database.execute("CREATE PROCEDURE c() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$");
		this.scripts.add("V1__a.sql", "CALL c()");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("[2D000]")
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("ends transactions itself")
				.contains("\"-- samara: transaction=none\" at the top of "));

		partitioned();
		this.scripts.add("V1__a.sql", """
				-- samara: transaction=none
				CALL c();
				DO $$ BEGIN CREATE TABLE b (id integer); COMMIT; INSERT INTO b VALUES (1); COMMIT; END $$;
				REINDEX TABLE p;
				""");

		assertThat(migrate().applied().get(0).statements()).isEqualTo(3);
		assertThat(this.database.values(Integer.class, "SELECT id FROM b")).containsExactly(1);
	}

	@Test
	void stepsOutOfTheTransactionThatAFileExpectsAroundIt() {
		this.scripts.add("V1__a.sql", """
				-- samara: transaction=none
				CREATE TABLE a (id integer);
				COMMIT;
				CREATE INDEX CONCURRENTLY a_id ON a (id);
				BEGIN;
				INSERT INTO a VALUES (1);
				""").add("V2__b.sql", """
				-- samara: transaction=none
				COMMIT;
				CREATE INDEX CONCURRENTLY a_id2 ON a (id);
				BEGIN;
				""");

		migrate();

		assertThat(this.database.values(Integer.class, "SELECT id FROM a")).containsExactly(1);
		assertThat(this.database.value(Long.class, "SELECT count(*) FROM pg_index WHERE indrelid = 'a'::regclass"))
			.isEqualTo(2);
	}

	/** Before version 14, REINDEX knew nothing of partitions. */
	private void partitioned() {
		this.database.assumeServer(14);
		this.database.execute("CREATE TABLE p (id integer) PARTITION BY RANGE (id)",
				"CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2)", "CREATE INDEX p_id ON p (id)");
	}

}
