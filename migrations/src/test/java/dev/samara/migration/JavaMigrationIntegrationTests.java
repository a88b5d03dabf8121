package dev.samara.migration;

import java.util.Arrays;
import java.util.List;
import java.util.ServiceConfigurationError;

import javax.sql.DataSource;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import dev.samara.environment.Environment;
import dev.samara.lock.LeaseLostException;
import dev.samara.lock.LockMode;
import dev.samara.script.Finding;
import dev.samara.testing.PgBouncer;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Code among scripts: one order, one history, the same rules.
 */
@PostgresTest
class JavaMigrationIntegrationTests extends AbstractJavaMigrationIntegrationTests {

	JavaMigrationIntegrationTests(TestDatabase server) {
		super(server);
	}

	@BeforeEach
	void plants() {
		this.scripts.add("V1__plant.sql", "CREATE TABLE plant (name text PRIMARY KEY, slug text)")
			.add("V3__index.sql", "CREATE UNIQUE INDEX ON plant (slug)");
	}

	@Test
	void runsInTheOrderOfVersionsWithEverythingAContextGives() {
		SampleMigration code = new SampleMigration("V2__fill_slugs", (context) -> {
			context.jdbc().setMaxRows(1);
			context.addRows(context.client().sql("INSERT INTO plant VALUES (?, ?)").param("Oak").param("oak").update());
			context.connection().close();
			try (var statement = context.connection().prepareStatement("INSERT INTO plant VALUES ('Elm', ?)")) {
				statement.setString(1, String.valueOf(context.environment()));
				context.addRows(statement.executeUpdate());
			}
		});

		MigrationReport report = migrator(code).migrate();

		assertThat(report.applied()).extracting((result) -> result.migration() + " " + result.rows())
			.containsExactly("1 (plant) 0", "2 (fill slugs) 2", "3 (index) 0");
		assertThat(this.database.values(String.class, "SELECT slug FROM plant ORDER BY 1")).containsExactly("dev",
				"oak");
		assertThat(this.database.rows("SELECT event, kind, version, description, script, statements_done, "
				+ "statements_total, down_script FROM samara_migrations WHERE version = '2'"))
			.singleElement()
			.satisfies((row) -> assertThat(row).containsEntry("event", "APPLIED")
				.containsEntry("kind", "VERSIONED")
				.containsEntry("description", "fill slugs")
				.containsEntry("script", SampleMigration.class.getName())
				.containsEntry("statements_done", 1)
				.containsEntry("down_script", null));
		assertThat(migrator(code).migrate().runId()).isNull();
		assertThat(migrator(code).status().migrations()).extracting(MigrationStatus::state)
			.containsOnly(MigrationState.APPLIED);
	}

	@Test
	void takesPartInDependenciesEnvironmentsAndPlans() {
		this.scripts.add("V3__index.sql", "-- samara: depends-on=V5__late\nCREATE UNIQUE INDEX ON plant (slug)");
		Migrator migrator = migrator(new SampleMigration("V5__late", "SELECT 1"),
				new SampleMigration("V6__lost", "SELECT 1").dependingOn("V7__nothing"));

		assertThat(migrator.plan().errors()).extracting(Finding::code).containsExactly("unknown-dependency");
		migrator = migrator(new SampleMigration("V4__elsewhere", "SELECT 1").in("prod"),
				new SampleMigration("V5__late", "SELECT 1").dependingOn("plant"));
		assertThat(migrator.plan().describe().toString()).contains("5 late",
				"pending; one transaction, code, no way back", SampleMigration.class.getName());
		assertThat(migrator.migrate().applied()).extracting((result) -> result.migration().key().toString())
			.containsExactly("1", "5", "3");
	}

	@Test
	void isToldApartFromAFileOfTheSameVersion() {
		MigrationPlan plan = migrator(new SampleMigration("V3__other", "SELECT 1"),
				new SampleMigration("fill", "SELECT 1"))
			.plan();

		assertThat(plan.errors()).extracting(Finding::code).containsExactlyInAnyOrder("bad-name", "duplicate-version");
		assertThat(plan.errors()).extracting(Finding::message)
			.anyMatch((message) -> message.startsWith("Version 3 is taken twice: ")
					&& message.contains("V3__index.sql and " + SampleMigration.class.getName()))
			.anyMatch((message) -> message.endsWith("it calls itself \"fill\""));
	}

