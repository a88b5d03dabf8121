package dev.samara.migration;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.samara.migration.RollbackStep.Source;
import dev.samara.placeholder.Placeholders;
import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;
import dev.samara.testing.WireTap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Placeholders in files beside migrations that are code, and in their down scripts.
 */
@PostgresTest
class JavaMigrationPlaceholderIntegrationTests extends AbstractScriptIntegrationTests {

	private static final SampleMigration CODE = new SampleMigration("V2__b", "CREATE TABLE plant ()");

	JavaMigrationPlaceholderIntegrationTests(TestDatabase server) {
		super(server);
	}

	@Test
	void replacesThemInTheFilesAroundCode() {
		this.scripts.add("V1__a.sql", "CREATE TABLE ${table} (note text)")
			.add("V3__c.sql", "INSERT INTO ${table} VALUES ('${samara.version} in ${samara.schema}')");

		migrator(Map.of("table", "tree"), new SampleMigration("V2__b", "INSERT INTO tree VALUES ('${table}')"))
			.migrate();

		assertThat(this.database.values(String.class, "SELECT note FROM tree")).containsExactly("${table}",
				"3 in public");
		assertThat(migrator(Map.of("table", "other"), new SampleMigration("V2__b", "SELECT 1")).plan().isEmpty())
			.isTrue();
	}

	@Test
	void keepsTheDownScriptOfCodeWithTheNamesOfPlaceholders() {
		this.scripts.add("V2__b.down.sql", "DROP TABLE ${table}");
		migrator(Map.of("table", "plant"), CODE).migrate();

		assertThat(this.database.value(String.class, "SELECT down_script FROM samara_migrations"))
			.isEqualTo("DROP TABLE ${table}");
		this.scripts.remove("V2__b.down.sql");
		assertThat(migrator(Map.of("table", "plant"), CODE).planRollback(RollbackTarget.LAST)).satisfies((plan) -> {
			assertThat(plan.findings()).isEmpty();
			assertThat(plan.steps()).extracting(RollbackStep::source).containsExactly(Source.HISTORY);
		});
	}

	@Test
	void asksForTheValuesOfADownScriptBeforeTheCodeRuns() {
		this.scripts.add("V2__b.down.sql", "DROP TABLE ${missing}");

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(migrator(Map.of(), CODE)::migrate)
			.withMessageContaining("V2__b.down.sql:1:12");
		assertThat(this.database.value(Boolean.class, "SELECT to_regclass('plant') IS NULL")).isTrue();
	}

	@Test
	void letsCodeTakeItselfBackWhateverTheValues() {
		this.scripts.add("V1__a.sql", "CREATE TABLE ${table} ();\n-- samara: down\nDROP TABLE ${table};");
		SampleMigration code = new SampleMigration.Reversible("V2__b", "CREATE TABLE plant ()", "DROP TABLE plant");
		migrator(Map.of("table", "tree"), code).migrate();

		RollbackPlan plan = migrator(Map.of("table", "other"), code).planRollback(RollbackTarget.EVERYTHING);

		assertThat(plan.errors()).isEmpty();
		assertThat(plan.steps()).extracting(RollbackStep::source).containsExactly(Source.CODE, Source.FILE);
	}

	@Test
	void asksOneQueryWhenNothingIsPending() {
		this.scripts.add("V1__a.sql", "CREATE TABLE v${samara.version} ()");
		migrator(Map.of(), CODE).migrate();

		try (WireTap tap = WireTap.on(this.database)) {
			Migrator.builder(tap.dataSource(this.database))
				.settings(settings(Map.of()))
				.javaMigrations(List.of(CODE))
				.build()
				.migrate();

			assertThat(tap.roundTrips()).isEqualTo(1);
		}
	}

	private Migrator migrator(Map<String, String> values, JavaMigration... code) {
		return Migrator.builder(this.database.dataSource())
			.settings(settings(values))
			.javaMigrations(List.of(code))
			.build();
	}

	private MigrationSettings settings(Map<String, String> values) {
		return MigrationSettings.builder()
			.locations(List.of(this.scripts.location()))
			.placeholders(Placeholders.of(values))
			.build();
	}

}
