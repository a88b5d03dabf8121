package dev.samara.sample;

import java.util.List;
import java.util.Map;

import dev.samara.environment.Environment;
import dev.samara.migration.MigrationSettings;
import dev.samara.migration.MigrationTarget;
import dev.samara.migration.Migrator;
import dev.samara.placeholder.Placeholders;
import dev.samara.sample.order.V15__AsciiEmailDomains;
import dev.samara.testing.TestDatabase;

/**
 * The application's migrations without the application, as a developer's machine has
 * them.
 */
public final class SampleMigrations {

	private SampleMigrations() {
	}

	static Migrator migrator(TestDatabase database) {
		return migrator(database, MigrationTarget.LATEST);
	}

	public static Migrator migrator(TestDatabase database, MigrationTarget target) {
		return Migrator.builder(database.dataSource())
			.settings(MigrationSettings.builder()
				.target(target)
				.environment(Environment.DEV)
				.placeholders(new Placeholders(true, Placeholders.DEFAULT_PREFIX, Placeholders.DEFAULT_SUFFIX,
						Map.of("report-role", "nursery_report")))
				.build())
			.javaMigrations(List.of(new V15__AsciiEmailDomains()))
			.build();
	}

}
