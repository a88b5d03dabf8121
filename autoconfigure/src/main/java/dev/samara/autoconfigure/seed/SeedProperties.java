package dev.samara.autoconfigure.seed;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.samara.autoconfigure.RunningApplication;
import dev.samara.autoconfigure.migration.MigrationProperties;
import dev.samara.seed.SeedLevel;
import dev.samara.seed.SeedSettings;

/**
 * How the application seeds. Schema, lock, timeouts, retries and credentials are those of
 * the migrations.
 *
 * @param enabled Whether to seed when the application starts and has migrated.
 * @param level Seeds to run, by importance. Depends on the environment unless set: all,
 * in staging the essential and in production the minimal ones.
 * @param locations Folders that hold the seeds.
 * @param table History table.
 */
@ConfigurationProperties("samara.seeds")
record SeedProperties(@DefaultValue("true") boolean enabled, @Nullable SeedLevel level,
		@DefaultValue(SeedSettings.DEFAULT_LOCATION) List<String> locations,
		@DefaultValue(SeedSettings.DEFAULT_TABLE) String table) {

	/**
	 * Return the settings of the engine.
	 * @param migrations what seeds share with migrations
	 * @param running the application
	 * @return the settings
	 */
	SeedSettings settings(MigrationProperties migrations, RunningApplication running) {
		return SeedSettings.builder()
			.locations(this.locations)
			.schema(migrations.schema())
			.table(this.table)
			.level(this.level)
			.lockTimeout(migrations.lockTimeout())
			.retries(migrations.retries())
			.lockWait(migrations.lockWait())
			.lock(migrations.lock())
			.statementTimeout(migrations.statementTimeout())
			.environment(running.environment())
			.application(running.application())
			.build();
	}

}
