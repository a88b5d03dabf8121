package dev.samara;

import java.util.Set;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the seed engine stands in the package map.
 */
class ArchitectureTests {

	private static final JavaClasses ENGINES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.withImportOption((location) -> !location.contains("-tests.jar"))
		.importPackages("dev.samara");

	@Test
	void packagesHaveNoCycles() {
		slices().matching("dev.samara.(**)").should().beFreeOfCycles().check(ENGINES);
	}

	@Test
	void seedsKnowNeitherMigrationsNorBootNorAnApplicationContext() {
		classes().that()
			.resideInAPackage("dev.samara.seed")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("java..", "javax.sql", "org.jspecify.annotations", "org.apache.commons.logging",
					"org.springframework.dao", "org.springframework.jdbc.core", "org.springframework.jdbc.core.simple",
					"dev.samara", "dev.samara.seed", "dev.samara.script", "dev.samara.sql", "dev.samara.placeholder",
					"dev.samara.execution", "dev.samara.lock", "dev.samara.postgres", "dev.samara.environment",
					"dev.samara.seed.data", "dev.samara.seed.volume", "dev.samara.seed.check")
			.check(ENGINES);
	}

	@Test
	void dataFilesKnowNothingOfSeeds() {
		classes().that()
			.resideInAPackage("dev.samara.seed.data")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("java..", "org.jspecify.annotations", "org.apache.commons.logging",
					"org.springframework.dao", "org.springframework.jdbc.core", "org.springframework.core.io",
					"org.springframework.util", "org.postgresql..", "de.siegmar.fastcsv.reader", "tools.jackson.core..",
					"org.yaml.snakeyaml..", "dev.samara", "dev.samara.seed.data", "dev.samara.placeholder",
					"dev.samara.script", "dev.samara.postgres")
			.check(ENGINES);
	}

	@Test
	void rowsAreMadeWithoutADatabase() {
		classes().that()
			.resideInAPackage("dev.samara.seed.volume")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("java..", "org.jspecify.annotations", "org.springframework.core.io",
					"org.springframework.util", "org.yaml.snakeyaml..", "net.datafaker", "net.datafaker.providers.base",
					"dev.samara", "dev.samara.script", "dev.samara.seed.data", "dev.samara.seed.volume")
			.check(ENGINES);
	}

	@Test
	void checksKnowNothingOfSeeds() {
		classes().that()
			.resideInAPackage("dev.samara.seed.check")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("java..", "org.jspecify.annotations", "org.springframework.dao",
					"org.springframework.jdbc.core", "org.postgresql.jdbc", "dev.samara", "dev.samara.script",
					"dev.samara.sql", "dev.samara.postgres", "dev.samara.seed.data", "dev.samara.seed.check")
			.check(ENGINES);
	}

	@Test
	void exceptionsCarryTheirRemedy() {
		classes().that()
			.resideInAPackage("dev.samara.seed..")
			.and()
			.areAssignableTo(Throwable.class)
			.should()
			.beAssignableTo(SamaraException.class)
			.check(ENGINES);
	}

	@Test
	void theSeedPackageShowsOnlyItsApi() {
		Set<String> shown = ENGINES.stream()
			.filter((type) -> type.getPackageName().equals("dev.samara.seed") && type.isTopLevelClass())
			.filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC))
			.map(JavaClass::getSimpleName)
			.collect(Collectors.toSet());

		assertThat(shown).containsExactlyInAnyOrder("SeedRunner", "SeedSettings", "SeedLevel", "Seed", "SeedState",
				"SeedStatus", "SeedOverview", "SeedPlan", "SeedStep", "SeedListener", "SeedResult", "SeedReport",
				"SeedContent", "SeedWork", "SeedEntry", "SeedEvent", "SeedFailedException", "SeedValidationException",
				"SeedSelection", "SeedRollback", "SeedRollbackReport", "SeedRollbackResult",
				"SeedRollbackFailedException", "SeedResetReport", "Seeder", "ReversibleSeeder", "SeedContext");
	}

}
