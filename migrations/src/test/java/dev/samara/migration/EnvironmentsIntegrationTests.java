package dev.samara.migration;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.samara.environment.Environment;
import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Migrations that are for some environments only.
 */
@PostgresTest
class EnvironmentsIntegrationTests extends AbstractScriptIntegrationTests {

	EnvironmentsIntegrationTests(TestDatabase server) {
		super(server);
	}

	@Test
	void runsAMigrationInItsEnvironmentsOnly() {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)")
			.add("V2__grants.sql", "-- samara: environments=production, uat\nCREATE TABLE b (id integer)")
			.add("V3__c.sql", "CREATE TABLE c (id integer)")
			.add("R__views.sql", "-- samara: environments=dev\nCREATE OR REPLACE VIEW v AS SELECT 1");

		assertThat(migrator(Environment.DEV).migrate().applied()).hasSize(3);

		assertThat(migrator(Environment.DEV).validate().findings()).isEmpty();
		assertThat(states(Environment.DEV)).containsExactly("1 APPLIED", "2 NOT_FOR_ENVIRONMENT", "3 APPLIED",
				"R:views APPLIED");
		assertThat(migrator(Environment.DEV).migrate().applied()).isEmpty();
		// Nothing says where an application without an environment runs.
		assertThat(states(null)).containsExactly("1 APPLIED", "2 NOT_FOR_ENVIRONMENT", "3 APPLIED", "R:views APPLIED");
	}

	@Test
	@ExtendWith(CapturedLog.Capture.class)
	void saysHowManyAreForOtherEnvironments(CapturedLog log) {
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id integer)")
			.add("V2__b.sql", "-- samara: environments=prod\nCREATE TABLE b (id integer)");

		assertThat(migrator(Environment.DEV).migrate().notApplicable()).isOne();
		assertThat(migrator(Environment.DEV).migrate().notApplicable()).isOne();

		assertThat(log.text()).contains("Migrated to 1: 1 applied, 0 skipped, 1 not for this environment, in ",
				"Nothing to migrate: 1 migration applied, at version 1, 1 not for this environment, checked in ");
	}

	@Test
	void doesNotRunAgainElsewhereWhatHasChanged() {
		this.scripts.add("R__views.sql", "CREATE OR REPLACE VIEW v AS SELECT 1");
		migrator(Environment.DEV).migrate();
		this.scripts.add("R__views.sql", "-- samara: environments=prod\nCREATE OR REPLACE VIEW v AS SELECT 2");

		assertThat(migrator(Environment.DEV).migrate().applied()).isEmpty();
		assertThat(states(Environment.DEV)).containsExactly("R:views NOT_FOR_ENVIRONMENT");
	}

	@Test
	void refusesADirectiveWithoutEnvironmentsAndWarnsOfNamesThatNobodyKnows() {
		this.scripts.add("V1__a.sql", "-- samara: environments=\nSELECT 1")
			.add("V2__b.sql", "-- samara: environments=prdo\nSELECT 1");

		assertThatExceptionOfType(MigrationValidationException.class)
			.isThrownBy(() -> migrator(Environment.PROD).migrate())
			.withMessageContaining("V1__a.sql:1:4")
			.satisfies((ex) -> assertThat(ex.getFindings()).extracting(Finding::code)
				.containsExactly("invalid-directive"));
		assertThat(migrator(Environment.PROD).plan().warnings()).extracting(Finding::code)
			.containsExactly("unknown-environment");
	}

	@Test
	void canDoWithoutALocationThatIsOptional() {
		this.scripts.add("V1__a.sql", "SELECT 1");
		assertThat(Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder()
				.locations(this.scripts.location(), "optional:file:/not/there", "optional:classpath:not/there")
				.build())
			.build()
			.migrate()
			.applied()).hasSize(1);
	}

	private List<String> states(@Nullable Environment environment) {
		return migrator(environment).status()
			.migrations()
			.stream()
			.map((status) -> status.key() + " " + status.state())
			.toList();
	}

	private Migrator migrator(@Nullable Environment environment) {
		return Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder().locations(this.scripts.location()).environment(environment).build())
			.build();
	}

}
