package dev.samara.migration;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.samara.script.ScriptFilling;
import dev.samara.script.ScriptScanner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What code is called, and by what its change is noticed.
 */
class JavaMigrationNameTests {

	private static final String OUTER = JavaMigrationNameTests.class.getName();

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			V7__fill_slugs   | 7   | fill slugs
			V7__FillSlugs    | 7   | fill slugs
			V1_2__A          | 1.2 | a
			V007__LoadISOCodes | 7 | load ISO codes
			007_fill_slugs   | 7   | fill slugs
			1.2-x            | 1.2 | x
			V7__Add_ISO codes | 7  | Add ISO codes
			R__SlugView      | -   | slug view
			V8               | 8   | ''
			""")
	void isReadAsThatOfAFile(String name, @Nullable String version, String description) {
		assertThat(of(new SampleMigration(name, ""), SampleMigration.class, null)).hasValueSatisfying((read) -> {
			assertThat(read.name().version()).isEqualTo((version != null) ? MigrationVersion.of(version) : null);
			assertThat(read.name().description()).isEqualTo(description);
			assertThat(read.path()).isEqualTo(SampleMigration.class.getName());
		});
	}

	@ParameterizedTest
	@CsvSource({ "fillSlugs", "V7_FillSlugs", "U7__FillSlugs", "v7__x", "V__x" })
	void isRefusedIfItFitsNoGrammar(String name) {
		assertThat(of(new SampleMigration(name, ""), SampleMigration.class, "v7__x")).isEmpty();
	}

	@Test
	void isThatOfTheClassRatherThanOfTheBean() {
		assertThat(of(new V7__FillSlugs(), V7__FillSlugs.class, "v8__other").map(JavaMigrationNameTests::text))
			.contains("7 fill slugs " + OUTER + "$V7__FillSlugs");
		assertThat(of(new V7__FillSlugs(), V7__FillSlugs$$Generated.class, "x").map(JavaMigrationNameTests::text))
			.contains("7 fill slugs " + OUTER + "$V7__FillSlugs");
	}

	@Test
	void isThatOfTheBeanIfTheClassSaysNothing() {
		JavaMigration lambda = (context) -> {
		};

		assertThat(of(lambda, lambda.getClass(), "v8__mergeRows").map(JavaMigrationNameTests::text))
			.contains("8 merge rows " + OUTER + "#v8__mergeRows");
		assertThat(of(lambda, lambda.getClass(), "r__Views").map(JavaMigrationNameTests::text))
			.contains("null views " + OUTER + "#r__Views");
		assertThat(of(lambda, lambda.getClass(), "mergeRows")).isEmpty();
		assertThat(of(lambda, lambda.getClass(), null)).isEmpty();
	}

	@Test
	void isAdvisedAsTheSimplest() {
		assertThat(JavaMigrationName.ADVICE).startsWith("Name its bean as in v16__mergeRows");
		JavaMigration lambda = (context) -> {
		};
		assertThat(of(lambda, lambda.getClass(), "v16__mergeRows")).isPresent();
		assertThat(of(lambda, lambda.getClass(), "r__mergeRows")).isPresent();
	}

	@Test
	void isToldWithTheBeansIfTheyAreOfOneClass() {
		ResolvedMigrations resolved = MigrationResolver.resolve(List.of(),
				new ScriptScanner(getClass().getClassLoader()), ScriptFilling.NONE,
				List.of(new CodeSource(new V7__FillSlugs(), V7__FillSlugs.class, "first"),
						new CodeSource(new V7__FillSlugs(), V7__FillSlugs.class, "second")));

		assertThat(resolved.findings()).singleElement()
			.satisfies((finding) -> assertThat(finding.message()).isEqualTo("Version 7 is taken twice: " + OUTER
					+ "$V7__FillSlugs (bean \"first\") and " + OUTER + "$V7__FillSlugs (bean \"second\")"));
	}

	@Test
	void makesTheChecksumWithWhatTheCodeSays() {
		assertThat(checksum("V7__FillSlugs", null)).isEqualTo(checksum("V007__fill_slugs", null))
			.isNotEqualTo(checksum("V7__FillCodes", null))
			.isNotEqualTo(checksum("V7__FillSlugs", "2"));
		assertThat(checksum("V7__FillSlugs", "2")).isNotEqualTo(checksum("V7__FillCodes", "2"));
	}

	@Test
	void followsTheContentOfAClassAndOfThoseWithin() {
		assertThat(ClassChecksum.of(V7__FillSlugs.class)).startsWith("sha256:")
			.isEqualTo(ClassChecksum.of(V7__FillSlugs$$Generated.class))
			.isNotEqualTo(ClassChecksum.of(SampleMigration.class))
			.isNotEqualTo(ClassChecksum.of(JavaMigrationNameTests.class));
		assertThat(ClassChecksum.of(SampleMigration.class))
			.isNotEqualTo(ClassChecksum.of(SampleMigration.Reversible.class));
	}

	@Test
	void tellsProgressNowAndThen() {
		CodeProgress progress = new CodeProgress("com.acme.V1", 0);

		assertThat(progress.report(1, 100, seconds(1))).isEmpty();
		assertThat(progress.report(25, 100, seconds(6))).contains("com.acme.V1: 25 of 100, 25 %, about 18 s left");
		assertThat(progress.report(26, 100, seconds(7))).isEmpty();
		assertThat(progress.report(0, 0, seconds(20))).contains("com.acme.V1: 0 of 0");
	}

	private static long seconds(int seconds) {
		return Duration.ofSeconds(seconds).toNanos();
	}

	private static String checksum(String name, @Nullable String own) {
		SampleMigration migration = new SampleMigration(name, "");
		return MigrationContent.Java
			.of(migration, name, of(migration, SampleMigration.class, null).orElseThrow(), own, List.of(), true)
			.checksum();
	}

	private static String text(JavaMigrationName name) {
		return name.name().version() + " " + name.name().description() + " " + name.path();
	}

	private static Optional<JavaMigrationName> of(JavaMigration migration, Class<?> type, @Nullable String bean) {
		return JavaMigrationName.of(migration.name(), type, bean);
	}

	static class V7__FillSlugs implements JavaMigration {

		@Override
		public void up(MigrationContext context) {
		}

	}

	static class V7__FillSlugs$$Generated extends V7__FillSlugs {

	}

}