	@Test
	void refusesOneThatHasChangedOrGone() {
		migrator(new SampleMigration("V2__a", "SELECT 1").withChecksum("1")).migrate();

		assertThat(errors(new SampleMigration("V2__a", "SELECT 1").withChecksum("2"))).singleElement()
			.satisfies((finding) -> assertThat(finding.code() + finding.remedy()).startsWith("checksum-changed")
				.contains("Bring the class back as it was"));
		assertThat(errors(new SampleMigration("V2__b", "SELECT 1").withChecksum("1"))).extracting(Finding::code)
			.containsExactly("checksum-changed");
		assertThat(errors()).singleElement()
			.satisfies((finding) -> assertThat(finding.message() + finding.remedy()).contains("its class is gone",
					"or its bean: " + SampleMigration.class.getName()));
		assertThat(errors(new SampleMigration("002_a", "SELECT 2").withChecksum("1"))).isEmpty();
	}

	@Test
	void runsARepeatableOneAgainWhenItsChecksumIsAnotherOne() {
		SampleMigration first = new SampleMigration("R__fill", "INSERT INTO plant VALUES ('first')").withChecksum("1");
		SampleMigration second = new SampleMigration("R__fill", "INSERT INTO plant VALUES ('second')")
			.withChecksum("2");

		assertThat(migrator(first).migrate().applied()).hasSize(3);
		assertThat(migrator(first).migrate().applied()).isEmpty();
		assertThat(migrator(second).migrate().applied()).hasSize(1);
	}

	@Test
	void isNotTriedByADryRun() {
		DryRunReport report = migrator(new SampleMigration("V2__a", (context) -> {
			throw new IllegalStateException("was called");
		})).dryRun();

		assertThat(report.isSuccessful()).isTrue();
		assertThat(report.tried()).hasSize(2);
		assertThat(report.warnings()).filteredOn((warning) -> warning.code().equals("not-tried"))
			.extracting(Finding::message)
			.singleElement()
			.asString()
			.startsWith("Migration 2 (a) was not tried: it is code");
	}

	@Test
	void worksUnderALease() {
		SampleMigration code = new SampleMigration("V2__a", "INSERT INTO plant VALUES ('oak')");
		SampleMigration alone = new SampleMigration("V4__b", "VACUUM plant").withoutTransaction();

		assertThat(underALease(this.database.dataSource(), code, alone).migrate().applied()).hasSize(4);
	}

	@Test
	void writesNothingOnceTheLeaseIsLost() {
		SampleMigration code = new SampleMigration("V2__a", (context) -> {
			context.jdbc().update("INSERT INTO plant VALUES ('oak')");
			this.database.execute("UPDATE samara_lock SET expires_at = now() - interval '1 hour', token = token + 1");
		});
		Migrator migrator = underALease(this.database.dataSource(), code);

		assertThatExceptionOfType(LeaseLostException.class).isThrownBy(migrator::migrate)
			.withMessageContaining("Nothing of it was applied by this run.");

		assertThat(this.database.values(String.class, "SELECT name FROM plant")).isEmpty();
		assertThat(this.database.values(String.class, "SELECT version FROM samara_migrations")).containsExactly("1");
	}

	@Test
	void tellsWhatCodeCannotSayOfItselfWithEverythingElse() {
		this.scripts.add("V5__typo.sql", "-- samara: lock-timout=1s\nSELECT 1");

		List<Finding> errors = errors(new Unsaid("V6__a", true), new Unsaid("V7__b", false), new Unsaid(null, false));

		String type = Unsaid.class.getName();
		assertThat(errors).filteredOn((finding) -> finding.code().equals("invalid-code"))
			.extracting(Finding::message)
			.satisfiesExactlyInAnyOrder(
					(text) -> assertThat(text).startsWith("Method checksum() of " + type + " fails (")
						.contains("JavaMigrationIntegrationTests.java:")
						.endsWith("): java.lang.NumberFormatException"),
					(text) -> assertThat(text).startsWith("Method dependsOn() of " + type + " fails (")
						.endsWith("): java.lang.NoClassDefFoundError"),
					(text) -> assertThat(text).startsWith("Method environments() of " + type + " fails ("),
					(text) -> assertThat(text).startsWith("Method isTransactional() of " + type + " fails ("),
					(text) -> assertThat(text)
						.isEqualTo("Method dependsOn() of " + type + " returns null, or a list with null in it"),
					(text) -> assertThat(text)
						.isEqualTo("Method environments() of " + type + " returns null, or a list with null in it"),
					(text) -> assertThat(text).startsWith("Method name() of " + type + " fails ("));
		assertThat(errors).extracting(Finding::code).contains("unknown-directive").doesNotContain("bad-name");
		assertThat(errors.toString()).doesNotContain("4711");
	}

