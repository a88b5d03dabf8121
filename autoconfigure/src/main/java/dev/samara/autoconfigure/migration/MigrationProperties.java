package dev.samara.autoconfigure.migration;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import dev.samara.Internal;
import dev.samara.autoconfigure.ConfiguredPlaceholders;
import dev.samara.autoconfigure.InvalidConfigurationException;
import dev.samara.autoconfigure.RunningApplication;
import dev.samara.lock.LockMode;
import dev.samara.migration.MigrationSettings;
import dev.samara.migration.OnNonEmpty;
import dev.samara.migration.OutOfOrder;
import dev.samara.placeholder.Placeholders;

/**
 * How the application migrates.
 *
 * @param onStartup What to do with migrations when the application starts.
 * @param locations Folders that hold the migrations.
 * @param schema Schema to migrate, which also holds the history. Created if it is
 * missing. First schema of the search path unless set.
 * @param table History table.
 * @param target How far to migrate: latest, next, + and a number of migrations, or a
 * version. Migrations above that version are rolled back.
 * @param rollbackDatabase Name of the database that a start in production may roll back
 * to the target. Without it such a start fails.
 * @param outOfOrder What to do with a pending migration below the highest applied
 * version.
 * @param onNonEmpty What to do with pending migrations when the schema contains objects,
 * but no history of Samara.
 * @param lock How one instance at a time is let in, of all that migrate and seed.
 * @param lockTimeout Longest wait for a database lock in one attempt of a migration. Zero
 * means no limit.
 * @param retries Number of times to try a migration again that did not get its database
 * locks.
 * @param lockWait Longest wait for another instance that is migrating.
 * @param statementTimeout Longest time of one statement. Zero means no limit.
 * @param url JDBC URL to migrate with. Connection of the application's data source unless
 * set.
 * @param user Database user to migrate with. User of the application's data source unless
 * set.
 * @param password Password of the user to migrate with.
 * @param replacePlaceholders Whether to replace placeholders in files that do not say
 * otherwise.
 * @param placeholders Values of placeholders, by name.
 * @param placeholderPrefix What a placeholder begins with.
 * @param placeholderSuffix What a placeholder ends with.
 * @since 0.1.0
 */
@Internal
@ConfigurationProperties("samara.migrations")
public record MigrationProperties(@DefaultValue("migrate") OnStartup onStartup,
		@DefaultValue(MigrationSettings.DEFAULT_LOCATION) List<String> locations, @Nullable String schema,
		@DefaultValue(MigrationSettings.DEFAULT_TABLE) String table, @DefaultValue("latest") String target,
		@Nullable String rollbackDatabase, @DefaultValue("fail") OutOfOrder outOfOrder,
		@DefaultValue("fail") OnNonEmpty onNonEmpty, @DefaultValue("auto") LockMode lock,
		@DefaultValue("2s") Duration lockTimeout, @DefaultValue("50") int retries,
		@DefaultValue("10m") Duration lockWait, @DefaultValue("0s") Duration statementTimeout, @Nullable String url,
		@Nullable String user, @Nullable String password, @DefaultValue("false") boolean replacePlaceholders,
		@DefaultValue Map<String, String> placeholders,
		@DefaultValue(Placeholders.DEFAULT_PREFIX) String placeholderPrefix,
		@DefaultValue(Placeholders.DEFAULT_SUFFIX) String placeholderSuffix) {

	/**
	 * Return the settings of the engine.
	 * @param running the application
	 * @return the settings
	 * @throws InvalidTargetException if the target is none
	 * @throws InvalidConfigurationException if another key says what cannot be
	 */
	MigrationSettings settings(RunningApplication running) {
		check();
		return MigrationSettings.builder()
			.locations(this.locations)
			.schema(this.schema)
			.table(this.table)
			.target(ConfiguredTarget.parse(this.target))
			.outOfOrder(this.outOfOrder)
			.onNonEmpty(this.onNonEmpty)
			.lockTimeout(this.lockTimeout)
			.retries(this.retries)
			.lockWait(this.lockWait)
			.lock(this.lock)
			.statementTimeout(this.statementTimeout)
			.environment(running.environment())
			.claimDatabase(running.claimedDatabase())
			.application(running.application())
			.placeholders(placeholderSettings())
			.build();
	}

	/**
	 * Return the placeholders of migrations.
	 * @return how they are written, and their values
	 * @throws InvalidConfigurationException if they cannot be written so
	 */
	public Placeholders placeholderSettings() {
		return ConfiguredPlaceholders.of(this.replacePlaceholders, this.placeholderPrefix, this.placeholderSuffix,
				this.placeholders);
	}

	/** Each key by itself, so that the message can name the one. */
	private void check() {
		check("locations",
				"Write classpath:<folder> or file:<folder>, several with a comma between them, or take the "
						+ "key out for " + MigrationSettings.DEFAULT_LOCATION + ".",
				(settings) -> settings.locations(this.locations));
		check("table", "Write another name, or take the key out for " + MigrationSettings.DEFAULT_TABLE + ".",
				(settings) -> settings.table(this.table));
		String duration = "Write a duration such as 2s or 10m, or take the key out for the default.";
		check("lock-timeout", duration, (settings) -> settings.lockTimeout(this.lockTimeout));
		check("lock-wait", duration, (settings) -> settings.lockWait(this.lockWait));
		check("statement-timeout", duration, (settings) -> settings.statementTimeout(this.statementTimeout));
		check("retries", "Write 0 or more, or take the key out for the default.",
				(settings) -> settings.retries(this.retries));
	}

	private static void check(String key, String remedy, UnaryOperator<MigrationSettings.Builder> value) {
		InvalidConfigurationException.check("samara.migrations." + key, remedy,
				() -> value.apply(MigrationSettings.builder()).build());
	}

	/** Without URL, user, password and values. */
	@Override
	public String toString() {
		return "MigrationProperties[onStartup=" + this.onStartup + ", locations=" + this.locations + ", schema="
				+ this.schema + ", table=" + this.table + ", target=" + this.target + "]";
	}

}
