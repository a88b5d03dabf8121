package dev.samara.migration;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@PostgresTest
class NonEmptySchemaIntegrationTests extends AbstractScriptIntegrationTests {

	private static final String FLYWAY = """
			CREATE TABLE %1$s (installed_rank integer PRIMARY KEY, version varchar(50), description varchar(200) NOT NULL,
				type varchar(20) NOT NULL, script varchar(1000) NOT NULL, checksum integer, installed_by varchar(100) NOT NULL,
				installed_on timestamp NOT NULL DEFAULT now(), execution_time integer NOT NULL, success boolean NOT NULL);
			INSERT INTO %1$s VALUES (1, '1', 'a', 'SQL', 'V1__a.sql', 7, 'x', now(), 1, true),
				(2, '2.1', 'b', 'SQL', 'V2_1__b.sql', 8, 'x', now(), 1, true),
				(3, '3', 'c', 'SQL', 'V3__c.sql', 9, 'x', now(), 1, false);
			""";

	NonEmptySchemaIntegrationTests(TestDatabase server) {
		super(server);
	}

	@BeforeEach
	void scripts() {
		this.scripts.add("V1__a.sql", "CREATE TABLE IF NOT EXISTS a (); CREATE TABLE log (n int)");
	}

	@Test
	void refusesADatabaseThatFlywayHasMigratedAndWritesNothing() {
		this.database.execute(FLYWAY.formatted("flyway_schema_history"));
		this.database.execute("CREATE TABLE a ()");

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(ex.getFindings()).singleElement()
				.satisfies((finding) -> assertThat(finding.message()).contains(
						"Schema \"public\" of database \"" + this.database.name() + "\" contains 2 objects",
						"(table a, table flyway_schema_history)",
						"Flyway: table public.flyway_schema_history, last version 2.1"))
				.satisfies((finding) -> assertThat(finding.remedy()).contains("samara.migrations.on-non-empty=migrate",
						"samara.migrations.on-startup=off", "samara.migrations.schema")));
		assertThat(tables()).containsExactly("a", "flyway_schema_history");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			table c             | CREATE TABLE c ()
			view c              | CREATE VIEW c AS SELECT 1
			materialized view c | CREATE MATERIALIZED VIEW c AS SELECT 1
			sequence c          | CREATE SEQUENCE c
			function c          | CREATE FUNCTION c() RETURNS int LANGUAGE sql AS 'SELECT 1'
			type c              | CREATE TYPE c AS ENUM ('x')
			type c              | CREATE TYPE c AS (x int)
			domain c            | CREATE DOMAIN c AS int
			""")
	void refusesASchemaWithOneObjectOfAnyKind(String object, String sql) {
		this.database.execute(sql);

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(this::migrate)
			.withMessageContaining("contains 1 object (" + object + ")");
	}

	@Test
	void countsAColumnWithItsSequenceOnceAndNamesTheFirstFew() {
		this.database.execute("""
				CREATE TABLE f (id serial PRIMARY KEY); CREATE TABLE e (id int GENERATED ALWAYS AS IDENTITY);
				CREATE TABLE d (); CREATE TABLE c (); CREATE TABLE b (); CREATE VIEW a AS SELECT 1;
				""");

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(this::migrate)
			.withMessageContaining("contains 6 objects (table b, table c, table d, table e, table f, …)");
	}

	@Test
	void migratesASchemaThatContainsNothingButExtensions() {
		this.database.asSuperuser().execute("CREATE EXTENSION hstore; CREATE EXTENSION pg_stat_statements");

		assertThat(migrate().applied()).hasSize(1);
	}

	@Test
	void migratesAnEmptySchemaBesideOneThatFlywayHasMigrated() {
		this.database.execute(FLYWAY.formatted("flyway_schema_history"));

		assertThat(migrator(MigrationSettings.builder().schema("app")).migrate().applied()).hasSize(1);
	}

	@Test
	void runsOnTopOfExistingObjectsWhereThatIsConfigured() {
		this.database.execute("CREATE TABLE a (kept int)");

		assertThat(migrator(MigrationSettings.builder().onNonEmpty(OnNonEmpty.MIGRATE)).migrate().applied()).hasSize(1);
		this.scripts.add("V2__b.sql", "CREATE TABLE b ()");
		assertThat(migrate().applied()).hasSize(1);
	}

	@Test
	void explainsADuplicateObjectOfAFirstRunByWhatExisted() {
		this.database.execute(FLYWAY.formatted("flyway_schema_history"));
		this.database.execute("CREATE TABLE log ()");
		Migrator migrator = migrator(MigrationSettings.builder().onNonEmpty(OnNonEmpty.MIGRATE));

		for (int start = 1; start <= 2; start++) {
			assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrator::migrate)
				.satisfies((ex) -> assertThat(ex.getRemedy()).startsWith("Schema \"public\" of database")
					.contains("last version 2.1", "Samara had applied no migration there"));
		}
	}

	@Test
	void continuesAFirstRunThatFailed() {
		this.scripts.add("V2__b.sql", "-- samara: transaction=none\nCREATE TABLE b (); SELECT 1 / 0");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate);
		this.scripts.add("V2__b.sql", "-- samara: transaction=none\nCREATE TABLE b (); SELECT 1");

		assertThat(migrate().applied()).hasSize(1);
	}

	@Test
	void refusesAHistoryThatWasEmptied() {
		migrate();
		this.database.execute("TRUNCATE samara_migrations");

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(this::migrate)
			.withMessageContaining("contains 2 objects (table a, table log)");
	}

	@Test
	void namesTheHistoryTableOfAnotherNameAndTheKeyThatSetsIt() {
		migrate();

		assertThatExceptionOfType(MigrationValidationException.class)
			.isThrownBy(() -> migrator(MigrationSettings.builder().table("other")).migrate())
			.satisfies((ex) -> assertThat(ex.getFindings()).singleElement()
				.satisfies((finding) -> assertThat(finding.message())
					.contains("Samara: table public.samara_migrations, last version 1"))
				.satisfies((finding) -> assertThat(finding.remedy())
					.contains("samara.migrations.table=samara_migrations")));
	}

	@Test
	void doesNotAdviseToMigrateWhenValidating() {
		this.database.execute(FLYWAY.formatted("flyway_schema_history"));
		Migrator migrator = migrator(MigrationSettings.builder());

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(migrator::validate)
			.satisfies(
					(ex) -> assertThat(ex.getFindings()).extracting(Finding::code).containsExactly("non-empty-schema"));
		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(migrator::awaitMigrated)
			.satisfies(
					(ex) -> assertThat(ex.getFindings()).extracting(Finding::code).containsExactly("non-empty-schema"));
		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(migrator::dryRun);
		assertThat(migrator.plan().errors()).extracting(Finding::code).containsExactly("non-empty-schema");
		assertThat(migrator.status().findings()).extracting(Finding::code).contains("non-empty-schema");
		assertThat(tables()).containsExactly("flyway_schema_history");
	}

	@Test
	void waitsForAnInstanceWhoseCallbackHasCreatedAnObjectBeforeTheFirstMigration() throws Exception {
		this.scripts.add("beforeMigrate.sql", "CREATE TABLE IF NOT EXISTS early (); SELECT pg_advisory_xact_lock(7)");
		this.scripts.add("V1__a.sql", "CREATE TABLE a (); SELECT pg_advisory_xact_lock(8)");
		try (Connection gate = this.database.dataSource().getConnection();
				Statement statement = gate.createStatement()) {
			statement.execute("SELECT pg_advisory_lock(8)");
			CompletableFuture<MigrationReport> first = CompletableFuture.supplyAsync(this::migrate);
			await().until(() -> this.database.value(Boolean.class, "SELECT to_regclass('early') IS NOT NULL"));
			CompletableFuture<MigrationReport> second = CompletableFuture.supplyAsync(this::migrate);
			await().until(() -> this.database.value(Integer.class,
					"SELECT count(DISTINCT pid) FROM pg_stat_activity WHERE application_name LIKE 'samara%' "
							+ "AND datname = current_database()") == 2
					|| second.isDone());
			statement.execute("SELECT pg_advisory_unlock(8)");

			assertThat(first.get().applied()).hasSize(1);
			assertThat(second.get().applied()).isEmpty();
		}
	}

	@Test
	void namesAToolWhoseTableItMayNotRead() {
		this.database.asSuperuser().execute(FLYWAY.formatted("flyway_schema_history"));

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(this::migrate)
			.withMessageContaining("Flyway: table public.flyway_schema_history");
	}

	@Override
	protected MigrationReport migrate() {
		return migrator(MigrationSettings.builder()).migrate();
	}

	private Migrator migrator(MigrationSettings.Builder settings) {
		return Migrator.builder(this.database.dataSource())
			.settings(settings.locations(this.scripts.location()).build())
			.build();
	}

	private List<String> tables() {
		return this.database.values(String.class,
				"SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1");
	}

}
