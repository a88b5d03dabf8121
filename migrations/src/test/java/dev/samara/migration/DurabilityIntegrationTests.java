package dev.samara.migration;

import org.junit.jupiter.api.Test;

import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which commits of a run wait for the disk.
 */
@PostgresTest
class DurabilityIntegrationTests extends AbstractScriptIntegrationTests {

	DurabilityIntegrationTests(TestDatabase server) {
		super(server);
	}

	@Test
	void waitsForTheDiskWithTheLastMigrationOfARun() {
		this.database.execute("ALTER DATABASE " + this.database.name() + " SET synchronous_commit = 'local'");
		this.scripts.add("V1__watch.sql", """
				CREATE TABLE seen (version text, event text, commit text);
				CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS $$
				BEGIN
					INSERT INTO seen VALUES (NEW.version, NEW.event, current_setting('synchronous_commit'));
					RETURN NEW;
				END $$;
				CREATE TRIGGER look AFTER INSERT ON samara_migrations FOR EACH ROW EXECUTE FUNCTION look();
				""")
			.add("V2__plain.sql", "CREATE TABLE a (id integer)")
			.add("V3__settings.sql", "SET search_path = pg_catalog; SET synchronous_commit = remote_apply; SELECT 1;")
			.add("V4__parts.sql", "SELECT 1; CREATE INDEX CONCURRENTLY a_id ON public.a (id)")
			.add("V5__own.sql", "BEGIN; CREATE TABLE b (id integer); COMMIT;")
			.add("V6__last.sql", "CREATE TABLE c (id integer)");

		migrate();

		assertThat(this.database.values(String.class,
				"SELECT concat_ws(' ', version, commit) FROM seen WHERE event = 'APPLIED' ORDER BY version"))
			.containsExactly("1 off", "2 off", "3 off", "4 local", "5 off", "6 local");
		assertThat(this.database.values(String.class,
				"SELECT commit FROM seen WHERE version = '4' AND event <> 'APPLIED'"))
			.isNotEmpty()
			.containsOnly("local");
	}

}
