package dev.samara.migration;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.samara.script.Checksum;
import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@PostgresTest
class ForeignMarkerIntegrationTests extends AbstractScriptIntegrationTests {

	private static final String GOOSE = """
			-- +goose Up
			CREATE TABLE customer (id int);
			-- +goose Down
			DROP TABLE customer;
			""";

	ForeignMarkerIntegrationTests(TestDatabase server) {
		super(server);
	}

	@Test
	void refusesAllFilesOfOtherToolsBeforeAnythingRuns() {
		this.scripts.add("V1__first.sql", "CREATE TABLE first ()")
			.add("V2__customer.sql", GOOSE)
			.add("V3__orders.sql", "CREATE TABLE orders ();\n---- create above / drop below ----\nDROP TABLE orders;")
			.add("V4__a.sql", "CREATE TABLE a ()")
			.add("V4__a.down.sql", "-- migrate:up\nCREATE TABLE a ();\n-- migrate:down\nDROP TABLE a;")
			.add("beforeMigrate.sql", "-- +migrate Up\nSELECT 1;\n-- +migrate Down\nSELECT 2;");

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(this::migrate)
			.satisfies((ex) -> assertThat(ex.getFindings()).extracting(Finding::code)
				.hasSize(4)
				.containsOnly("foreign-section"))
			.withMessageContaining("V2__customer.sql:1:1")
			.withMessageContaining("V3__orders.sql:2:1")
			.withMessageContaining("V4__a.down.sql:1:1")
			.withMessageContaining("beforeMigrate.sql:1:1");
		assertThat(text("SELECT to_regclass('first')::text")).isNull();
	}

	@Test
	void warnsOnceOfFilesThatAreAppliedAlready() {
		this.scripts.add("V1__customer.sql", GOOSE.replace("+goose", "goose"))
			.add("V2__orders.sql", GOOSE.replace("+goose", "goose"));
		migrate();
		// As a release has applied them that knew no markers.
		this.scripts.add("V1__customer.sql", GOOSE).add("V2__orders.sql", GOOSE);
		this.database.execute("UPDATE samara_migrations SET checksum = '" + checksum() + "'");

		MigrationReport report = migrate();

		assertThat(report.applied()).isEmpty();
		assertThat(report.warnings()).singleElement().satisfies((warning) -> {
			assertThat(warning.code()).isEqualTo("foreign-section");
			assertThat(warning.message()).startsWith("2 applied migrations contain section markers of goose");
			assertThat(warning.place()).hasToString(this.scripts.path("V1__customer.sql") + ":3:1");
		});
	}

	@Test
	void refusesAScriptConfigurationOfFlyway() {
		this.scripts.add("V1__p.sql", "CREATE TABLE p ()")
			.add("V2__q.sql", "DO $$ BEGIN COMMIT; END $$")
			.add("V2__q.sql.conf",
					"# of Flyway\nexecuteInTransaction = false\nencoding=ISO-8859-1\nshouldExecute=${x}");

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(this::migrate).satisfies((ex) -> {
			assertThat(ex.getFindings()).extracting(Finding::code)
				.containsExactly("foreign-directive", "foreign-directive", "foreign-directive");
			assertThat(ex.getFindings().get(0).remedy())
				.startsWith("Write \"-- samara: transaction=none\" at the top of ")
				.endsWith("V2__q.sql.");
		})
			.withMessageContaining("V2__q.sql.conf:2:1: \"executeInTransaction=false\"")
			.withMessageContaining("V2__q.sql.conf:3:1")
			.withMessageContaining("V2__q.sql.conf:4:1");
		assertThat(text("SELECT to_regclass('p')::text")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "CREATE INDEX CONCURRENTLY i ON p (a)",
			"-- samara: transaction=none\nDO $$ BEGIN COMMIT; END $$" })
	void runsAScriptForWhichTheConfigurationOfFlywayChangesNothing(String sql) {
		this.scripts.add("V1__p.sql", "CREATE TABLE p (a int)")
			.add("V2__q.sql", sql)
			.add("V2__q.sql.conf", "executeInTransaction=false\nshouldExecute=true\nencoding=UTF-8");

		assertThat(migrate().applied()).hasSize(2);
	}

	@Test
	void refusesTheRollbackThatAConfigurationOfFlywayChanges() {
		this.scripts.add("V1__p.sql", "CREATE TABLE p ()").add("V1__p.down.sql", "DROP TABLE p");
		migrate();
		this.scripts.add("V1__p.down.sql.conf", "executeInTransaction=false");

		assertThatExceptionOfType(RollbackRefusedException.class)
			.isThrownBy(() -> Migrator.builder(this.database.dataSource())
				.settings(MigrationSettings.builder().locations(this.scripts.location()).build())
				.build()
				.rollback(RollbackTarget.steps(1)))
			.satisfies((ex) -> assertThat(ex.getFindings()).extracting(Finding::code)
				.containsExactly("foreign-directive"));
	}

	private String checksum() {
		return Checksum.of(GOOSE.getBytes(StandardCharsets.UTF_8));
	}

	private String text(String sql) {
		return this.database.value(String.class, sql);
	}

}
