package dev.samara.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.samara.migration.RoundTripReport.Result;
import dev.samara.testing.Corpora;
import dev.samara.testing.CorpusPlan.Step;
import dev.samara.testing.CorpusPlan;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which down scripts restore what was there, of our own and of real projects.
 */
@PostgresTest
class RoundTripIntegrationTests {

	private static final int MANY = 200;

	@Test
	void namesEachDownScriptThatDoesNotRestore(TestDatabase server, @TempDir Path folder) {
		Scripts scripts = Scripts.in(folder)
			.add("V1__good.sql", "CREATE TABLE a (id integer, name text, kind text)")
			.add("V1__good.down.sql", "DROP TABLE a")
			.add("V2__lossy.sql", "CREATE TABLE b (id integer); CREATE SEQUENCE s")
			.add("V2__lossy.down.sql", "DROP TABLE b")
			.add("V3__broken.sql", "CREATE TABLE c (id integer)")
			.add("V3__broken.down.sql", "DROP TABLE missing")
			.add("V4__none.sql", "CREATE TABLE d (id integer)")
			.add("V5__index.sql", "CREATE INDEX CONCURRENTLY a_id ON a (id)")
			.add("V5__index.down.sql", "DROP INDEX CONCURRENTLY a_id")
			.add("V6__moves.sql", "ALTER TABLE a DROP COLUMN name, ADD COLUMN size integer")
			.add("V6__moves.down.sql", "ALTER TABLE a DROP COLUMN size, ADD COLUMN name text")
			.add("V7__unnamed.sql", "ALTER TABLE d ALTER COLUMN id SET DEFAULT 1")
			.add("V7__unnamed.down.sql", "SELECT 1");
		Migrator migrator = migrator(server.newDatabase(), scripts.location());

		RoundTripReport report = migrator.checkRoundTrips();

		assertThat(report.migrations()).extracting(RoundTripReport.RoundTrip::result)
			.containsExactly(Result.RESTORES, Result.UP_AGAIN_FAILS, Result.DOWN_FAILS, Result.NO_DOWN_SCRIPT,
					Result.RESTORES, Result.RESTORES_IN_OTHER_ORDER, Result.DIFFERS);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(report::assertRestored)
			.withMessageContaining("3 of 7 migrations do not come back as they went")
			.withMessageContaining("+ sequence public.s")
			.withMessageContaining("table \"missing\" does not exist")
			.withMessageContaining("7 (unnamed) DIFFERS");
	}

	@Test
	void refusesADatabaseThatIsInUse(TestDatabase server, @TempDir Path folder) {
		Scripts scripts = Scripts.in(folder).add("V1__a.sql", "SELECT 1");
		TestDatabase database = server.newDatabase();
		migrator(database, scripts.location()).migrate();

		assertThatExceptionOfType(MigrationValidationException.class)
			.isThrownBy(() -> migrator(database, scripts.location()).checkRoundTrips())
			.withMessageContaining("The database is not empty: it has a history of migrations");

		TestDatabase other = server.newDatabase();
		other.execute("CREATE TABLE precious (id int)");
		assertThatExceptionOfType(MigrationValidationException.class)
			.isThrownBy(() -> migrator(other, scripts.location()).checkRoundTrips())
			.withMessageContaining("it holds tables: precious");
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			authelia,      0002 0003 0007 0011 0012
			chirpstack-as, 0029 0034
			openmeter,     0009 0011 0016 0062 0064 0101 0102 0109 0117 0151 0160 0161 0231 0236
			docsrs,        0001 0002 0010 0012 0031 0033
			chirpstack,    0002 0021
			nakama,        0006 0017 0019
			openfga,       ''
			""")
	void takesRealProjectsUpDownAndUpAgain(String set, String faulty, TestDatabase server, @TempDir Path folder)
			throws Exception {
		CorpusPlan plan = Corpora.plan(set);
		Assumptions.assumeTrue(plan.steps().size() < MANY || Boolean.getBoolean("samara.test.long"),
				"Takes more than a minute; -Dsamara.test.long=true runs it");
		String location = copy(plan, folder);
		try (TestDatabase database = server.newDatabase().asSuperuser();
				TestDatabase scratch = server.newDatabase().asSuperuser()) {
			if (plan.preSql() != null) {
				database.execute(plan.preSql());
				scratch.execute(plan.preSql());
			}
			Migrator migrator = migrator(database, location);

			assertThat(migrator.migrate().applied()).hasSize(plan.steps().size());
			RollbackReport back = migrator.rollback(RollbackTarget.EVERYTHING);
			assertThat(back.rolledBack()).hasSize(plan.steps().size());
			assertThat(back.current()).isNull();
			assertThat(migrator.migrate().applied()).hasSize(plan.steps().size());

			RoundTripReport report = migrator(scratch, location).checkRoundTrips();
			assertThat(report.migrations()).hasSize(plan.steps().size())
				.noneMatch((migration) -> migration.result() == Result.NOT_TRIED);
			assertThat(report.faulty()).extracting((found) -> found.migration().key().toString())
				.containsExactlyElementsOf(faulty.isEmpty() ? List.of() : List.of(faulty.split(" ")));
		}
	}

	/**
	 * Numbers the files, since projects name them each in their own way, and writes our
	 * markers for those of other tools.
	 */
	private static String copy(CorpusPlan plan, Path folder) throws IOException {
		int number = 0;
		for (Step step : plan.steps()) {
			String name = "%04d_%s".formatted(++number, step.id().replaceAll("[^A-Za-z0-9]+", "_"));
			Files.writeString(folder.resolve(name + ".up.sql"), translated(Files.readString(plan.up(step)), step));
			if (step.down() != null && !step.markers()) {
				Files.writeString(folder.resolve(name + ".down.sql"),
						Files.readString(plan.folder().resolve(step.down())));
			}
		}
		return "file:" + folder;
	}

	private static String translated(String text, Step step) {
		if (!step.markers()) {
			return text;
		}
		boolean endsTransactions = text.matches("(?ism).*^\\s*COMMIT;.*");
		String begin = endsTransactions ? "-- samara: transaction=none\nBEGIN;\n" : "";
		String commit = endsTransactions ? "COMMIT;\n" : "";
		return text.replaceAll("(?im)^-- *\\+(migrate|goose) up.*$", "-- samara: up\n" + begin)
			.replaceAll("(?im)^-- *\\+(migrate|goose) down.*$", commit + "-- samara: down\n" + begin)
			.replaceAll("(?im)^-- *\\+(migrate|goose) statement.*$", "") + "\n" + commit;
	}

	private static Migrator migrator(TestDatabase database, String location) {
		return Migrator.builder(database.dataSource())
			.settings(MigrationSettings.builder().locations(location).build())
			.build();
	}

}
