package dev.samara.migration;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.samara.environment.Environment;
import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Migrations that need others before them.
 */
@PostgresTest
class DependenciesIntegrationTests extends AbstractScriptIntegrationTests {

	DependenciesIntegrationTests(TestDatabase server) {
		super(server);
	}

	@Test
	void runsWhatIsNeededFirst() {
		this.scripts.add("V1__orders.sql", "-- samara: depends-on=create_users, R:names\nSELECT 1")
			.add("V2__plain.sql", "SELECT 1")
			.add("V3__create_users.sql", "/* Depends-On: 002 */ SELECT 1")
			.add("R__names.sql", "SELECT 1")
			.add("R__a.sql", "-- samara: depends-on=R__names.sql\nSELECT 1");

		assertThat(migrator().plan().steps()).extracting((step) -> step.migration().key().toString())
			.containsExactly("2", "3", "R:names", "1", "R:a");
		assertThat(migrate().applied()).hasSize(5);
		assertThat(migrate().applied()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			depends-on=create_usrs | unknown-dependency   | Did you mean "V1__create_users"?
			depends-on=R:names     | unknown-dependency   | Did you mean
			depends-on=names       | ambiguous-dependency | Write its version
			depends-on=            | invalid-directive    | depends-on=3
			depends-on=5           | dependency-cycle     | Take one of these
			depends-on=4, 1        | dependency-cycle     | Take one of these
			""")
	void refusesWhatIsNotClear(String directive, String code, String remedy) {
		this.scripts.add("V1__create_users.sql", "SELECT 1")
			.add("V2__names.sql", "SELECT 1")
			.add("V3__names.sql", "SELECT 1")
			.add("V4__four.sql", "-- samara: depends-on=5\nSELECT 1")
			.add("V5__five.sql", "-- samara: " + directive + "\nSELECT 1");

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(ex.getFindings()).singleElement().satisfies((finding) -> {
				assertThat(finding.code()).isEqualTo(code);
				assertThat(finding.remedy()).contains(remedy);
				assertThat(finding.place()).asString().matches(".*V[45]__.*:1:4");
			}));
		assertThat(this.database.value(Boolean.class, "SELECT to_regclass('samara_migrations') IS NULL")).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			V2__FillSlugs                                                  | 2
			V2__fill_slugs                                                 | 2
			FillSlugs                                                      | 2
			fill slugs                                                     | 2
			2                                                              | 2
			v2                                                             | 2
			dev.samara.migration.DependenciesIntegrationTests$V2__FillSlugs | 2
			V3__create_users                                               | 3
			V3__CreateUsers                                                | 3
			V3__create_users.up.sql                                        | 3
			004_named_by_itself                                            | 004
			R__AllNames                                                    | R:all names
			R:all names                                                    | R:all names
			""")
	void findsWhatIsNamedAsTheProjectWritesIt(String name, String found) {
		this.scripts.add("V1__a.sql", "-- samara: depends-on=" + name + "\nSELECT 1")
			.add("V3__create_users.up.sql", "SELECT 1")
			.add("R__all_names.sql", "SELECT 1");

		MigrationPlan plan = Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder().locations(List.of(this.scripts.location())).build())
			.javaMigrations(List.of(new V2__FillSlugs(), new SampleMigration("004_named_by_itself", "SELECT 1")))
			.build()
			.plan();

		assertThat(plan.errors()).isEmpty();
		assertThat(plan.steps()).extracting((step) -> step.migration().key().toString())
			.containsSequence(found, "1")
			.hasSize(5);
	}

