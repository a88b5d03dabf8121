package dev.samara.migration;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

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

	@Test
	void takesBackAHalfAppliedMigrationBeforeWhatLiesBeneathIt() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id int, x int)").add("V1__a.down.sql", "DROP TABLE a");
		this.scripts.add("V2__i.sql",
				"CREATE INDEX CONCURRENTLY a_id ON a (id); CREATE INDEX CONCURRENTLY a_y ON a (y);");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrator()::migrate);

		assertThatExceptionOfType(RollbackRefusedException.class)
			.isThrownBy(() -> migrator().rollback(RollbackTarget.EVERYTHING))
			.satisfies((ex) -> assertThat(ex.getFindings()).singleElement()
				.satisfies((finding) -> assertThat(finding.message()).contains("Migration 2 (i) stopped half-way")));

		this.scripts.add("V2__i.down.sql", "DROP INDEX CONCURRENTLY IF EXISTS a_y; DROP INDEX CONCURRENTLY a_id;");
		assertThat(keys(migrator().rollback(RollbackTarget.EVERYTHING))).containsExactly("2", "1");
		this.scripts.add("V2__i.sql",
				"CREATE INDEX CONCURRENTLY a_id ON a (id); CREATE INDEX CONCURRENTLY a_y ON a (x);");
		migrator().migrate();
		assertThat(this.database.values(String.class,
				"SELECT indexname FROM pg_indexes WHERE tablename = 'a' ORDER BY indexname"))
			.containsExactly("a_id", "a_y");
	}

	@Test
	void makesRepeatableMigrationsAgainAfterARollback() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id int)").add("V2__b.sql", "ALTER TABLE a ADD COLUMN b int");
		this.scripts.add("V2__b.down.sql", "DROP VIEW v; ALTER TABLE a DROP COLUMN b");
		this.scripts.add("R__v.sql", "CREATE OR REPLACE VIEW v AS SELECT * FROM a");
		migrator().migrate();

		migrator().rollback(RollbackTarget.LAST);
		assertThat(migrator().plan().steps()).extracting(PlanStep::reason)
			.containsExactly("rolled back before", "a rollback came after it");
		migrator().migrate();

		assertThat(this.database.values(String.class, "SELECT viewname FROM pg_views WHERE viewname = 'v'")).hasSize(1);
		assertThat(migrator().migrate().applied()).isEmpty();
	}

	@Test
	void refusesWaysBackThatSayNothing() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a ();\n-- samara: down\n");
		this.scripts.add("V2__b.sql", "SELECT 1").add("V2__b.down.sql", "-- to do\n");
		this.scripts.add("V3__c.sql", "SELECT 1")
			.add("V3__c.down.sql", "-- samara: up\nSELECT 1;\n-- samara: down\nSELECT 2");

		assertThat(migrator().plan().findings()).extracting(Finding::code)
			.containsExactlyInAnyOrder("empty-down-script", "empty-down-script", "section-in-down-script");
	}

	@Test
	void takesNoMoreThanOnceWhenTwoInstancesGoBackToAVersion() {
		for (int i = 1; i <= 4; i++) {
			this.scripts.add("V" + i + "__t.sql", "CREATE TABLE t" + i + " ()")
				.add("V" + i + "__t.down.sql", "DROP TABLE t" + i + "; SELECT pg_sleep(0.1)");
		}
		migrator().migrate();

		List<CompletableFuture<RollbackReport>> both = List.of(
				CompletableFuture.supplyAsync(() -> migrator().rollback(RollbackTarget.toVersion("2"))),
				CompletableFuture.supplyAsync(() -> migrator().rollback(RollbackTarget.toVersion("2"))));

		assertThat(both.stream().flatMap((report) -> keys(report.join()).stream())).containsExactlyInAnyOrder("4", "3");
	}

	@Test
	void keepsPicturesForARoleThatDoesNotOwnTheTable() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a ()").add("V1__a.down.sql", "DROP TABLE a");
		migrator().migrate();
		this.database.asSuperuser()
			.execute("ALTER TABLE samara_schema_snapshots OWNER TO CURRENT_USER",
					"GRANT ALL ON samara_schema_snapshots TO PUBLIC");

		this.scripts.add("V2__b.sql", "CREATE TABLE b ()")
			.add("V2__b.down.sql", "DROP TABLE b; CREATE SEQUENCE forgotten");
		migrator().migrate();

		RollbackReport report = migrator().rollback(RollbackTarget.LAST);
		assertThat(report.schemaDifference()).hasToString(
				"+ sequence public.forgotten: bigint START 1 INCREMENT 1 MIN 1 " + "MAX 9223372036854775807 CACHE 1");
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
