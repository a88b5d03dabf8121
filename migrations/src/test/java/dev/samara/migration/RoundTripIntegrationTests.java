package dev.samara.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

	@Test
	void namesEachDownScriptThatDoesNotRestore(TestDatabase server, @TempDir Path folder) {
		Scripts scripts = Scripts.in(folder)
			.add("V1__good.sql", "CREATE TABLE a (id integer, name text)")
			.add("V1__good.down.sql", "DROP TABLE a")
			.add("V2__lossy.sql", "CREATE TABLE b (id integer); CREATE SEQUENCE s")
			.add("V2__lossy.down.sql", "DROP TABLE b")
			.add("V3__broken.sql", "CREATE TABLE c (id integer)")
			.add("V3__broken.down.sql", "DROP TABLE missing")
			.add("V4__none.sql", "CREATE TABLE d (id integer)")
			.add("V5__index.sql", "CREATE INDEX CONCURRENTLY a_id ON a (id)")
			.add("V5__index.down.sql", "DROP INDEX CONCURRENTLY a_id")
			.add("V6__moves.sql", "ALTER TABLE a DROP COLUMN id")
			.add("V6__moves.down.sql", "ALTER TABLE a ADD COLUMN id integer")
			.add("V7__unnamed.sql", "ALTER TABLE d ALTER COLUMN id SET DEFAULT 1")
			.add("V7__unnamed.down.sql", "SELECT 1");
		Migrator migrator = migrator(server.newDatabase(), scripts.location());

		RoundTripReport report = migrator.checkRoundTrips();

		assertThat(report.migrations()).extracting(RoundTripReport.RoundTrip::result)
			.containsExactly(Result.RESTORES, Result.UP_AGAIN_FAILS, Result.DOWN_FAILS, Result.NO_DOWN_SCRIPT,
					Result.RESTORES, Result.DIFFERS, Result.DIFFERS);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(report::assertRestored)
			.withMessageContaining("4 of 7 migrations do not come back as they went")
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
			.withMessageContaining("The database has a history of migrations");
	}

	@ParameterizedTest
	@ValueSource(strings = { "authelia", "chirpstack-as", "openmeter", "docsrs", "chirpstack", "nakama", "openfga" })
	void takesRealProjectsUpDownAndUpAgain(String set, TestDatabase server, @TempDir Path folder) throws Exception {
		CorpusPlan plan = Corpora.plan(set);
		String[] locations = copy(plan, folder);
		try (TestDatabase database = server.newDatabase().asSuperuser();
				TestDatabase scratch = server.newDatabase().asSuperuser()) {
			if (plan.preSql() != null) {
				database.execute(plan.preSql());
				scratch.execute(plan.preSql());
			}
			Migrator migrator = migrator(database, locations);

			assertThat(migrator.migrate().applied()).hasSize(plan.steps().size());
			RollbackReport back = migrator.rollback(RollbackTarget.EVERYTHING);
			assertThat(back.rolledBack()).hasSize(plan.steps().size());
			assertThat(back.current()).isNull();
			if (back.schemaDifference() != null && back.schemaDifference().isEmpty()) {
				assertThat(migrator.migrate().applied()).hasSize(plan.steps().size());
			}

			RoundTripReport report = migrator(scratch, locations).checkRoundTrips();
			System.out.println("ROUNDTRIP " + set + " " + report.migrations().size() + " difference after all: "
					+ back.schemaDifference());
			report.faulty().forEach((faulty) -> System.out.println("ROUNDTRIP   " + faulty));
			assertThat(report.migrations()).hasSize(plan.steps().size())
				.noneMatch((migration) -> migration.result() == Result.NOT_TRIED);
		}
	}

	/**
	 * Names files as we do where a project names folders, and writes our markers for
	 * those of other tools.
	 */
	private static String[] copy(CorpusPlan plan, Path folder) throws IOException {
		TreeSet<String> locations = new TreeSet<>();
		for (Step step : plan.steps()) {
			Path up = plan.up(step);
			String name = isFolderPerMigration(up) ? up.getParent().getFileName() + ".up.sql"
					: up.getFileName().toString();
			Path target = folder.resolve(name);
			Files.writeString(target, translated(Files.readString(up), step));
			if (step.down() != null && !step.markers()) {
				Path down = plan.folder().resolve(step.down());
				String downName = isFolderPerMigration(down) ? down.getParent().getFileName() + ".down.sql"
						: down.getFileName().toString();
				Files.writeString(folder.resolve(downName), Files.readString(down));
			}
			locations.add("file:" + folder);
		}
		return locations.toArray(String[]::new);
	}

	private static boolean isFolderPerMigration(Path file) {
		return List.of("up.sql", "down.sql").contains(file.getFileName().toString());
	}

	private static String translated(String text, Step step) {
		String result = text;
		for (Map.Entry<String, String> marker : Map
			.of("(?im)^-- *\\+(migrate|goose) up.*$", "-- samara: up", "(?im)^-- *\\+(migrate|goose) down.*$",
					"-- samara: down", "(?im)^-- *\\+(migrate|goose) Statement.*$", "")
			.entrySet()) {
			result = result.replaceAll(marker.getKey(), marker.getValue());
		}
		return result;
	}

	private static Migrator migrator(TestDatabase database, String... locations) {
		return Migrator.builder(database.dataSource())
			.settings(MigrationSettings.builder().locations(locations).build())
			.build();
	}

}
