package dev.samara.migration;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is easily forgotten about ways back: repeatable migrations, ambiguous files, texts
 * that only the history has.
 */
@PostgresTest
class RollbackEdgesIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts scripts;

	RollbackEdgesIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.scripts = Scripts.in(folder);
	}

	@Test
	void takesALastRunOfRepeatableMigrationsForTheLastRun() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a ()").add("V1__a.down.sql", "DROP TABLE a");
		migrator().migrate();
		this.scripts.add("R__v.sql", "CREATE OR REPLACE VIEW v AS SELECT 1").add("R__v.down.sql", "DROP VIEW v");
		migrator().migrate();

		assertThat(keys(migrator().rollback(RollbackTarget.LAST_RUN))).containsExactly("R:v");
		assertThat(keys(migrator().rollback(RollbackTarget.LAST_RUN))).containsExactly("1");
	}

	@Test
	void refusesAWayBackThatSeveralFilesClaim() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a ()").add("V2__b.sql", "CREATE TABLE b ()");
		this.scripts.add("V1__a.down.sql", "DROP TABLE a").add("V2__b.down.sql", "DROP TABLE b");
		migrator().migrate();
		this.scripts.add("U1__a.sql", "DROP TABLE a CASCADE");

		assertThat(keys(migrator().rollback(RollbackTarget.LAST))).containsExactly("2");
		assertThatExceptionOfType(RollbackRefusedException.class)
			.isThrownBy(() -> migrator().rollback(RollbackTarget.LAST))
			.satisfies((ex) -> assertThat(ex.getFindings()).extracting(Finding::code)
				.containsExactly("duplicate-down-script"));
	}

	@Test
	void saysWhereACorrectedWayBackGoesIfOnlyTheHistoryHasOne() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a ()").add("V1__a.down.sql", "DROP TABLE missing");
		migrator().migrate();
		this.scripts.remove("V1__a.sql").remove("V1__a.down.sql");
		this.scripts.add("V2__b.sql", "SELECT 1");

		assertThatExceptionOfType(RollbackFailedException.class)
			.isThrownBy(() -> migrator().rollback(RollbackTarget.LAST))
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("kept when the migration was applied",
					"V1__a.sql back as it was"));
	}

	@Test
	void goesOnWithAHalfAppliedRepeatableWhateverItsTextIs() {
		String good = "CREATE TABLE IF NOT EXISTS a (); VACUUM a;";
		this.scripts.add("R__a.sql", good);
		migrator().migrate();
		this.scripts.add("R__a.sql", good + " VACUUM missing;");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrator()::migrate);

		this.scripts.add("R__a.sql", good);
		assertThat(migrator().status().migrations()).extracting(MigrationStatus::state)
			.containsExactly(MigrationState.FAILED);
		assertThat(migrator().migrate().applied()).hasSize(1);

		this.scripts.add("R__a.sql", good + " VACUUM missing;");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrator()::migrate);
		this.scripts.add("R__a.sql", "CREATE TABLE IF NOT EXISTS b (); VACUUM b;");
		assertThat(migrator().migrate().applied()).singleElement()
			.satisfies((result) -> assertThat(result.statements()).isEqualTo(2));
		assertThat(migrator().migrate().applied()).isEmpty();
	}

	@Test
	void triesAMigrationInASchemaThatIsNotThere() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a ()");
		Migrator migrator = Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder().locations(this.scripts.location()).schema("garden").build())
			.build();

		assertThat(migrator.dryRun().difference().toString()).contains("garden.a");
		assertThat(this.database.values(String.class, "SELECT nspname FROM pg_namespace WHERE nspname = 'garden'"))
			.isEmpty();

		migrator.migrate();
		assertThat(this.database.values(String.class, "SELECT tablename FROM pg_tables WHERE schemaname = 'garden'"))
			.contains("a", "samara_migrations");
	}

	private static List<String> keys(RollbackReport report) {
		return report.rolledBack().stream().map((result) -> result.key().toString()).toList();
	}

	private Migrator migrator() {
		return Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder().locations(this.scripts.location()).build())
			.build();
	}

}
