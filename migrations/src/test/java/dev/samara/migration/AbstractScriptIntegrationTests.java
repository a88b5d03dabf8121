package dev.samara.migration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import dev.samara.testing.Scripts;
import dev.samara.testing.TestDatabase;

/**
 * A fresh database and a folder of scripts for each test.
 */
abstract class AbstractScriptIntegrationTests {

	private final TestDatabase server;

	protected TestDatabase database;

	protected Scripts scripts;

	AbstractScriptIntegrationTests(TestDatabase server) {
		this.server = server;
	}

	@BeforeEach
	void freshDatabase(@TempDir Path folder) {
		this.database = this.server.newDatabase();
		this.scripts = Scripts.in(folder);
	}

	/** Also on the objects that a test has created before. */
	protected MigrationReport migrate() {
		return Migrator.builder(this.database.dataSource())
			.settings(MigrationSettings.builder()
				.onNonEmpty(OnNonEmpty.MIGRATE)
				.locations(this.scripts.location())
				.lockTimeout(Duration.ofMillis(200))
				.build())
			.build()
			.migrate();
	}

	protected List<String> events() {
		return this.database.values(String.class, "SELECT version || ' ' || event || ' ' || statements_done || '/' || "
				+ "statements_total FROM samara_migrations ORDER BY id");
	}

}
