package dev.samara.migration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

import dev.samara.environment.Environment;
import dev.samara.lock.LockMode;
import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Row-level security on Samara's own tables.
 */
@PostgresTest
class RowSecurityIntegrationTests extends AbstractScriptIntegrationTests {

	private static final String READER = "samara_row_reader";

	RowSecurityIntegrationTests(TestDatabase server) {
		super(server);
	}

	@BeforeEach
	void migrateAsOwner() {
		this.database.asSuperuser()
			.execute("DO $$ BEGIN CREATE ROLE " + READER
					+ " LOGIN PASSWORD 'reader'; EXCEPTION WHEN duplicate_object THEN " + "NULL; END $$");
		this.scripts.add("V1__a.sql", "CREATE TABLE IF NOT EXISTS a (id integer); INSERT INTO a VALUES (1)");
		migrator(this.database.dataSource(), LockMode.LEASE).migrate();
		this.database.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO " + READER,
				"GRANT ALL ON SCHEMA public TO " + READER);
	}

	@ParameterizedTest
	@ValueSource(strings = { "samara_migrations", "samara_environment", "samara_lock" })
	void refusesToRunWhereRowsAreHidden(String table) {
		this.database.execute("ALTER TABLE " + table + " ENABLE ROW LEVEL SECURITY");
		this.scripts.add("V2__b.sql", "INSERT INTO a VALUES (2)");

		assertThatExceptionOfType(DatabaseUnavailableException.class).isThrownBy(() -> reader(LockMode.AUTO).migrate())
			.withMessageContaining("Row-level security on ")
			.withMessageContaining(table + " hides rows from role " + READER)
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("CREATE POLICY"));
		assertThat(this.database.value(Integer.class, "SELECT count(*) FROM a")).isOne();
	}

	@Test
	void refusesToValidateWhereRowsAreHidden() {
		this.database.execute("ALTER TABLE samara_migrations ENABLE ROW LEVEL SECURITY");

		assertThatExceptionOfType(DatabaseUnavailableException.class)
			.isThrownBy(() -> reader(LockMode.AUTO).validate());
		assertThatExceptionOfType(DatabaseUnavailableException.class).isThrownBy(() -> reader(LockMode.AUTO).status());
	}

	@Test
	void worksWithThePolicyThatTheMessageNames() {
		this.database.execute("ALTER TABLE samara_migrations ENABLE ROW LEVEL SECURITY",
				"CREATE POLICY samara ON " + "samara_migrations TO " + READER + " USING (true) WITH CHECK (true)");

		assertThat(reader(LockMode.AUTO).validate().migrations()).hasSize(1);
		assertThat(migrator(this.database.dataSource(), LockMode.AUTO).migrate().applied()).isEmpty();
	}

	@Test
	void refusesAPolicyThatRestrictsAnotherOne() {
		this.database.execute("ALTER TABLE samara_migrations ENABLE ROW LEVEL SECURITY",
				"CREATE POLICY samara ON samara_migrations USING (true)",
				"CREATE POLICY few ON samara_migrations AS RESTRICTIVE USING (version = '7')");

		assertThatExceptionOfType(DatabaseUnavailableException.class)
			.isThrownBy(() -> reader(LockMode.AUTO).validate());
	}

	@Test
	void refusesToGoOnWhenNewTablesHideTheirRows() {
		TestDatabase other = this.database.newDatabase();
		other.asSuperuser().execute("""
				CREATE SCHEMA tools;
				CREATE FUNCTION tools.force_rls() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
				DECLARE r record; BEGIN
					FOR r IN SELECT object_identity FROM pg_event_trigger_ddl_commands()
							WHERE command_tag = 'CREATE TABLE' AND schema_name = 'public' LOOP
						EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', r.object_identity);
						EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', r.object_identity);
					END LOOP;
				END $$""", "CREATE EVENT TRIGGER force_rls ON ddl_command_end EXECUTE FUNCTION tools.force_rls()");

		assertThatExceptionOfType(DatabaseUnavailableException.class)
			.isThrownBy(() -> migrator(other.dataSource(), LockMode.AUTO).migrate())
			.withMessageContaining("Row-level security on public.samara_migrations");
		assertThat(other.value(String.class, "SELECT to_regclass('a')::text")).isNull();
	}

	private Migrator reader(LockMode lock) {
		PGSimpleDataSource dataSource = this.database.dataSource();
		dataSource.setUser(READER);
		dataSource.setPassword("reader");
		return migrator(dataSource, lock);
	}

	private Migrator migrator(PGSimpleDataSource dataSource, LockMode lock) {
		return Migrator.builder(dataSource)
			.settings(MigrationSettings.builder()
				.locations(this.scripts.location())
				.lock(lock)
				.environment(Environment.of("dev"))
				.build())
			.build();
	}

}
