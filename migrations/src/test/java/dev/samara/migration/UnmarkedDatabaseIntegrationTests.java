package dev.samara.migration;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.samara.environment.Environment;
import dev.samara.environment.EnvironmentMismatchException;
import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A database without a marker takes that of an application only if it cannot be
 * production.
 */
@PostgresTest
class UnmarkedDatabaseIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts scripts;

	UnmarkedDatabaseIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.scripts = Scripts.in(folder).add("V1__a.sql", "CREATE TABLE a (id integer)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SELECT 1", "CREATE TABLE empty_table (id integer)",
			"CREATE TABLE t (id integer); INSERT INTO t VALUES (1); DELETE FROM t",
			"CREATE SCHEMA jobs; CREATE TABLE jobs.job (id integer)" })
	void marksADatabaseWithoutRows(String before) {
		this.database.execute(before);

		migrator(Environment.DEV, null).migrate();

		assertThat(mark()).containsExactly("dev");
	}

	@Test
	void doesNotCountTablesOfExtensions() {
		this.database.asSuperuser().execute("CREATE TABLE spatial (id integer); INSERT INTO spatial VALUES (1)", """
				INSERT INTO pg_depend SELECT 'pg_class'::regclass, 'spatial'::regclass, 0, 'pg_extension'::regclass,
					oid, 0, 'e' FROM pg_extension WHERE extname = 'plpgsql'
				""");

		migrator(Environment.DEV, null).migrate();

		assertThat(mark()).containsExactly("dev");
	}

	@ParameterizedTest
	@ValueSource(strings = { "dev", "staging", "prod-eu" })
	void refusesADatabaseThatRanWithoutAnEnvironment(String environment) {
		migrator(null, null).migrate();
		this.scripts.add("V2__b.sql", "CREATE TABLE b (id integer)");

		assertThatExceptionOfType(MigrationValidationException.class)
			.isThrownBy(() -> migrator(Environment.of(environment), null).migrate())
			.withMessageContaining("unmarked-database")
			.withMessageContaining("the history public.samara_migrations of runs without an environment (1 event)")
			.satisfies((ex) -> assertThat(ex.getFindings()).singleElement()
				.satisfies((finding) -> assertThat(finding.remedy())
					.contains("samara.claim-database=" + this.database.name() + " for one start")
					.contains("VALUES (E'" + environment + "') ON CONFLICT")));
		assertThat(this.database.values(String.class, "SELECT to_regclass('b')::text")).containsOnlyNulls();
		assertThat(mark()).isEmpty();
	}

	@Test
	void refusesTablesWithRowsBeforeAnythingIsWritten() {
		this.database.execute("CREATE SCHEMA shop; CREATE TABLE shop.customer (id integer)",
				"INSERT INTO shop.customer VALUES (1)",
				"CREATE TABLE flyway_schema_history (version text); INSERT INTO flyway_schema_history VALUES ('7')");
		this.scripts.add("beforeValidate.sql", "CREATE TABLE callback_ran (id integer)")
			.add("Vx_wrong.sql", "SELECT 1");

		assertThatExceptionOfType(MigrationValidationException.class)
			.isThrownBy(() -> migrator(Environment.DEV, "another").migrate());
		this.scripts.remove("Vx_wrong.sql");

		assertThatExceptionOfType(MigrationValidationException.class)
			.isThrownBy(() -> migrator(Environment.DEV, "another").migrate())
			.withMessageContaining("shop.customer")
			.withMessageContaining("public.flyway_schema_history")
			.withMessageContaining("samara.claim-database names \"another\", which is not this database");
		assertThat(this.database.values(String.class,
				"SELECT relname::text FROM pg_class WHERE relname ~ '^samara' OR relname = 'callback_ran'"))
			.isEmpty();
	}

	@Test
	void reportsAForeignHistoryAndRowsOfUnknownOriginTogether() {
		this.database.execute("CREATE TABLE customer (id integer); INSERT INTO customer VALUES (1)");

		assertThatExceptionOfType(MigrationValidationException.class)
			.isThrownBy(() -> migrator(MigrationSettings.builder().environment(Environment.DEV)).migrate())
			.satisfies((ex) -> assertThat(ex.getFindings()).extracting(Finding::code)
				.containsExactly("unmarked-database", "non-empty-schema"));
	}

	@Test
	void validateAndStatusWarnOfAMissingMarker() {
		migrator(null, null).migrate();

		assertThat(migrator(null, null).validate().findings()).extracting(Finding::code)
			.containsExactly("no-environment", "unmarked-database");
		assertThat(migrator(Environment.PROD, null).awaitMigrated().findings()).extracting(Finding::code)
			.containsExactly("unmarked-database");

		migrator(Environment.PROD, null).migrate();
		assertThat(migrator(Environment.PROD, null).validate().findings()).isEmpty();
	}

	@Test
	void countsTablesThatTheRoleMayNotRead() {
		this.database.asSuperuser()
			.execute("CREATE TABLE secret (id integer); INSERT INTO secret VALUES (1)",
					"REVOKE ALL ON secret FROM PUBLIC");

		assertThatExceptionOfType(MigrationValidationException.class)
			.isThrownBy(() -> migrator(Environment.DEV, null).migrate())
			.withMessageContaining("public.secret (not readable)");
	}

	@Test
	void countsTablesWhoseRowsAreHiddenByRowLevelSecurity() {
		this.database.execute("CREATE TABLE account (id integer); INSERT INTO account VALUES (1)",
				"ALTER TABLE account ENABLE ROW LEVEL SECURITY; ALTER TABLE account FORCE ROW LEVEL SECURITY");

		assertThatExceptionOfType(MigrationValidationException.class)
			.isThrownBy(() -> migrator(Environment.DEV, null).migrate())
			.withMessageContaining("public.account (not readable)");
	}

	@Test
	void countsTablesThatAreLockedAndDoesNotWaitForThem() throws SQLException {
		this.database.execute("CREATE TABLE busy (id integer); INSERT INTO busy VALUES (1)");
		try (Connection other = this.database.connection(); Statement statement = other.createStatement()) {
			other.setAutoCommit(false);
			statement.execute("LOCK TABLE busy IN ACCESS EXCLUSIVE MODE");

			assertThatExceptionOfType(MigrationValidationException.class)
				.isThrownBy(() -> migrator(Environment.DEV, null).migrate())
				.withMessageContaining("public.busy (locked)");
		}
	}

	@Test
	void claimsADatabaseByItsName() {
		migrator(null, null).migrate();

		migrator(Environment.DEV, this.database.name()).migrate();

		assertThat(mark()).containsExactly("dev");
		this.scripts.add("V2__b.sql", "CREATE TABLE b (id integer)");
		assertThat(migrator(Environment.DEV, null).migrate().applied()).hasSize(1);
	}

	@Test
	void theSqlOfTheMessageMarksTheDatabase() {
		this.database.execute("CREATE TABLE t (id integer); INSERT INTO t VALUES (1)");
		assertThatExceptionOfType(MigrationValidationException.class)
			.isThrownBy(() -> migrator(Environment.DEV, null).migrate())
			.satisfies((ex) -> {
				String remedy = ex.getFindings().get(0).remedy();
				this.database.execute(remedy.substring(remedy.indexOf("CREATE TABLE")));
			});

		migrator(Environment.DEV, null).migrate();

		assertThat(mark()).containsExactly("dev");
	}

	@Test
	void productionMarksADatabaseThatIsInUse() {
		migrator(null, null).migrate();
		this.database.execute("INSERT INTO a VALUES (1)");

		migrator(Environment.PROD, null).migrate();

		assertThat(mark()).containsExactly("prod");
	}

	@Test
	void leavesSchemasAloneThatAreMarkedForAnotherEnvironment() {
		schemaMigrator("one", Environment.STAGING).migrate();
		this.database.execute("INSERT INTO one.a VALUES (1)");

		schemaMigrator("two", Environment.DEV).migrate();

		assertThat(this.database.values(String.class, "SELECT environment FROM two.samara_environment"))
			.containsExactly("dev");
	}

	@ParameterizedTest
	@ValueSource(strings = { "DELETE FROM samara_environment", "DROP TABLE samara_environment" })
	void restoresALostMarkerFromTheHistory(String loss) {
		migrator(Environment.PROD, null).migrate();
		this.database.execute("INSERT INTO a VALUES (1)", loss);

		assertThatExceptionOfType(EnvironmentMismatchException.class)
			.isThrownBy(() -> migrator(Environment.DEV, this.database.name()).migrate())
			.withMessageContaining("belongs to \"prod\"");
		assertThatExceptionOfType(EnvironmentMismatchException.class)
			.isThrownBy(() -> migrator(Environment.DEV, null).validate());
		assertThat(migrator(null, null).status().databaseEnvironment()).isEqualTo(Environment.PROD);

		migrator(Environment.PROD, null).migrate();

		assertThat(mark()).containsExactly("prod");
	}

	@Test
	void refusesWhileTheMarkerOfAnotherSchemaCannotBeRead() {
		this.database.asSuperuser().execute("CREATE SCHEMA billing", """
				CREATE TABLE billing.samara_environment (environment text NOT NULL, marked_at timestamptz,
					marked_by text, only_row boolean)
				""", "INSERT INTO billing.samara_environment VALUES ('prod')");

		assertThatExceptionOfType(MigrationValidationException.class)
			.isThrownBy(() -> migrator(Environment.DEV, this.database.name()).migrate())
			.withMessageContaining("unreadable-marker")
			.satisfies((ex) -> assertThat(ex.getFindings().get(0).remedy()).contains(
					"GRANT USAGE ON SCHEMA \"billing\" TO \"" + this.database.username() + "\"",
					"GRANT SELECT ON \"billing\".\"samara_environment\" TO"));

		this.database.asSuperuser()
			.execute("GRANT USAGE ON SCHEMA billing TO PUBLIC; GRANT SELECT ON billing.samara_environment TO PUBLIC");
		assertThatExceptionOfType(EnvironmentMismatchException.class)
			.isThrownBy(() -> migrator(Environment.DEV, this.database.name()).migrate())
			.withMessageContaining("according to billing.samara_environment");
	}

	@Test
	void doesNotTakeATableOfTheApplicationForAHistory() {
		this.database.execute("""
				CREATE TABLE audit (id bigint, run_id uuid, event text, environment text, checksum text);
				INSERT INTO audit VALUES (1, NULL, 'deployed', 'prod', 'x')
				""");

		migrator(Environment.DEV, this.database.name()).migrate();

		assertThat(mark()).containsExactly("dev");
	}

	private List<String> mark() {
		String exists = this.database.value(String.class,
				"SELECT coalesce(to_regclass('samara_environment')::text, 'none')");
		return exists.equals("none") ? List.of()
				: this.database.values(String.class, "SELECT environment FROM samara_environment");
	}

	private Migrator migrator(@Nullable Environment environment, @Nullable String claimed) {
		return migrator(MigrationSettings.builder()
			.environment(environment)
			.claimDatabase(claimed)
			.onNonEmpty(OnNonEmpty.MIGRATE));
	}

	private Migrator schemaMigrator(String schema, Environment environment) {
		return migrator(MigrationSettings.builder().environment(environment).schema(schema));
	}

	private Migrator migrator(MigrationSettings.Builder settings) {
		return Migrator.builder(this.database.dataSource())
			.settings(settings.locations(this.scripts.location()).build())
			.build();
	}

}