	@ParameterizedTest
	@CsvSource({ "V2__FilSlugs, V2__FillSlugs", "R:all nams, R__all_names", "create_user, V3__create_users",
			"04_named_by_itself, 004_named_by_itself" })
	void proposesANameAsTheProjectWritesIt(String name, String proposed) {
		this.scripts.add("V1__a.sql", "-- samara: depends-on=" + name + "\nSELECT 1")
			.add("V3__create_users.up.sql", "SELECT 1")
			.add("R__all_names.sql", "SELECT 1");

		assertThat(Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder().locations(List.of(this.scripts.location())).build())
			.javaMigrations(List.of(new V2__FillSlugs(), new SampleMigration("004_named_by_itself", "SELECT 1")))
			.build()
			.plan()
			.errors()).extracting(Finding::remedy).containsExactly("Did you mean \"" + proposed + "\"?");
	}

	@Test
	void prefersTheNameThatIsWrittenToOneThatLacksItsBlanks() {
		this.scripts.add("V1__a.sql", "-- samara: depends-on=usernames\nSELECT 1")
			.add("V2__user_names.sql", "SELECT 1")
			.add("V3__b.sql", "-- samara: depends-on=AllPets\nSELECT 1")
			.add("V8__all_pets.sql", "SELECT 1")
			.add("V9__usernames.sql", "SELECT 1");

		assertThat(migrator().plan().errors()).isEmpty();
		assertThat(migrator().plan().steps()).extracting((step) -> step.migration().key().toString())
			.containsExactly("2", "8", "3", "9", "1");
	}

	@Test
	void refusesANameThatLacksTheBlanksOfSeveral() {
		this.scripts.add("V1__a.sql", "-- samara: depends-on=usernames\nSELECT 1")
			.add("V2__user_names.sql", "SELECT 1")
			.add("V9__users_name.sql", "SELECT 1")
			.add("R__user_names.sql", "SELECT 1");

		assertThat(migrator().plan().errors()).extracting(Finding::code).containsExactly("ambiguous-dependency");
	}

	@Test
	void asksCodeForItsNameOnceOnly() {
		this.scripts.add("V1__a.sql", "-- samara: depends-on=V2__by_itself\nSELECT 1");
		AtomicInteger asked = new AtomicInteger();
		JavaMigration code = new SampleMigration(null, "SELECT 1") {

			@Override
			public String name() {
				if (asked.getAndIncrement() > 0) {
					throw new IllegalStateException("asked again");
				}
				return "V2__by_itself";
			}

		};

		MigrationPlan plan = migrator(OutOfOrder.FAIL, code).plan();

		assertThat(plan.errors()).isEmpty();
		assertThat(plan.steps()).extracting((step) -> step.migration().key().toString()).containsExactly("2", "1");
		assertThat(asked).hasValue(1);
	}

	@Test
	void speaksOfCodeThatNamesNothing() {
		assertThat(migrator(OutOfOrder.FAIL, new SampleMigration("V2__a", "SELECT 1").dependingOn(" ")).plan().errors())
			.singleElement()
			.satisfies((finding) -> {
				assertThat(finding.code()).isEqualTo("invalid-code");
				assertThat(finding.message()).contains("dependsOn()", SampleMigration.class.getName());
				assertThat(finding.remedy()).doesNotContain("-- samara");
			});
	}

	@Test
	void showsTheWayRoundACircle() {
		this.scripts.add("V1__a.sql", "-- samara: depends-on=3\nSELECT 1")
			.add("V2__b.sql", "-- samara: depends-on=1\nSELECT 1")
			.add("V3__c.sql", "-- samara: depends-on=2\nSELECT 1");

		assertThat(migrator().plan().errors()).extracting(Finding::message)
			.containsExactly("Migrations depend on each other in a circle: 1 -> 3 -> 2 -> 1");
	}

	@Test
	void refusesWhatIsNeededButNotDoneHere() {
		this.scripts.add("V1__a.sql", "-- samara: environments=prod\nSELECT 1")
			.add("V2__b.sql", "-- samara: depends-on=1\nSELECT 1")
			.add("V3__c.sql", "-- samara: depends-on=4\nSELECT 1")
			.add("V4__d.sql", "SELECT 1");

		MigrationPlan plan = Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder()
				.locations(this.scripts.location())
				.environment(Environment.DEV)
				.target(MigrationTarget.of("3"))
				.build())
			.build()
			.plan();

		assertThat(plan.errors()).extracting(Finding::message)
			.containsExactly("Migration 2 (b) depends on 1 (a), which is not for this environment",
					"Migration 3 (c) depends on 4 (d), which is not applied, and beyond the target");
	}

	@Test
	void doesNotTakeANeededHigherVersionForOutOfOrder() {
		this.scripts.add("V1__a.sql", "-- samara: depends-on=2\nSELECT missing()").add("V2__b.sql", "SELECT 1");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(this::migrate);
		this.scripts.add("V1__a.sql", "-- samara: depends-on=2\nSELECT 1");

		assertThat(migrate().applied()).hasSize(1);
	}

	@Test
	void saysOfAnOutOfOrderMigrationThatItsDependenciesHold() {
		this.scripts.add("V1__a.sql", "SELECT 1").add("V3__c.sql", "SELECT 1");
		migrate();
		this.scripts.add("V2__b.sql", "-- samara: depends-on=1\nSELECT 1");

		assertThat(migrator().plan().errors()).extracting(Finding::message)
			.containsExactly("Migration 2 (b) is not applied, but 3 is; what it depends on is applied: 1");
	}

	@Test
	void saysSoTooIfItIsAppliedAllTheSame() {
		this.scripts.add("V1__a.sql", "SELECT 1").add("V3__c.sql", "SELECT 1");
		migrate();
		this.scripts.add("V2__b.sql", "-- samara: depends-on=1\nSELECT 1");

		MigrationPlan warned = migrator(OutOfOrder.WARN).plan();
		assertThat(warned.errors()).isEmpty();
		assertThat(warned.warnings()).extracting(Finding::message)
			.containsExactly("Migration 2 (b) is not applied, but 3 is; what it depends on is applied: 1");
		MigrationPlan allowed = migrator(OutOfOrder.ALLOW).plan();
		assertThat(allowed.findings()).isEmpty();
		for (MigrationPlan plan : List.of(warned, allowed)) {
			assertThat(plan.steps()).extracting(PlanStep::reason)
				.containsExactly("pending, out of order, but what it depends on is applied: 1");
		}
		assertThat(allowed.describe().toString()).contains("what it depends on is applied: 1; one transaction");
	}

	@Test
	void saysNothingOfDependenciesThatAreToRunStill() {
		this.scripts.add("V1__a.sql", "SELECT 1").add("V4__d.sql", "SELECT 1");
		migrate();
		this.scripts.add("V2__b.sql", "-- samara: depends-on=1, 3\nSELECT 1").add("V3__c.sql", "SELECT 1");

		assertThat(migrator(OutOfOrder.ALLOW).plan().steps()).extracting(PlanStep::reason)
			.containsExactly("pending, out of order", "pending, out of order");
	}

	@Test
	void doesNotTakeBackWhatOthersNeed() {
		this.scripts.add("V1__a.sql", "SELECT 1")
			.add("V1__a.down.sql", "SELECT 1")
			.add("V2__b.sql", "-- samara: depends-on=1\nSELECT 1")
			.add("V2__b.down.sql", "SELECT 1");
		migrate();

		assertThatExceptionOfType(RollbackRefusedException.class)
			.isThrownBy(() -> migrator().rollback(RollbackTarget.onlyForced("1")))
			.withMessageContaining("Migration 1 (a) is needed by what stays: 2 (b)");
		assertThat(migrator().rollback(RollbackTarget.EVERYTHING).rolledBack()).hasSize(2);
	}

	static class V2__FillSlugs extends SampleMigration {

		V2__FillSlugs() {
			super(null, "SELECT 1");
		}

	}

	private Migrator migrator() {
		return migrator(OutOfOrder.FAIL);
	}

	private Migrator migrator(OutOfOrder outOfOrder, JavaMigration... code) {
		return Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder().locations(this.scripts.location()).outOfOrder(outOfOrder).build())
			.javaMigrations(List.of(code))
			.build();
	}

}
