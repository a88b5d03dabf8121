package dev.samara.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import dev.samara.script.Finding;
import dev.samara.testing.TestDatabase;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Code beside scripts, in a fresh database for each test.
 */
abstract class AbstractJavaMigrationIntegrationTests extends AbstractScriptIntegrationTests {

	AbstractJavaMigrationIntegrationTests(TestDatabase server) {
		super(server);
	}

	protected Migrator migrator(JavaMigration... code) {
		return Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder()
				.onNonEmpty(OnNonEmpty.MIGRATE)
				.locations(this.scripts.location())
				.lockTimeout(Duration.ofMillis(200))
				.retries(2)
				.build())
			.javaMigrations(List.of(code))
			.build();
	}

	protected MigrationFailedException failure(JavaMigration code) {
		return catchThrowableOfType(MigrationFailedException.class, () -> migrator(code).migrate());
	}

	protected static List<Finding> refusal(Migrator migrator) {
		return catchThrowableOfType(RollbackRefusedException.class, () -> migrator.rollback(RollbackTarget.LAST))
			.getFindings();
	}

	/** The state of version 2, which is the code. */
	protected static MigrationState state(Migrator migrator) {
		return status(migrator).state();
	}

	protected static MigrationStatus status(Migrator migrator) {
		return migrator.status()
			.migrations()
			.stream()
			.filter((status) -> status.key().toString().equals("2"))
			.findFirst()
			.orElseThrow();
	}

	protected Connection lockPlants() throws SQLException {
		Connection other = this.database.connection();
		other.setAutoCommit(false);
		other.createStatement().execute("LOCK TABLE plant IN SHARE ROW EXCLUSIVE MODE");
		return other;
	}

}
