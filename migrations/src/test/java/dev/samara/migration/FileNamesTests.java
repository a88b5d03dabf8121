package dev.samara.migration;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.samara.environment.Environment;
import dev.samara.script.Location;
import dev.samara.script.ScriptFilling;
import dev.samara.script.ScriptScanner;
import dev.samara.testing.Scripts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The one reading of each file name, as {@code docs/migrations.md} and
 * {@code docs/callbacks.md} have it.
 */
class FileNamesTests {

	@TempDir
	private Path folder;

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			V1__add_email.sql                 | 1 (add email)
			V1.2__add_email.sql               | 1.2 (add email)
			V1_2__add_email.sql               | 1.2 (add email)
			V3.sql                            | 3
			V1__add_email.SQL                 | 1 (add email)
			V007__bond.sql                    | 007 (bond)
			V1__a__b.sql                      | 1 (a  b)
			V1__add_email.up.sql              | 1 (add email)
			001_add_email.sql                 | 001 (add email)
			001-add_email.sql                 | 001 (add email)
			1.2_add_email.sql                 | 1.2 (add email)
			1_2_add_email.sql                 | 1 (2 add email)
			20260115103000_add_email.sql      | 20260115103000 (add email)
			2026/01/001_add_email.up.sql      | 001 (add email)
			R__prices.sql                     | R:prices
			views/R__all_prices.sql           | R:all prices
			V1__add_email.down.sql            | orphaned-down-script
			R__prices.down.sql                | orphaned-down-script
			U1__add_email.sql                 | orphaned-down-script
			rollback/001_add_email.sql        | orphaned-down-script
			beforeMigrate.sql                 | beforeMigrate
			beforeMigrate__role.sql           | beforeMigrate (role)
			each/afterEachMigrate__a_b.sql    | afterEachMigrate (a b)
			rollback/afterRollback.sql        | afterRollback
			afterUndo.sql                     | afterRollback
			afterMigrateApplied.sql           | afterMigrate
			beforeClean.sql                   | callback-never-called
			afterInfo__x.sql                  | callback-never-called
			beforeMigrat.sql                  | unknown-callback
			beforemigrate__x.sql              | unknown-callback
			afterMigrate_grants.sql           | unknown-callback
			afterMigrate__grants.down.sql     | unknown-callback
			v1__lower.sql                     | bad-name
			V1_add_email.sql                  | bad-name
			V__add_email.sql                  | bad-name
			R_prices.sql                      | bad-name
			R__.sql                           | bad-name
			B1__baseline.sql                  | bad-name
			add_email.sql                     | bad-name
			after_sales.sql                   | bad-name
			1..2_x.sql                        | bad-name
			.sql                              | bad-name
			V1__add_email.sql.bak             | nothing
			V1__add_email.txt                 | nothing
			beforeMigrate.sh                  | nothing
			README.md                         | nothing
			""")
	void haveOneReading(String name, String reading) {
		Scripts scripts = Scripts.in(this.folder).add(name, "SELECT 1");

		assertThat(readings(resolve(scripts.location())))
			.containsExactlyElementsOf(Stream.of(reading).filter((text) -> !text.equals("nothing")).toList());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			V2__b.sql         | level=all      | a seed.
			V2__b.sql         | table=x        | a data file of seeds.
			V1__a.down.sql    | depends-on=2   | a migration or a seed, not a callback and not a down script.
			V1__a.down.sql    | irreversible because | a migration that has no down script.
			afterMigrate.sql  | depends-on=1   | a migration or a seed, not a callback and not a down script.
			""")
	void sayWhichDirectivesBelongThere(String name, String directive, String home) {
		Scripts scripts = Scripts.in(this.folder)
			.add("V1__a.sql", "SELECT 1")
			.add(name, "-- samara: " + directive + "\nSELECT 1");

		assertThat(resolve(scripts.location()).findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.code()).isEqualTo("unknown-directive");
			assertThat(finding.remedy()).startsWith("It belongs into " + home + " Known here are ");
		});
	}

	@Test
	void orderCallbacksByLocationAndThenByDescription() {
		Scripts scripts = Scripts.in(this.folder)
			.add("a/afterMigrate__c.sql", "SELECT 1")
			.add("a/sub/afterMigrate__b.sql", "SELECT 2")
			.add("a/sub/afterMigrate.sql", "SELECT 2")
			.add("b/afterMigrate__a.sql", "SELECT 3")
			.add("b/afterMigrate__c.sql", "SELECT 4");

		assertThat(readings(resolve(scripts.location() + "/a", scripts.location() + "/b"))).containsExactly(
				"afterMigrate", "afterMigrate (b)", "afterMigrate (c)", "afterMigrate (a)", "afterMigrate (c)");
	}

	@Test
	void interleaveTheVersionsOfLocationsAndWildcards() {
		Scripts scripts = Scripts.in(this.folder)
			.add("shop-a/V1__a.sql", "SELECT 1")
			.add("shop-a/V3__c.sql", "SELECT 1")
			.add("shop-b/V2__b.sql", "SELECT 1")
			.add("shop-b/V1.5__x.sql", "SELECT 1")
			.add("other/V4__d.sql", "SELECT 1");

		assertThat(readings(resolve(scripts.location() + "/shop-*"))).containsExactly("1 (a)", "1.5 (x)", "2 (b)",
				"3 (c)");
		assertThat(readings(
				resolve(scripts.location() + "/shop-b", scripts.location() + "/other", scripts.location() + "/shop-*")))
			.containsExactly("1 (a)", "1.5 (x)", "2 (b)", "3 (c)", "4 (d)");
	}

	@Test
	void leaveOutCallbacksOfOtherEnvironments() {
		Scripts scripts = Scripts.in(this.folder)
			.add("afterMigrate__prod.sql", "-- samara: environments=prod\nSELECT 1")
			.add("afterMigrate__all.sql", "SELECT 1");

		ResolvedMigrations resolved = resolve(scripts.location());

		assertThat(readings(resolved.in(null))).containsExactly("afterMigrate (all)");
		assertThat(readings(resolved.in(Environment.of("prod")))).containsExactly("afterMigrate (all)",
				"afterMigrate (prod)");
	}

	private static ResolvedMigrations resolve(String... locations) {
		return MigrationResolver.resolve(Stream.of(locations).map(Location::parse).toList(),
				new ScriptScanner(FileNamesTests.class.getClassLoader()), ScriptFilling.NONE, List.of());
	}

	private static List<String> readings(ResolvedMigrations resolved) {
		return Stream.of(resolved.migrations().stream().map(Migration::toString),
				CallbackPlanning.of(resolved.callbacks(), (event) -> true).callbacks().stream().map(Callback::toString),
				resolved.findings().stream().map((finding) -> finding.code()))
			.flatMap((readings) -> readings)
			.toList();
	}

}
