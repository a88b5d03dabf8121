package dev.samara;

import java.util.Set;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The package map of the engine.
 */
class ArchitectureTests {

	private static final JavaClasses ENGINE = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("dev.samara");

	@Test
	void packagesHaveNoCycles() {
		slices().matching("dev.samara.(**)").should().beFreeOfCycles().check(ENGINE);
	}

	@Test
	void packagesDependAsTheMapSays() {
		layeredArchitecture().consideringOnlyDependenciesInAnyPackage("dev.samara..")
			.layer("root")
			.definedBy("dev.samara")
			.layer("sql")
			.definedBy("dev.samara.sql")
			.layer("placeholder")
			.definedBy("dev.samara.placeholder")
			.layer("script")
			.definedBy("dev.samara.script")
			.layer("postgres")
			.definedBy("dev.samara.postgres")
			.layer("activity")
			.definedBy("dev.samara.activity")
			.layer("execution")
			.definedBy("dev.samara.execution")
			.layer("lock")
			.definedBy("dev.samara.lock")
			.layer("environment")
			.definedBy("dev.samara.environment")
			.layer("existing")
			.definedBy("dev.samara.existing")
			.layer("schema")
			.definedBy("dev.samara.schema")
			.layer("migration")
			.definedBy("dev.samara.migration")
			.whereLayer("root")
			.mayNotAccessAnyLayer()
			.whereLayer("sql")
			.mayOnlyAccessLayers("root")
			.whereLayer("placeholder")
			.mayOnlyAccessLayers("root", "sql")
			.whereLayer("script")
			.mayOnlyAccessLayers("root", "sql", "placeholder")
			.whereLayer("postgres")
			.mayOnlyAccessLayers("root", "sql")
			.whereLayer("activity")
			.mayOnlyAccessLayers("root", "sql", "postgres")
			.whereLayer("execution")
			.mayOnlyAccessLayers("root", "sql", "placeholder", "script", "postgres", "activity")
			.whereLayer("lock")
			.mayOnlyAccessLayers("root", "postgres", "activity")
			.whereLayer("environment")
			.mayOnlyAccessLayers("root", "placeholder", "script", "existing", "postgres")
			.whereLayer("existing")
			.mayOnlyAccessLayers("root", "postgres")
			.whereLayer("schema")
			.mayOnlyAccessLayers("root", "postgres")
			.whereLayer("migration")
			.mayOnlyAccessLayers("root", "sql", "placeholder", "script", "postgres", "activity", "execution", "lock",
					"environment", "existing", "schema")
			.check(ENGINE);
	}

	@Test
	void theEngineKnowsNeitherBootNorAnApplicationContext() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.boot..", "org.springframework.context..", "tools.jackson..",
					"com.fasterxml..", "io.micrometer..")
			.check(ENGINE);
	}

	@Test
	void onlyTheConnectionKnowsTheInnerDriver() {
		noClasses().that()
			.resideOutsideOfPackage("dev.samara.postgres")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.postgresql..")
			.check(ENGINE);
	}

	@Test
	void namesSayWhatAThingIs() {
		noClasses().should()
			.haveSimpleNameEndingWith("Manager")
			.orShould()
			.haveSimpleNameEndingWith("Helper")
			.orShould()
			.haveSimpleNameEndingWith("Util")
			.orShould()
			.haveSimpleNameEndingWith("Utils")
			.orShould()
			.haveSimpleNameEndingWith("Impl")
			.check(ENGINE);
	}

	@Test
	void exceptionsCarryTheirRemedy() {
		classes().that().areAssignableTo(Throwable.class).should().beAssignableTo(SamaraException.class).check(ENGINE);
	}

	@Test
	void theMigrationPackageShowsOnlyItsApi() {
		classes().that()
			.resideInAPackage("dev.samara.migration")
			.and()
			.areTopLevelClasses()
			.and()
			.arePublic()
			.should(beOneOf(Set.of("Migrator", "MigrationSettings", "MigrationVersion", "MigrationKind", "MigrationKey",
					"Migration", "MigrationState", "MigrationStatus", "MigrationOverview", "MigrationPlan", "PlanStep",
					"PlanCheck", "MigrationListener", "MigrationResult", "MigrationReport", "HistoryEntry",
					"HistoryEvent", "OutOfOrder", "OnNonEmpty", "MigrationFailedException",
					"MigrationValidationException", "MigrationTarget", "RollbackTarget", "RollbackPlan", "RollbackStep",
					"RollbackResult", "RollbackReport", "RollbackRefusedException", "RollbackFailedException",
					"PlanDescription", "DryRunReport", "RoundTripReport", "JavaMigration", "ReversibleJavaMigration",
					"MigrationContext", "MigrationContent", "MigrationWork", "ClassChecksum", "Callback",
					"CallbackEvent", "CallbackFailedException")))
			.check(ENGINE);
	}

	private static ArchCondition<JavaClass> beOneOf(Set<String> names) {
		return new ArchCondition<>("be one of the types users know") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				if (!names.contains(type.getSimpleName())) {
					events
						.add(SimpleConditionEvent.violated(type, type.getName() + " is public, but not known as API"));
				}
			}

		};
	}

}
