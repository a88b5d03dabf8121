package dev.samara.migration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.script.Finding;
import dev.samara.testing.PostgresTest;
import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who may not migrate waits for those who may.
 */
@PostgresTest
class MigrationWaitIntegrationTests {

	private final TestDatabase server;

	private TestDatabase database;

	private Scripts scripts;

	MigrationWaitIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.scripts = Scripts.in(folder);
		this.scripts.add("V1__a.sql", "CREATE TABLE a ()").add("V2__b.sql", "SELECT pg_sleep(0.5)");
	}

	@Test
	void goesOnWhenSomebodyElseHasMigrated() {
		CompletableFuture<MigrationOverview> waiting = CompletableFuture
			.supplyAsync(() -> migrator(Duration.ofMinutes(1)).awaitMigrated());
		assertThat(waiting).isNotDone();
		migrator(Duration.ZERO).migrate();

		assertThat(waiting).succeedsWithin(Duration.ofSeconds(30))
			.satisfies((overview) -> assertThat(overview.pending()).isEmpty());
	}

	@Test
	void givesUpAndSaysWhatIsPending() {
		assertThatExceptionOfType(MigrationValidationException.class)
			.isThrownBy(() -> migrator(Duration.ofSeconds(1)).awaitMigrated())
			.satisfies((ex) -> assertThat(ex.getFindings()).extracting(Finding::code)
				.containsExactly("pending", "pending"));
		assertThat(this.database.values(String.class, "SELECT relname FROM pg_class WHERE relname LIKE 'samara%'"))
			.isEmpty();
	}

	@Test
	void doesNotWaitForWhatIsWrong() {
		migrator(Duration.ZERO).migrate();
		this.scripts.add("V1__a.sql", "CREATE TABLE a (id int)").add("V3__c.sql", "SELECT 1");

		assertThatExceptionOfType(MigrationValidationException.class)
			.isThrownBy(() -> migrator(Duration.ofMinutes(10)).awaitMigrated())
			.satisfies((ex) -> assertThat(ex.getFindings()).extracting(Finding::code)
				.containsExactly("checksum-changed", "pending"));
	}

	@Test
	void saysOfCodeThatHasFailedWhatCodeNeeds() {
		Migrator migrator = Migrator.builder(this.database.dataSource())
			.settings(settings(Duration.ZERO))
			.javaMigrations(List.of(new SampleMigration("V3__c", (context) -> Integer.parseInt("x"))))
			.build();
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrator::migrate);

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(migrator::validate)
			.satisfies((ex) -> assertThat(ex.getFindings()).singleElement().satisfies((finding) -> {
				assertThat(finding.message()).endsWith("java.lang.NumberFormatException)");
				assertThat(finding.remedy()).startsWith("Correct the class. Apply it first");
			}));
	}

	@Test
	void saysOfAFileThatHasFailedWhatAFileNeeds() {
		this.scripts.add("V3__c.sql", "SELECT * FROM missing");
		assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrator(Duration.ZERO)::migrate);

		assertThatExceptionOfType(MigrationValidationException.class).isThrownBy(migrator(Duration.ZERO)::validate)
			.satisfies((ex) -> assertThat(ex.getFindings()).singleElement().satisfies((finding) -> {
				assertThat(finding.message()).endsWith("does not exist [42P01])");
				assertThat(finding.remedy()).startsWith("Correct the file. Apply it first");
			}));
	}

	private Migrator migrator(Duration lockWait) {
		return Migrator.builder(this.database.dataSource()).settings(settings(lockWait)).build();
	}

	private MigrationSettings settings(Duration lockWait) {
		return MigrationSettings.builder().locations(this.scripts.location()).lockWait(lockWait).build();
	}

}
