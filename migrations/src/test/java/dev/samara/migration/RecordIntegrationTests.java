package dev.samara.migration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a statement does and what the history says of it stay together, also where a file
 * is not one transaction: when it cannot be recorded, it is not done.
 */
@PostgresTest
class RecordIntegrationTests extends AbstractScriptIntegrationTests {

	RecordIntegrationTests(TestDatabase server) {
		super(server);
	}

	/**
	 * The first record of a segment fails, as when the session ends just before it.
	 */
	@BeforeEach
	void failFirstRecord() {
		this.scripts.add("V1__table.sql", "CREATE TABLE a (id integer);");
		migrate();
		this.database.execute("""
				CREATE SEQUENCE records;
				CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
				BEGIN
					IF nextval('records') = 1 THEN
						RAISE EXCEPTION 'no record';
					END IF;
					RETURN NEW;
				END $$;
				CREATE TRIGGER fail BEFORE INSERT ON samara_migrations FOR EACH ROW
					WHEN (NEW.event = 'PROGRESSED') EXECUTE FUNCTION fail();
				""");
	}

	@Test
	void ofTheScriptsOwnTransaction() {
		assertIsDoneOnce("BEGIN;\nINSERT INTO a VALUES (1);\nCOMMIT;");
	}

	@Test
	void ofTheScriptsOwnTransactionThatEnds() {
		assertIsDoneOnce("START TRANSACTION ISOLATION LEVEL SERIALIZABLE;\nINSERT INTO a VALUES (1);\nEND;");
	}

	@Test
	void ofCopy() {
		assertIsDoneOnce("COPY a FROM STDIN;\n1\n\\.");
	}

	@Test
	void ofASingleStatement() {
		assertIsDoneOnce("INSERT INTO a VALUES (1);");
	}

	@Test
	void ofATransactionThatOnlyReads() {
		this.database.execute("SELECT nextval('records')");
		this.scripts.add("V2__a.sql",
				"-- samara: transaction=none\nBEGIN READ ONLY;\nSELECT count(*) FROM a;\nCOMMIT;");

		assertThat(migrate().applied()).hasSize(1);
	}

	private void assertIsDoneOnce(String statements) {
		this.scripts.add("V2__a.sql", "-- samara: transaction=none\n" + statements + "\n");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("no record");

		migrate();

		assertThat(this.database.values(Integer.class, "SELECT id FROM a")).containsExactly(1);
	}

}
