package dev.samara.migration;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a failure says, and what it keeps to itself.
 */
@PostgresTest
class ScriptErrorIntegrationTests extends AbstractScriptIntegrationTests {

	ScriptErrorIntegrationTests(TestDatabase server) {
		super(server);
	}

	@Test
	void cutsOffStatementsThatTakeTooLong() {
		this.scripts.add("V1__a.sql", "-- samara: statement-timeout=100ms\nSELECT pg_sleep(60)");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("[57014]")
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("statement-timeout"));
	}

	@Test
	void keepsValuesOutOfErrorsAndHistory() {
		this.scripts.add("V1__a.sql", """
				CREATE TABLE a (email text PRIMARY KEY, id integer);
				INSERT INTO a VALUES ('secret@example.org'), ('secret@example.org');
				""").add("V2__b.sql", "SELECT 'topsecret'::integer");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(stackTrace(ex)).contains("duplicate key value violates unique constraint")
				.contains("V1__a.sql:2:1")
				.doesNotContain("secret@"));
		this.scripts.add("V1__a.sql", "SELECT 1");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(stackTrace(ex)).contains("invalid input syntax for type integer")
				.doesNotContain("topsecret"));
		assertThat(this.database.values(String.class, "SELECT error FROM samara_migrations WHERE event = 'FAILED'"))
			.hasSize(2)
			.allSatisfy((error) -> assertThat(error).doesNotContain("secret"));
	}

	private static String stackTrace(Throwable ex) {
		StringWriter text = new StringWriter();
		ex.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SELECT 'x\" top-secret'::integer", "SELECT '{\"a\" \"top-secret\"'::integer[]",
			"SELECT 'x' top-secret 4111111111111111", "SELECT 1 'top-secret'",
			"DO $$ BEGIN EXECUTE 'SELECT 1 one ' || 'secret'; END $$",
			"DO $$ BEGIN EXECUTE 'ALTER ROLE x PASSWORD ' || 'secret'; END $$",
			"DO $$ BEGIN RAISE EXCEPTION 'no' USING DETAIL = 'top-secret', HINT = 'top-secret'; END $$",
			"CREATE TABLE a (i smallint); INSERT INTO a VALUES (4111111111111111)" })
	void keepsValuesOutWhateverTheyLookLike(String sql) {
		this.scripts.add("V1__a.sql", sql);

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(stackTrace(ex)).doesNotContainIgnoringCase("secret")
				.doesNotContain("4111111111111111"));
		assertThat(this.database.values(String.class, "SELECT error FROM samara_migrations")).singleElement()
			.satisfies((error) -> assertThat(error).doesNotContain("secret"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "DISCARD ALL", "SELECT pg_advisory_unlock_all()", "COPY (SELECT 1) TO STDOUT",
			"SET datestyle = 'German'", "SELECT 1; SET SESSION DateStyle TO 'SQL, DMY'" })
	void refusesWhatARunCannotBear(String sql) {
		this.scripts.add("V1__a.sql", sql);

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(ex.getRemedy()).isNotBlank());
	}

	@Test
	void placesAnErrorBehindCharactersOutsideTheBasicPlane() {
		this.scripts.add("V1__a.sql", "SELECT '🌱🍁';\nSELECT '🌱', missing;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("V1__a.sql:2:13 (statement 2 of 2)");
	}

	@Test
	void namesTheFileWhenOnlyTheCommitFails() {
		this.scripts.add("V1__a.sql", """
				CREATE TABLE a (id integer PRIMARY KEY, parent integer REFERENCES a DEFERRABLE INITIALLY DEFERRED);
				INSERT INTO a VALUES (1, 2);
				""");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.withMessageContaining("V1__a.sql: insert or update on table \"a\" violates foreign key constraint");

		assertThat(events()).containsExactly("1 FAILED 0/2");
	}

}
