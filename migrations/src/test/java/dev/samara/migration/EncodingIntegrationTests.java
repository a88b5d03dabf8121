package dev.samara.migration;

import java.util.Objects;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.environment.Application;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Encodings of the session's text and of the database.
 */
@PostgresTest
@ExtendWith(CapturedLog.Capture.class)
class EncodingIntegrationTests extends AbstractScriptIntegrationTests {

	private String latin1;

	EncodingIntegrationTests(TestDatabase server) {
		super(server);
	}

	@AfterEach
	void dropLatin1Database() {
		if (this.latin1 != null) {
			this.database.asSuperuser().execute("DROP DATABASE " + this.latin1);
		}
	}

	@Test
	void refusesAClientEncodingThatTheDriverCannotRead() {
		this.scripts.add("V1__dump.sql", """
				SET statement_timeout = 0;
				SET client_encoding = 'LATIN1';
				CREATE TABLE a (t text);
				""");

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(this::migrate)
			.withMessageContaining("V1__dump.sql:2:1")
			.withMessageContaining("sets LATIN1")
			.satisfies((ex) -> assertThat(ex.getFindings()).singleElement()
				.satisfies((finding) -> assertThat(finding.remedy()).contains("-- samara: encoding=latin1")));
		assertThat(this.database.value(String.class, "SELECT to_regclass('samara_migrations')::text")).isNull();
	}

	@Test
	void acceptsTheClientEncodingOfADump() {
		this.scripts.add("V1__dump.sql", "SET client_encoding = 'UTF8';\nCREATE TABLE a AS SELECT 'ä' AS t;");

		assertThat(migrate().applied()).hasSize(1);
	}

	@Test
	void namesTheSettingThatClosedTheConnectionInAFunction() {
		this.database.execute("CREATE SCHEMA tools; CREATE FUNCTION tools.latin() RETURNS void LANGUAGE sql "
				+ "AS $$ SELECT set_config('client_encoding', 'LATIN1', false) $$");
		this.scripts.add("V1__a.sql", "-- samara: transaction=none\nSELECT tools.latin();");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("remove that SET client_encoding")
				.contains("V1__a.sql"));
	}

	@Test
	void recordsAFailureWhoseTextTheDatabaseCannotStore() {
		JdbcTemplate latin = latin1Database();
		this.scripts.add("V1__arrow→.sql", "SELECT 1;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(() -> migrate(latin, "shop → ä"))
			.withMessageContaining("22P05")
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("encoding of the database"));
		assertThat(latin.queryForList("SELECT event || ' ' || script || ' ' || application_name FROM samara_migrations",
				String.class))
			.singleElement()
			.satisfies((event) -> assertThat(event).startsWith("FAILED ").endsWith("V1__arrow?.sql shop ? ä"));
	}

	@Test
	void migratesForAnApplicationWhoseNameTheDatabaseCannotStore() {
		JdbcTemplate latin = latin1Database();
		this.scripts.add("V1__a.sql", "CREATE TABLE a AS SELECT 'ä' AS t;");

		assertThat(migrate(latin, "shop → ä").applied()).hasSize(1);
		assertThat(latin.queryForObject("SELECT t FROM a", String.class)).isEqualTo("ä");
	}

	@Test
	void warnsThatAFailureIsNotRecorded(CapturedLog log) {
		this.scripts.add("V1__a.sql", "SELECT 1;");
		migrate();
		this.database.execute(
				"CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
						+ "$$ BEGIN RAISE EXCEPTION 'no failures here'; END $$",
				"CREATE TRIGGER refuse BEFORE INSERT ON samara_migrations FOR EACH ROW "
						+ "WHEN (NEW.event = 'FAILED') EXECUTE FUNCTION refuse()");
		this.scripts.add("V2__b.sql", "SELECT 1/0;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate);
		assertThat(log.text()).contains("V2__b.sql is not recorded in the history: no failures here [P0001]");
	}

	private MigrationReport migrate(JdbcTemplate jdbc, String application) {
		return Migrator.builder(Objects.requireNonNull(jdbc.getDataSource()))
			.settings(MigrationSettings.builder()
				.locations(this.scripts.location())
				.application(new Application(application, null))
				.build())
			.build()
			.migrate();
	}

	private JdbcTemplate latin1Database() {
		this.latin1 = this.database.name() + "_latin1";
		this.database.asSuperuser()
			.execute("CREATE DATABASE " + this.latin1 + " OWNER " + this.database.username()
					+ " TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
		PGSimpleDataSource dataSource = this.database.dataSource();
		dataSource.setDatabaseName(this.latin1);
		return new JdbcTemplate(dataSource);
	}

}
