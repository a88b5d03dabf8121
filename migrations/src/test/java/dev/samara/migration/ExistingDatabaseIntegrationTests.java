package dev.samara.migration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.lock.LockMode;
import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * First runs on databases whose contents are misread easily.
 */
@PostgresTest
class ExistingDatabaseIntegrationTests extends AbstractScriptIntegrationTests {

	private static final String FLYWAY = """
			CREATE TABLE %1$s (installed_rank integer PRIMARY KEY, version varchar(50), description varchar(200) NOT NULL,
				type varchar(20) NOT NULL, script varchar(1000) NOT NULL, checksum integer, installed_by varchar(100) NOT NULL,
				installed_on timestamp NOT NULL DEFAULT now(), execution_time integer NOT NULL, success boolean NOT NULL);
			INSERT INTO %1$s VALUES (1, '4.2', 'a', 'SQL', 'V4_2__a.sql', 7, 'x', now(), 1, true);
			""";

	ExistingDatabaseIntegrationTests(TestDatabase server) {
		super(server);
	}

	@BeforeEach
	void scripts() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a ()");
	}

	@Test
	void migratesASchemaThatContainsTheCompositeTypesOfAnExtension() {
		this.database.asSuperuser().execute("CREATE EXTENSION tablefunc");

		assertThat(migrate().applied()).hasSize(1);
	}

	@Test
	void migratesAnEmptySchemaInWhichBeforeValidateCreatesATable() {
		this.scripts.add("beforeValidate.sql", "CREATE TABLE IF NOT EXISTS early ()");

		assertThat(migrate().applied()).hasSize(1);
	}

	@Test
	void callsNoCallbackOnANonEmptySchemaAfterItHasWaitedForAnotherInstance(@TempDir Path folder) throws Exception {
		this.database.execute("CREATE TABLE used (); " + FLYWAY.formatted("flyway_schema_history"));
		Scripts failing = Scripts.in(Files.createDirectory(folder.resolve("failing")));
		failing.add("V1__a.sql", "SELECT 1");
		failing.add("beforeMigrate.sql", "SELECT pg_advisory_xact_lock(8); SELECT 1 / 0");
		this.scripts.add("beforeValidate.sql", "CREATE TABLE written_by_callback ()");
		Migrator first = Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder()
				.onNonEmpty(OnNonEmpty.MIGRATE)
				.locations(failing.location())
				.lockTimeout(Duration.ofMinutes(1))
				.retries(0)
				.build())
			.build();
		try (Connection gate = this.database.dataSource().getConnection();
				Statement statement = gate.createStatement()) {
			statement.execute("SELECT pg_advisory_lock(8)");
			CompletableFuture<MigrationReport> failed = CompletableFuture.supplyAsync(first::migrate);
			await().until(() -> waitsForAnAdvisoryLock(1) || failed.isDone());
			CompletableFuture<MigrationReport> second = CompletableFuture.supplyAsync(this::migrate);
			await().until(() -> samaraSessions() == 2 || second.isDone());
			statement.execute("SELECT pg_advisory_unlock(8)");

			assertThat(failed).failsWithin(Duration.ofSeconds(20));
			assertThat(second).failsWithin(Duration.ofSeconds(20))
				.withThrowableThat()
				.withCauseInstanceOf(MigrationValidationException.class)
				.withMessageContaining("non-empty-schema");
		}
		assertThat(exists("written_by_callback")).isFalse();
	}

	@Test
	void writesNothingWhenADryRunIsRefusedUnderALease() {
		this.database.execute(FLYWAY.formatted("flyway_schema_history"));
		Migrator migrator = migrator(MigrationSettings.builder().lock(LockMode.LEASE));

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(migrator::dryRun);
		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(migrator::checkRoundTrips);
		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(migrator::migrate);
		assertThat(this.database.values(String.class,
				"SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"))
			.containsExactly("flyway_schema_history");
	}

	@Test
	void namesAToolWhoseTableHasOtherColumnsThanTheQueryForItsLastVersion() {
		this.database.execute("""
				CREATE TABLE "DATABASECHANGELOG" ("ID" text, "AUTHOR" text, "FILENAME" text, "DATEEXECUTED" timestamp,
					"ORDEREXECUTED" int, "EXECTYPE" text, "MD5SUM" text);
				CREATE TABLE migrations (migration text, batch int)""");

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(this::migrate)
			.withMessageContaining("Liquibase: table public.DATABASECHANGELOG")
			.withMessageContaining("Laravel: table public.migrations");
	}

	@Test
	void doesNotWaitForAHistoryTableThatAnotherSessionHasLocked() throws Exception {
		this.database.execute(FLYWAY.formatted("flyway_schema_history"));
		try (Connection other = this.database.dataSource().getConnection();
				Statement statement = other.createStatement()) {
			other.setAutoCommit(false);
			statement.execute("LOCK TABLE flyway_schema_history IN ACCESS EXCLUSIVE MODE");

			CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(this::migrate);
			assertThat(run).failsWithin(Duration.ofSeconds(15))
				.withThrowableThat()
				.withMessageContaining("Flyway: table public.flyway_schema_history");
			other.rollback();
		}
	}

	@Test
	void doesNotClaimThatAToolOfAnotherSchemaHasMigratedThisOne() {
		this.database.execute(
				"CREATE SCHEMA billing; CREATE TABLE used (); " + FLYWAY.formatted("billing.flyway_schema_history"));

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(ex.getFindings()).singleElement()
				.satisfies((finding) -> assertThat(finding.message()).doesNotContain("was migrated by")
					.contains("(table used)", "Flyway: table billing.flyway_schema_history, last version 4.2")));
	}

	@Test
	void explainsADuplicateObjectByTheToolThatHasMigratedAnotherSchema() {
		this.database
			.execute("CREATE SCHEMA app; CREATE TABLE app.a (); " + FLYWAY.formatted("app.flyway_schema_history"));
		this.scripts.add("V1__a.sql", "CREATE TABLE app.a ()");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(ex.getRemedy())
				.contains("Flyway: table app.flyway_schema_history, last version 4.2"));
	}

	@Test
	void refusesADatabaseOfAnotherToolAlsoAfterAFailedAttempt() {
		this.database.execute("CREATE TABLE a (); " + FLYWAY.formatted("flyway_schema_history"));
		assertThatExceptionOfType(MigrationFailedException.class)
			.isThrownBy(() -> migrator(MigrationSettings.builder().onNonEmpty(OnNonEmpty.MIGRATE)).migrate());

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(this::migrate)
			.withMessageContaining("non-empty-schema");
		assertThatExceptionOfType(MigrationValidationException.class)
			.isThrownBy(migrator(MigrationSettings.builder())::validate)
			.satisfies(
					(ex) -> assertThat(ex.getFindings()).extracting(Finding::code).containsExactly("non-empty-schema"));
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

	private boolean exists(String table) {
		return this.database.value(Boolean.class, "SELECT to_regclass('" + table + "') IS NOT NULL");
	}

	private boolean waitsForAnAdvisoryLock(int sessions) {
		return this.database.value(Integer.class,
				"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 8") == sessions;
	}

	private int samaraSessions() {
		return this.database.value(Integer.class, "SELECT count(DISTINCT pid) FROM pg_stat_activity "
				+ "WHERE application_name LIKE 'samara%' AND datname = current_database()");
	}

}
