package dev.samara.autoconfigure.seed;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.samara.autoconfigure.ConfiguredPlaceholders;
import dev.samara.autoconfigure.RunningApplication;
import dev.samara.autoconfigure.migration.MigrationProperties;
import dev.samara.seed.SeedLevel;
import dev.samara.seed.SeedSettings;
import dev.samara.seed.check.CheckSettings.OnFailure;
import dev.samara.seed.check.CheckSettings;

/**
 * How the application seeds. Schema, lock, timeouts, retries, credentials and how
 * placeholders are written are those of the migrations.
 *
 * @param enabled Whether to seed when the application starts and has migrated.
 * @param level Seeds to run, by importance. Depends on the environment unless set: all,
 * in staging the essential, in production and without an environment the minimal ones.
 * @param locations Folders that hold the seeds.
 * @param table History table.
 * @param checks Checks of the data that follow the seeds.
 * @param replacePlaceholders Whether to replace placeholders in files that do not say
 * otherwise.
 * @param placeholders Values of placeholders, by name, in addition to those of the
 * migrations.
 * @param applicationAliases Other names under which this application seeds the same
 * database, such as the name it had before it was renamed.
 */
@ConfigurationProperties("samara.seeds")
record SeedProperties(@DefaultValue("true") boolean enabled, @Nullable SeedLevel level,
		@DefaultValue(SeedSettings.DEFAULT_LOCATION) List<String> locations,
		@DefaultValue(SeedSettings.DEFAULT_TABLE) String table, @DefaultValue Checks checks,
		@DefaultValue("false") boolean replacePlaceholders, @DefaultValue Map<String, String> placeholders,
		@DefaultValue List<String> applicationAliases) {

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
			.claimDatabase(running.claimedDatabase())
			.application(running.application())
			.applicationAliases(this.applicationAliases)
			.checks(this.checks.settings())
			.placeholders(ConfiguredPlaceholders.with(migrations.placeholderSettings(), this.replacePlaceholders,
					"samara.seeds.placeholders", this.placeholders))
			.build();
	}

	/** Without values. */
	@Override
	public String toString() {
		return "SeedProperties[enabled=" + this.enabled + ", level=" + this.level + ", locations=" + this.locations
				+ ", table=" + this.table + "]";
	}

	/**
	 * Checks of the data that follow the seeds, beside those of check files.
	 *
	 * @param onFailure What to do when a check has failed after seeding.
	 * @param timeout Longest time of one check. Zero means no limit.
	 * @param queries Queries that must return nothing, by name.
	 * @param rows Expected numbers of rows, such as shop.customer >= 12.
	 * @param foreignKeys Whether to look for rows whose foreign key points to nothing.
	 */
	record Checks(@DefaultValue("fail") OnFailure onFailure, @DefaultValue("30s") Duration timeout,
			@DefaultValue Map<String, String> queries, @DefaultValue List<String> rows,
			@DefaultValue("false") boolean foreignKeys) {

		CheckSettings settings() {
			return new CheckSettings(this.onFailure, this.timeout, this.queries, this.rows, this.foreignKeys);
		}

	}

}
