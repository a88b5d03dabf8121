package dev.samara.autoconfigure.migration;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.samara.autoconfigure.TestApplication;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * How far a start migrates, and when it takes migrations back.
 */
@PostgresTest
@ExtendWith(OutputCaptureExtension.class)
class StartupTargetIntegrationTests {

	private static final String VALIDATE = "samara.migrations.on-startup=validate";

	private TestDatabase database;

	private Scripts scripts;

	@BeforeEach
	void threeTablesWithTheirWayBack(TestDatabase shared, @TempDir Path folder) {
		this.database = shared.newDatabase();
		this.scripts = Scripts.in(folder).add("seed/common/001_seed.sql", "INSERT INTO t1 VALUES (1);");
		for (int i = 1; i <= 3; i++) {
			this.scripts.add("migration/V" + i + "__t.sql", "CREATE TABLE t" + i + " (id integer);")
				.add("migration/V" + i + "__t.down.sql", "DROP TABLE t" + i + ";");
		}
	}

	@Test
	void migratesUpToTheTargetAndNoFurther() {
		start(target("2"));
		assertThat(tables()).containsExactly("t1", "t2");

		start(target("next"));
		assertThat(tables()).containsExactly("t1", "t2", "t3");
	}

	@Test
	void rollsBackToTheTargetAndSaysSo(CapturedOutput output) {
		start();

		start(target("1"));

		assertThat(tables()).containsExactly("t1");
		assertThat(output).contains("The database is at version 3, above the target 1: rolling back everything above 1",
				"Rolled back 3 (t) in ", "Rolled back 2 (t) in ", "now at version 1");
		start(target("1"));
		assertThat(output).containsOnlyOnce("above the target 1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "samara.environment=prod", "samara.environment=" })
	void rollsBackProductionOnlyWithTheNameOfItsDatabase(String environment, CapturedOutput output) {
		start("samara.environment=prod");

		startInVain(target("1"), environment);
		startInVain(target("1"), environment, "samara.migrations.rollback-database=another");

		assertThat(tables()).containsExactly("t1", "t2", "t3");
		assertThat(output).contains(
				"samara.migrations.target=1 would roll back production database \"" + this.database.name()
						+ "\" from version 3: 3 (t), 2 (t). Nothing was run.",
				"set samara.migrations.rollback-database=" + this.database.name() + " for this start",
				"samara.migrations.rollback-database names \"another\", which is not this database");

		start(target("1"), environment, "samara.migrations.rollback-database=" + this.database.name());
		assertThat(tables()).containsExactly("t1");
	}

	@Test
	void reportsWhatTheTargetHoldsBackAtEveryStart(CapturedOutput output) {
		start(target("1"));
		assertThat(output).containsOnlyOnce("Target 1: 2 pending migrations above it are held back: 2, 3 [held-back]");

		start(target("1"));
		start(target("next"));
		assertThat(output.toString().split("Target 1: 2 pending migrations above it are held back")).hasSize(3);
		assertThat(output).contains("Target +1: 1 pending migration above it is held back: 3");

		start(target("3"));
		assertThat(output.toString().split("held back:")).hasSize(4);
	}

	@Test
	void rollsBackWhatANewerReleaseHasApplied(CapturedOutput output) {
		start();
		this.scripts.remove("migration/V3__t.sql").remove("migration/V3__t.down.sql");

		start();
		assertThat(tables()).containsExactly("t1", "t2", "t3");

		start(target("2"));
		assertThat(tables()).containsExactly("t1", "t2");
		assertThat(output).contains("by the down script kept in the history");
	}

	@Test
	void appliesWhatIsPendingBelowTheTargetAfterARollback() {
		this.scripts.add("migration/R__first.sql", "CREATE OR REPLACE VIEW first AS SELECT 1 AS release;");
		start();
		this.scripts.add("migration/R__first.sql", "CREATE OR REPLACE VIEW first AS SELECT 0 AS release;")
			.remove("migration/V3__t.sql")
			.remove("migration/V3__t.down.sql");

		start(target("2"));

		assertThat(this.database.value(Integer.class, "SELECT release FROM first")).isZero();
	}

	@Test
	void seedsAfterARollbackToo() {
		start("samara.seeds.enabled=false");

		start(target("1"));

		assertThat(this.database.value(Integer.class, "SELECT count(*) FROM t1")).isOne();
	}

	@Test
	void fillsTablesAgainThatAreMigratedAgainAfterARollback(CapturedOutput output) {
		this.scripts.add("seed/common/003_t3.sql", "INSERT INTO t3 VALUES (3);");
		start();

		start(target("2"));
		assertThat(output).contains("Seed common/003_t3.sql is incomplete: table public.t3 was dropped");
		start();

		assertThat(output).contains(
				"Seed common/003_t3.sql runs again: table public.t3 was dropped and created again after it was applied");
		assertThat(this.database.values(Integer.class, "SELECT id FROM t3")).containsExactly(3);
	}

	@Test
	void staysWhereItIsWithoutAWayBackAndSaysWhichHasNone(CapturedOutput output) {
		this.scripts.remove("migration/V2__t.down.sql");
		start();

		startInVain(target("1"));

		assertThat(tables()).containsExactly("t1", "t2", "t3");
		assertThat(output).contains("APPLICATION FAILED TO START",
				"One problem was found with the rollback. Nothing was run.",
				"migration/V2__t.sql: Migration 2 (t) has no down script [no-way-back]", "Action:",
				"or roll back to 2 at the furthest.");
	}

	@Test
	void saysWhichDownScriptFailedAndWhatWasRolledBackBefore(CapturedOutput output) {
		this.scripts.add("migration/V2__t.down.sql", "DROP TABLE t2;\nDROP TABLE missing;");
		start();

		startInVain(target("1"));

		assertThat(tables()).containsExactly("t1", "t2");
		assertThat(output).contains("APPLICATION FAILED TO START", "The rollback of 2 (t) failed at ",
				"V2__t.down.sql:2:1 (statement 2 of 2): table \"missing\" does not exist [42P01]",
				"The migration stays applied. Rolled back before it in this run, and staying so: 3.");
	}

	@Test
	void namesTheNearestOfAVersionThatIsNotThere(CapturedOutput output) {
		startInVain(target("2.5"));

		assertThat(tables()).isEmpty();
		assertThat(output).contains("There is no version 2.5", "The nearest are 2 and 3.");
	}

	@Test
	void refusesWhatIsNoTarget(CapturedOutput output) {
		startInVain(target("newest"));

		assertThat(tables()).isEmpty();
		assertThat(output).contains("APPLICATION FAILED TO START",
				"samara.migrations.target is \"newest\", which is no target",
				"Write latest, next, +<number of migrations> or a version.");
	}

	@Test
	void validatesOnlyWhatLiesWithinTheTarget(CapturedOutput output) {
		start(target("2"));

		start(VALIDATE, target("2"));
		startInVain(VALIDATE, target("3"));
		assertThat(output).contains("Migration 3 (t) is not applied (pending)").doesNotContain("Migration 2 (t)");
		startInVain(VALIDATE, target("1"));
		assertThat(output).contains("The database is at version 2, above the target 1");

		assertThat(tables()).containsExactly("t1", "t2");
	}

	private static String target(String target) {
		return "samara.migrations.target=" + target;
	}

	private void start(String... more) {
		TestApplication.start(WebApplicationType.NONE, TestApplication.properties(this.database, this.scripts, more))
			.close();
	}

	private void startInVain(String... more) {
		assertThatException().isThrownBy(() -> start(more));
	}

	private List<String> tables() {
		return this.database.values(String.class,
				"SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename ~ '^t[0-9]' ORDER BY 1");
	}

}
