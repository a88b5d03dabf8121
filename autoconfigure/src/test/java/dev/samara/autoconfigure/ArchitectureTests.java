package dev.samara.autoconfigure;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.sql.init.dependency.DatabaseInitializerDetector;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;

import dev.samara.SamaraException;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

class ArchitectureTests {

	private static JavaClasses classes;

	@BeforeAll
	static void readClasses() {
		classes = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
			.importPackages("dev.samara.autoconfigure");
		assertThat(classes).isNotEmpty();
	}

	@Test
	void packagesHaveNoCycle() {
		slices().matching("dev.samara.autoconfigure.(*)..").should().beFreeOfCycles().check(classes);
		noClasses().that()
			.resideInAPackage("dev.samara.autoconfigure")
			.should()
			.dependOnClassesThat(resideInAPackage("dev.samara.autoconfigure.*"))
			.check(classes);
	}

	@Test
	void packagesKnowOnlyThoseBelow() {
		noClasses().that()
			.resideInAPackage("dev.samara.autoconfigure.migration")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("dev.samara.seed..", "dev.samara.autoconfigure.seed..",
					"dev.samara.autoconfigure.actuate..")
			.check(classes);
		noClasses().that()
			.resideOutsideOfPackage("dev.samara.autoconfigure.actuate")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.boot.actuate..", "org.springframework.boot.health..")
			.check(classes);
	}

	@Test
	void autoConfigurationsAreFinalAndTheirBeansTheirs() {
		classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.haveModifier(JavaModifier.FINAL)
			.andShould()
			.bePublic()
			.check(classes);
		methods().that().areAnnotatedWith(Bean.class).should().bePackagePrivate().check(classes);
		noMethods().that()
			.areAnnotatedWith(Bean.class)
			.should()
			.beAnnotatedWith(ConditionalOnClass.class)
			.because("the method's signature is read before its condition")
			.check(classes);
	}

	@Test
	void whatOnlySpringUsesIsNotPublic() {
		classes().that()
			.areAssignableTo(Condition.class)
			.or()
			.areAssignableTo(FailureAnalyzer.class)
			.or()
			.areAssignableTo(DatabaseInitializerDetector.class)
			.should()
			.notBePublic()
			.check(classes);
	}

	@Test
	void configurationIsARecord() {
		classes().that().areAnnotatedWith(ConfigurationProperties.class).should().beRecords().check(classes);
	}

	@Test
	void whatIsThrownOnPurposeCarriesARemedy() {
		classes().that()
			.areAssignableTo(Throwable.class)
			.and(not(JavaClass.Predicates.equivalentTo(SamaraException.class)))
			.should()
			.beAssignableTo(SamaraException.class)
			.check(classes);
	}

}