	@Test
	void tellsAnyErrorOfCodeButThoseOfTheVirtualMachine() {
		assertThat(errors(failing(new ServiceConfigurationError("4711")), failing(new StackOverflowError())))
			.extracting((finding) -> finding.code() + finding.message().replaceFirst("\\(.*\\)", ""))
			.filteredOn((text) -> text.startsWith("invalid-code"))
			.satisfiesExactlyInAnyOrder((text) -> assertThat(text).endsWith(": java.util.ServiceConfigurationError"),
					(text) -> assertThat(text).endsWith(": java.lang.StackOverflowError"));
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> errors(failing(new OutOfMemoryError())));
	}

	private static JavaMigration failing(Error error) {
		return new SampleMigration("V7__fails", "SELECT 1") {

			@Override
			public List<String> dependsOn() {
				throw error;
			}

		};
	}

	@Test
	void speaksOfTheEnvironmentsOfCodeAsCodeNamesThem() {
		MigrationPlan plan = migrator(new SampleMigration("V2__a", "SELECT 1").in(" ", "europe")).plan();

		assertThat(plan.errors()).singleElement().satisfies((finding) -> {
			assertThat(finding.code()).isEqualTo("invalid-code");
			assertThat(finding.message()).contains("environments()", SampleMigration.class.getName());
			assertThat(finding.remedy()).contains("List.of(\"staging\", \"prod\")").doesNotContain("-- samara");
		});
		assertThat(plan.warnings()).singleElement().satisfies((finding) -> {
			assertThat(finding.code()).isEqualTo("unknown-environment");
			assertThat(finding.message()).contains("\"europe\" runs the class").doesNotContain("file");
		});
	}

	/** Code that fails, or says null, whenever it is asked. */
	private record Unsaid(String called, boolean fails) implements JavaMigration {

		@Override
		public String name() {
			return this.called.strip();
		}

		@Override
		public String checksum() {
			return this.fails ? String.valueOf(Integer.parseInt("x4711")) : null;
		}

		@Override
		public List<String> dependsOn() {
			if (this.fails) {
				throw new NoClassDefFoundError("gone");
			}
			return Arrays.asList("1", null);
		}

		@Override
		public List<String> environments() {
			return this.fails ? List.of(String.valueOf(Integer.parseInt("x4711"))) : null;
		}

		@Override
		public boolean isTransactional() {
			return !this.fails || Integer.parseInt("x4711") > 0;
		}

		@Override
		public void up(MigrationContext context) {
		}

	}

	@Test
	void runsThroughAPoolerIfItIsOneTransaction() {
		SampleMigration code = new SampleMigration("V2__a", (context) -> {
			context.jdbc().execute("SET search_path = pg_catalog; SET work_mem = '5MB'");
			context.client().sql("INSERT INTO public.plant VALUES (?)").param("oak").update();
		});
		SampleMigration alone = new SampleMigration("V4__b", "VACUUM plant").withoutTransaction();
		try (PgBouncer pooler = PgBouncer.inTransactionMode(this.database, 1)) {
			assertThatExceptionOfType(MigrationValidationException.class)
				.isThrownBy(() -> underALease(pooler.dataSource(), code, alone).migrate())
				.satisfies((ex) -> assertThat(ex.getFindings()).extracting(Finding::code)
					.containsExactly("needs-own-session"));

			assertThat(underALease(pooler.dataSource(), code).migrate().applied()).hasSize(3);
			assertThat(new JdbcTemplate(pooler.dataSource()).queryForObject("SHOW work_mem", String.class))
				.isNotEqualTo("5MB");
		}
	}

	private Migrator underALease(DataSource dataSource, JavaMigration... code) {
		return Migrator.builder(dataSource)
			.settings(MigrationSettings.builder().locations(this.scripts.location()).lock(LockMode.LEASE).build())
			.javaMigrations(List.of(code))
			.build();
	}

	private List<Finding> errors(JavaMigration... code) {
		return migrator(code).plan().errors();
	}

	@Override
	protected Migrator migrator(JavaMigration... code) {
		return Migrator.builder(this.database.dataSource())
			.settings(
					MigrationSettings.builder().locations(this.scripts.location()).environment(Environment.DEV).build())
			.javaMigrations(List.of(code))
			.build();
	}

}
