package dev.samara.migration;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.samara.environment.Environment;
import dev.samara.execution.ScriptFailedException;
import dev.samara.placeholder.Placeholders;
import dev.samara.script.Finding;
import dev.samara.testing.Corpora;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;
import dev.samara.testing.WireTap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class PlaceholderIntegrationTests extends AbstractScriptIntegrationTests {

	private static final Map<String, String> VALUES = Map.of("table", "customer", "greeting", "it''s; -- text");

	PlaceholderIntegrationTests(TestDatabase server) {
		super(server);
	}

	@Test
	void leavesThemAloneUnlessAskedTo() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a AS SELECT '${table}' AS t");
		migrate();

		assertThat(text("SELECT t FROM a")).isEqualTo("${table}");
	}

	@Test
	void refusesConfiguredPlaceholdersThatAreNotReplacedWhereTheyWouldRun() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a AS SELECT 'x${Greeting}' AS t, '${other}' AS u -- ${table}")
			.add("V2__b.sql", "CREATE TABLE b AS SELECT $$ ${samara.user} $$ AS t\n, '${flyway:user}' AS u, ${table:x}")
			.add("V3__c.sql",
					"-- samara: placeholders=off\nCREATE TABLE c AS SELECT '${table}' AS t;\n"
							+ "-- samara: down\nSELECT '${table}'; DROP TABLE c;")
			.add("V4__d.sql", "CREATE TABLE d ()")
			.add("V4__d.down.sql", "SELECT '${table}'; DROP TABLE d")
			.add("afterMigrate.sql", "SELECT '${table}'");
		Placeholders off = new Placeholders(false, "${", "}", VALUES);

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(migrator(off)::migrate)
			.satisfies((ex) -> {
				assertThat(ex.getFindings()).extracting(Finding::code).containsOnly("unreplaced-placeholder");
				assertThat(ex.getFindings()).extracting((finding) -> String.valueOf(finding.place()))
					.extracting((place) -> place.substring(place.lastIndexOf('/') + 1))
					.containsExactlyInAnyOrder("V1__a.sql:1:28", "V2__b.sql:1:29", "V2__b.sql:2:4", "V2__b.sql:2:26",
							"V4__d.down.sql:1:9", "afterMigrate.sql:1:9");
				assertThat(ex.getFindings().get(0).message())
					.isEqualTo("The placeholder \"Greeting\" would not be replaced: placeholders are off");
				assertThat(ex.getFindings().get(0).remedy()).contains("\"-- samara: placeholders=on\"",
						"samara.migrations.replace-placeholders=true", "\"-- samara: placeholders=off\"");
			});
		assertThat(this.database.values(String.class, "SELECT relname FROM pg_class WHERE relname IN ('a', 'b')"))
			.isEmpty();
	}

	@Test
	void stopsNoStartForTextThatIsAppliedAlready() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a AS SELECT '${table}' AS t");
		migrate();

		assertThat(migrator(new Placeholders(false, "${", "}", VALUES)).migrate().warnings()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "user,samara.user", "defaultSchema,samara.schema", "database,samara.database",
			"timestamp,samara.timestamp", "filename,samara.file", "environment,samara.environment", "table,name" })
	void namesTheCounterpartOfPlaceholdersThatAreBuiltIntoFlyway(String theirs, String ours) {
		this.scripts.add("V1__a.sql", "CREATE TABLE a AS SELECT '${flyway:" + theirs + "}' AS t");

		assertThat(migrator(VALUES).plan().errors()).singleElement().satisfies((error) -> {
			assertThat(error.code()).isEqualTo("unknown-placeholder");
			assertThat(error.message()).startsWith("The placeholder \"flyway:" + theirs + "\" is built into Flyway");
			assertThat(error.remedy()).contains("${" + ours + "}");
		});
	}

	@Test
	void takesAConfiguredNameForItselfThatFlywayBeginsItsOwnWith() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a AS SELECT '${flyway:user}' AS t");
		migrator(Map.of("flyway", "x")).migrate();

		assertThat(text("SELECT t FROM a")).isEqualTo("x");
	}

	@Test
	void saysHowToSwitchThemOn() {
		this.scripts.add("V1__a.sql", "CREATE TABLE ${table} ()");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(ex.getRemedy()).startsWith("If ${ is to begin a placeholder")
				.endsWith("or switch them on in all files with samara.migrations.replace-placeholders=true."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "CREATE TABLE ${table} ()", "CREATE TABLE a_${table} ()" })
	void saysSoInADryRunToo(String sql) {
		this.scripts.add("V1__a.sql", sql);

		assertThat(Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder().locations(this.scripts.location()).build())
			.build()
			.dryRun()
			.findFailure()).hasValueSatisfying(
					(failure) -> assertThat(failure.toString()).contains("If ${ is to begin a placeholder"));
	}

	@Test
	void appliesAFileOfAnotherProject() throws IOException {
		Path file = Corpora.root().resolve("sets/conductor/external/migration_external_postgres/R__initial_schema.sql");
		Assumptions.assumeTrue(Files.exists(file));
		this.scripts.add("R__initial_schema.sql", Files.readString(file));
		Map<String, String> values = Map.of("tableName", "external_payload", "maxDataRows", "2", "maxDataYears", "1",
				"maxDataMonths", "0", "maxDataDays", "0");
		migrator(values).migrate();

		this.database.execute("INSERT INTO external_payload SELECT i, '', now() + i * interval '1 s' "
				+ "FROM generate_series(1, 5) i");
		assertThat(text("SELECT string_agg(id, ',' ORDER BY id) FROM external_payload")).isEqualTo("4,5");
		assertThat(migrator(values).plan().isEmpty()).isTrue();
	}

	@Test
	void replacesThemEverywhereButInComments() {
		this.scripts.add("V1__a.sql", """
				-- ${unknown}
				CREATE TABLE ${table} (t text /* ${unknown} */);
				INSERT INTO ${table} VALUES ('${greeting}'), ('\\${kept}'), ('${none:usual}');
				DO $$ BEGIN INSERT INTO ${table} VALUES ('in ${table}'); END $$;
				COPY ${table} FROM STDIN;
				${copied}
				\\.
				""");
		migrator(VALUES).migrate();

		assertThat(this.database.values(String.class, "SELECT t FROM customer")).containsExactly("it's; -- text",
				"${kept}", "usual", "in customer", "${copied}");
	}

	@Test
	void replacesThemInCallbacks() {
		this.scripts.add("beforeEachMigrate.sql", "CREATE TABLE IF NOT EXISTS note (t text);\n"
				+ "INSERT INTO note VALUES ('${table} in ${samara.schema}')");
		this.scripts.add("V1__a.sql", "CREATE TABLE ${table} ()");
		migrator(VALUES).migrate();
		assertThat(text("SELECT t FROM note")).isEqualTo("customer in public");

		this.scripts.add("afterEachMigrate.sql", "SELECT '${table}',\n  ${greetin}");
		this.scripts.add("V2__b.sql", "SELECT 1");
		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(() -> migrator(VALUES).migrate())
			.withMessageContaining("afterEachMigrate.sql:2:3")
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("greeting"));
	}

	@Test
	void letsAFileDecideForItself() {
		this.scripts.add("V1__a.sql", "-- samara: placeholders=on\nCREATE TABLE ${table:b} ()");
		this.scripts.add("V2__b.sql", "-- samara: placeholders=off\nCOMMENT ON TABLE b IS '${table}'");
		migrate();
		assertThat(text("SELECT obj_description('b'::regclass)")).isEqualTo("${table}");

		this.scripts.add("V3__c.sql", "-- samara: placeholders=off\nCOMMENT ON TABLE b IS '${unknown}'");
		migrator(VALUES).migrate();
		assertThat(text("SELECT obj_description('b'::regclass)")).isEqualTo("${unknown}");
	}

	@Test
	void tellsOfUnknownOnesInAllFilesAtOnce() {
		this.scripts.add("V1__a.sql", "SELECT '${tabel}',\n  '${nothing}'").add("V1__a.down.sql", "DROP TABLE ${tbl}");
		this.scripts.add("V2__b.sql", "SELECT ${greetin}").add("R__c.sql", "SELECT ${samara.shema}");

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(migrator(VALUES)::migrate)
			.satisfies((ex) -> {
				assertThat(ex.getFindings()).extracting(Finding::code).containsOnly("unknown-placeholder").hasSize(5);
				assertThat(ex.getFindings()).extracting((finding) -> String.valueOf(finding.place()))
					.anyMatch((place) -> place.endsWith("V1__a.sql:1:9"))
					.anyMatch((place) -> place.endsWith("V1__a.sql:2:4"))
					.anyMatch((place) -> place.endsWith("V1__a.down.sql:1:12"))
					.anyMatch((place) -> place.endsWith("V2__b.sql:1:8"));
				assertThat(ex.getFindings()).extracting(Finding::remedy)
					.anyMatch((remedy) -> remedy
						.startsWith("Did you mean \"table\"? Set samara.migrations.placeholders.tabel"))
					.anyMatch((remedy) -> remedy.startsWith(
							"Did you mean \"samara.schema\"? Names that begin with samara. are built in. Name one of those, or give"));
			});
		assertThat(this.database.values(Long.class, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
			.containsExactly(0L);
	}

	@Test
	void namesPlacesOfTheFile() {
		this.scripts.add("V1__a.sql",
				"CREATE TABLE ${table} (); CREATE TABLE b ();\nINSERT INTO ${table} SELECT\n  '${greeting}', mistake;");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrator(VALUES)::migrate)
			.withMessageContaining("V1__a.sql:3:18 (statement 3 of 3): column \"mistake\"");

		this.scripts.add("V1__a.sql", "SELECT '${greeting}';\nSELECT '${greeting}' ||\n'x");
		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(migrator(VALUES)::migrate)
			.withMessageContaining("V1__a.sql:3:1: string literal is not closed");

		this.scripts.add("V1__a.sql", "SELECT '${greeting}'; BEGIN; SELECT 1; COMMIT");
		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(migrator(VALUES)::migrate)
			.withMessageContaining("V1__a.sql:1:23: The script controls");
	}

	@Test
	void keepsValuesOutOfErrors() {
		this.scripts.add("V1__a.sql", "SELECT 1;\nCREATE ROLE samara_x PASSWORD '${password}'");
		Migrator migrator = migrator(Map.of("password", "ab'secretword"));

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(migrator::migrate)
			.satisfies((ex) -> assertThat(ex.getMessage() + ex.getRemedy()).doesNotContain("secret"));

		Migrator other = migrator(Map.of("password", "ab' secretword '"));
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(other::migrate).satisfies((ex) -> {
			assertThat(ex.getMessage()).contains("V1__a.sql:2:32",
					"syntax error in the value of placeholder \"password\"");
			assertThat(ex.getRemedy()).contains("samara.migrations.placeholders.password");
			assertThat(ex).hasStackTraceContaining("42601");
			assertThat(ex.getCause()).isInstanceOf(ScriptFailedException.class);
			assertThat(ex).satisfies((thrown) -> assertThat(stackTrace(thrown)).doesNotContain("secretword"));
		});
		assertThat(text("SELECT error FROM samara_migrations")).doesNotContain("secretword");
	}

	@Test
	void keepsValuesOutOfErrorsOfWhatAScriptPutsTogether() {
		this.scripts.add("V1__a.sql", "DO $$ BEGIN\nEXECUTE 'CREATE ROLE samara_x PASSWORD ${password}'; END $$");

		assertThatExceptionOfType(MigrationFailedException.class)
			.isThrownBy(migrator(Map.of("password", "secretword"))::migrate)
			.withMessageContaining("V1__a.sql:1:1")
			.satisfies((ex) -> assertThat(stackTrace(ex)).contains("42601").doesNotContain("secretword"));
		assertThat(text("SELECT error FROM samara_migrations")).doesNotContain("secretword");
	}

	@Test
	void knowsWhereItRuns() {
		this.scripts.add("V1.2__a.sql", "-- samara: placeholders=on\nCREATE TABLE a AS SELECT "
				+ "'${samara.environment}' e, '${samara.schema}' s, '${samara.user}' u, '${samara.database}' d, "
				+ "'${samara.timestamp}'::timestamptz t, '${samara.version}' v, '${samara.file}' f");
		Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder()
				.locations(this.scripts.location())
				.environment(Environment.DEV)
				.schema("shop")
				.build())
			.build()
			.migrate();

		assertThat(text("SELECT e || s || v FROM shop.a")).isEqualTo("devshop1.2");
		assertThat(this.database.values(Boolean.class,
				"SELECT u = session_user AND d = current_database() AND "
						+ "now() - t < interval '1 min' AND f LIKE '%/V1.2\\_\\_a.sql' FROM shop.a"))
			.containsExactly(true);
	}

	@Test
	void takesTheFirstSchemaOfTheSearchPathForThatOfTheMigrations() {
		this.scripts.add("R__a.sql", "CREATE TABLE IF NOT EXISTS ${samara.schema}.a ()");
		migrator(Map.of()).migrate();

		assertThat(text("SELECT 'public.a'::regclass::text")).isEqualTo("a");
		assertThat(migrator(Map.of()).plan().isEmpty()).isTrue();
	}

	@Test
	void asksOneQueryWhenNothingIsPending() {
		this.scripts.add("V1__a.sql", "CREATE TABLE ${samara.schema}.${table} ()");
		this.scripts.add("R__v.sql", "-- samara: placeholders=tracked\nCOMMENT ON TABLE ${table} IS '${samara.user}'");
		migrator(VALUES).migrate();

		try (WireTap tap = WireTap.on(this.database)) {
			assertThat(migrator(tap.dataSource(this.database), VALUES).migrate().skipped()).isEqualTo(2);
			assertThat(tap.roundTrips()).isEqualTo(1);
		}
	}

	@Test
	void takesAChangedValueForAChangeOnlyIfAskedTo() {
		this.scripts.add("V1__a.sql", "CREATE TABLE ${table} ()");
		this.scripts.add("R__v.sql", "CREATE OR REPLACE VIEW v AS SELECT '${table}'::text AS t");
		this.scripts.add("R__w.sql",
				"-- samara: placeholders=tracked\nCREATE OR REPLACE VIEW w AS SELECT '${table}'::text AS t");
		migrator(VALUES).migrate();

		assertThat(migrator(VALUES).plan().isEmpty()).isTrue();
		assertThat(migrator(Map.of("table", "customer", "other", "x")).plan().isEmpty()).isTrue();
		assertThat(migrator(Map.of("table", "client")).migrate().applied())
			.extracting((result) -> result.migration().key().toString())
			.containsExactly("R:w");
		assertThat(text("SELECT v.t || w.t FROM v, w")).isEqualTo("customerclient");
	}

	@Test
	void refusesToTrackWhereNothingRunsAgain() {
		this.scripts.add("V1__a.sql", "-- samara: placeholders=tracked\nSELECT 1")
			.add("V2__a.sql", "-- samara: placeholders=perhaps\nSELECT 1");

		assertThat(migrator(VALUES).plan().errors()).extracting(Finding::message)
			.containsExactlyInAnyOrder("Only a repeatable migration runs again when a value has changed",
					"\"perhaps\" does not say whether placeholders are replaced");
	}

	@Test
	void keepsARollbackScriptWithNamesAndFillsItWhenItRuns() {
		this.scripts.add("V1__a.sql", "CREATE TABLE ${table} (secret text);\n-- samara: down\n"
				+ "DROP TABLE ${table}; CREATE TABLE v${samara.version} AS SELECT '\\${x}' AS a, '${samara.file}' AS b;");
		migrator(Map.of("table", "customer", "x", "s3cret")).migrate();

		assertThat(text("SELECT down_script FROM samara_migrations")).startsWith("DROP TABLE ${table};")
			.contains("'\\${x}'");
		String path = this.scripts.path("V1__a.sql").toString();
		this.scripts.remove("V1__a.sql");
		RollbackPlan unknown = migrator(Map.of("tabel", "customer")).planRollback(RollbackTarget.LAST);
		assertThat(unknown.errors()).singleElement().satisfies((error) -> {
			assertThat(error.code()).isEqualTo("unknown-placeholder");
			assertThat(error.place()).hasToString(path + " (down script kept in the history):1:12");
			assertThat(error.remedy()).startsWith("Did you mean \"tabel\"? Set samara.migrations.placeholders.table");
		});
		assertThat(migrator(Map.of("table", "customer", "x", "y")).rollback(RollbackTarget.LAST).rolledBack())
			.hasSize(1);
		assertThat(this.database.rows("SELECT a, b FROM v1")).containsExactly(Map.of("a", "${x}", "b", path));
	}

	@Test
	void writesNoValueIntoItsTables() {
		Map<String, String> secret = Map.of("table", "customer", "secret", "s3cret-value");
		this.scripts.add("V1__a.sql", "CREATE TABLE ${table} (a text DEFAULT '${secret}')")
			.add("V1__a.down.sql", "COMMENT ON TABLE ${table} IS '${secret}'; DROP TABLE ${table}")
			.add("V2__b.down.sql", "SELECT '${secret}'")
			.add("V2__b.sql", "-- samara: transaction=none\nINSERT INTO ${table} VALUES ('${secret}'); SELECT 1/0");

		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrator(secret)::migrate)
			.satisfies((ex) -> assertThat(stackTrace(ex)).doesNotContain("s3cret"));
		migrator(secret).rollback(RollbackTarget.EVERYTHING);
		assertThat(this.database.values(String.class, "SELECT m::text FROM samara_migrations m")).hasSizeGreaterThan(3)
			.noneMatch((row) -> row.contains("s3cret"));
	}

	@Test
	void leavesKeptTextAloneThatIsMeantLiterally() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a ()")
			.add("V1__a.down.sql",
					"-- samara: placeholders=off\nCREATE TABLE b AS SELECT '${table}' AS t; DROP TABLE a");
		migrator(VALUES).migrate();
		this.scripts.remove("V1__a.sql").remove("V1__a.down.sql");

		migrator(VALUES).rollback(RollbackTarget.LAST);

		assertThat(text("SELECT t FROM b")).isEqualTo("${table}");
	}

	@Test
	void runsAKeptTextThatWasFilledAlready() {
		this.scripts.add("V1__a.sql", "CREATE TABLE ${table} ()").add("V1__a.down.sql", "DROP TABLE ${table}");
		migrator(VALUES).migrate();
		// As an earlier snapshot has written it: with values, and without how they are
		// written.
		this.database.execute(
				"UPDATE samara_migrations SET down_placeholders = NULL, down_script = 'DROP TABLE customer -- ${x}'");
		this.scripts.remove("V1__a.sql").remove("V1__a.down.sql");

		assertThat(migrator(Map.of()).rollback(RollbackTarget.LAST).rolledBack()).hasSize(1);
	}

	@Test
	void fillsAKeptTextAsItWasWritten() {
		this.scripts.add("V1__a.sql", "CREATE TABLE #{table}# ()").add("V1__a.down.sql", "DROP TABLE #{table}#");
		Migrator other = Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder()
				.locations(this.scripts.location())
				.placeholders(new Placeholders(true, "#{", "}#", VALUES))
				.build())
			.build();
		other.migrate();
		assertThat(other.planRollback(RollbackTarget.LAST).findings()).isEmpty();
		this.scripts.remove("V1__a.sql").remove("V1__a.down.sql");

		assertThat(migrator(VALUES).rollback(RollbackTarget.LAST).rolledBack()).hasSize(1);
	}

	@Test
	void doesNotTakeAnotherValueForAnotherRollbackScript() {
		this.scripts.add("V1__a.sql", "CREATE TABLE ${table} ()")
			.add("V1__a.down.sql", "-- back\r\nDROP TABLE ${table};");
		migrator(VALUES).migrate();

		assertThat(migrator(Map.of("table", "other")).planRollback(RollbackTarget.LAST).findings()).isEmpty();
	}

	@Test
	void rollsBackWithACorrectedFile() {
		this.scripts.add("V1__a.sql", "CREATE TABLE ${table} ()").add("V1__a.down.sql", "DROP TABLE ${table}");
		migrator(VALUES).migrate();
		this.scripts.add("V1__a.down.sql", "DROP TABLE IF EXISTS ${table}");

		assertThat(migrator(Map.of("table", "x")).planRollback(RollbackTarget.LAST)).satisfies((plan) -> {
			assertThat(plan.warnings()).extracting(Finding::code).containsExactly("down-script-changed");
			assertThat(plan.steps()).extracting(RollbackStep::source).containsExactly(RollbackStep.Source.FILE);
		});
	}

	@Test
	void triesThemInDryRunsAndRoundTrips() {
		this.scripts.add("V1__a.sql", "CREATE TABLE ${table} ()").add("V1__a.down.sql", "DROP TABLE ${table}");

		DryRunReport report = migrator(VALUES).dryRun();
		assertThat(report.failure()).isNull();
		assertThat(migrator(VALUES).status().pending()).hasSize(1);
		assertThat(migrator(VALUES).checkRoundTrips().migrations()).extracting((trip) -> trip.result())
			.containsExactly(RoundTripReport.Result.RESTORES);
	}

	@Test
	void goesOnAfterAFailureUnlessWhatIsDoneHadOtherValues() {
		this.scripts.add("V1__a.sql", "CREATE TABLE ${table} (); VACUUM ${table}; VACUUM ${missing};");
		assertThatExceptionOfType(MigrationFailedException.class)
			.isThrownBy(migrator(Map.of("table", "a", "missing", "none"))::migrate);

		assertThat(migrator(Map.of("table", "b", "missing", "a")).plan().errors()).extracting(Finding::code)
			.containsExactly("edited-after-part-was-applied");
		assertThat(migrator(Map.of("table", "a", "missing", "a")).migrate().applied()).hasSize(1);
	}

	private Migrator migrator(Placeholders placeholders) {
		return Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder().locations(this.scripts.location()).placeholders(placeholders).build())
			.build();
	}

	private String text(String sql) {
		return this.database.values(String.class, sql).get(0);
	}

	private static String stackTrace(Throwable ex) {
		StringWriter text = new StringWriter();
		ex.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

	private Migrator migrator(Map<String, String> values) {
		return migrator(this.database.dataSource(), values);
	}

	private Migrator migrator(DataSource dataSource, Map<String, String> values) {
		return Migrator.builder(dataSource)
			.settings(MigrationSettings.builder()
				.locations(List.of(this.scripts.location()))
				.placeholders(Placeholders.of(values))
				.build())
			.build();
	}

}
