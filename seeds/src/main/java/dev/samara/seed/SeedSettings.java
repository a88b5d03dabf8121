package dev.samara.seed;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Application;
import dev.samara.environment.Environment;
import dev.samara.lock.LockMode;
import dev.samara.placeholder.BuiltIns;
import dev.samara.placeholder.Placeholders;
import dev.samara.script.Location;
import dev.samara.script.ScriptFilling;
import dev.samara.seed.check.CheckSettings;

/**
 * How seeds are run.
 *
 * @param locations where the seeds are
 * @param schema the schema to fill, which also holds the history; made if it is missing.
 * {@code null} for the first schema of the connection's search path
 * @param table the history table
 * @param level which seeds run, or {@code null} for the level that is usual in the
 * environment
 * @param lockTimeout longest wait for a lock on what a seed changes, in one attempt; zero
 * means no limit
 * @param retries how often a seed is tried again after it did not get its locks
 * @param lockWait longest wait for another instance that is seeding
 * @param lock how one process at a time is let in
 * @param statementTimeout longest time of one statement; zero means no limit
 * @param environment the environment of the application, or {@code null} if it has none
 * @param claimedDatabase name of a database without an environment marker that is to be
 * marked for the environment although it is in use, or {@code null}
 * @param application who seeds
 * @param checks what is checked after seeding, and how
 * @param placeholders the placeholders of scripts and of values in data files
 * @param applicationAliases other names under which the application seeds the same
 * database, such as the name it had before it was renamed
 * @since 0.1.0
 */
public record SeedSettings(List<Location> locations, @Nullable String schema, String table, @Nullable SeedLevel level,
		Duration lockTimeout, int retries, Duration lockWait, LockMode lock, Duration statementTimeout,
		@Nullable Environment environment, @Nullable String claimedDatabase, Application application,
		CheckSettings checks, Placeholders placeholders, List<String> applicationAliases) {

	/** Where seeds are unless configured otherwise. This location may be missing. */
	public static final String DEFAULT_LOCATION = "classpath:db/seed";

	/** The history table unless configured otherwise. */
	public static final String DEFAULT_TABLE = "samara_seeds";

	/** Longest wait for a lock in one attempt unless configured otherwise. */
	public static final Duration DEFAULT_LOCK_TIMEOUT = Duration.ofSeconds(2);

	/** Number of retries unless configured otherwise. */
	public static final int DEFAULT_RETRIES = 50;

	/** Longest wait for another instance unless configured otherwise. */
	public static final Duration DEFAULT_LOCK_WAIT = Duration.ofMinutes(10);

	/**
	 * Create settings.
	 */
	public SeedSettings {
		locations = List.copyOf(locations);
		applicationAliases = List.copyOf(applicationAliases);
		environment = (environment != null) ? Environment.of(environment.name()) : null;
	}

	/** What becomes of placeholders, as far as that is known without a database. */
	ScriptFilling filling() {
		BuiltIns known = BuiltIns.NONE.with(BuiltIns.Name.ENVIRONMENT,
				(this.environment != null) ? this.environment.name() : null);
		return ScriptFilling.of(this.placeholders, known, "samara.seeds.placeholders.");
	}

	/**
	 * Start from the defaults.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Builds settings.
	 */
	public static final class Builder {

		private List<Location> locations = List.of(Location.parse(DEFAULT_LOCATION));

		private @Nullable String schema;

		private String table = DEFAULT_TABLE;

		private @Nullable SeedLevel level;

		private Duration lockTimeout = DEFAULT_LOCK_TIMEOUT;

		private int retries = DEFAULT_RETRIES;

		private Duration lockWait = DEFAULT_LOCK_WAIT;

		private LockMode lock = LockMode.AUTO;

		private Duration statementTimeout = Duration.ZERO;

		private @Nullable Environment environment;

		private @Nullable String claimedDatabase;

		private Application application = Application.UNKNOWN;

		private CheckSettings checks = CheckSettings.DEFAULT;

		private Placeholders placeholders = Placeholders.OFF;

		private List<String> applicationAliases = List.of();

		private Builder() {
		}

		/**
		 * Set where the seeds are.
		 * @param locations the locations, such as {@code classpath:db/seed}
		 * @return this builder
		 */
		public Builder locations(String... locations) {
			return locations(List.of(locations));
		}

		/**
		 * Set where the seeds are.
		 * @param locations the locations, such as {@code classpath:db/seed}
		 * @return this builder
		 */
		public Builder locations(List<String> locations) {
			this.locations = locations.stream().map(Location::parse).toList();
			return this;
		}

		/**
		 * Set the schema to fill.
		 * @param schema the schema, or {@code null}
		 * @return this builder
		 */
		public Builder schema(@Nullable String schema) {
			this.schema = schema;
			return this;
		}

		/**
		 * Set the history table.
		 * @param table its name, without schema
		 * @return this builder
		 */
		public Builder table(String table) {
			this.table = table;
			return this;
		}

		/**
		 * Set which seeds run.
		 * @param level the level, or {@code null} for the one that is usual in the
		 * environment
		 * @return this builder
		 */
		public Builder level(@Nullable SeedLevel level) {
			this.level = level;
			return this;
		}

		/**
		 * Set the longest wait for a lock on what a seed changes, in one attempt.
		 * @param lockTimeout the time; zero means no limit
		 * @return this builder
		 */
		public Builder lockTimeout(Duration lockTimeout) {
			this.lockTimeout = lockTimeout;
			return this;
		}

		/**
		 * Set how often a seed is tried again after it did not get its locks.
		 * @param retries the number of retries, possibly 0
		 * @return this builder
		 */
		public Builder retries(int retries) {
			this.retries = retries;
			return this;
		}

		/**
		 * Set the longest wait for another instance that is seeding.
		 * @param lockWait the time; zero means a single attempt
		 * @return this builder
		 */
		public Builder lockWait(Duration lockWait) {
			this.lockWait = lockWait;
			return this;
		}

		/**
		 * Set how one process at a time is let in.
		 * @param lock the mode
		 * @return this builder
		 */
		public Builder lock(LockMode lock) {
			this.lock = lock;
			return this;
		}

		/**
		 * Set the longest time of one statement.
		 * @param statementTimeout the time; zero means no limit
		 * @return this builder
		 */
		public Builder statementTimeout(Duration statementTimeout) {
			this.statementTimeout = statementTimeout;
			return this;
		}

		/**
		 * Claim a database that has no environment marker and is in use.
		 * @param name the name of the database, or {@code null} for none
		 * @return this builder
		 */
		public Builder claimDatabase(@Nullable String name) {
			this.claimedDatabase = name;
			return this;
		}

		/**
		 * Set the environment of the application.
		 * @param environment the environment, or {@code null} if it has none
		 * @return this builder
		 */
		public Builder environment(@Nullable Environment environment) {
			this.environment = environment;
			return this;
		}

		/**
		 * Set who seeds.
		 * @param application name and version
		 * @return this builder
		 */
		public Builder application(Application application) {
			this.application = application;
			return this;
		}

		/**
		 * Set what is checked after seeding, and how.
		 * @param checks the settings of checks
		 * @return this builder
		 */
		public Builder checks(CheckSettings checks) {
			this.checks = checks;
			return this;
		}

		/**
		 * Set the placeholders of scripts and of values in data files.
		 * @param placeholders the placeholders
		 * @return this builder
		 */
		public Builder placeholders(Placeholders placeholders) {
			this.placeholders = placeholders;
			return this;
		}

		/**
		 * Set other names under which the application seeds the same database, such as
		 * the name it had before it was renamed. Seeds that those have applied may be
		 * changed by this application.
		 * @param aliases the names
		 * @return this builder
		 */
		public Builder applicationAliases(List<String> aliases) {
			this.applicationAliases = aliases;
			return this;
		}

		/**
		 * Build the settings.
		 * @return the settings
		 */
		public SeedSettings build() {
			return new SeedSettings(this.locations, this.schema, this.table, this.level, this.lockTimeout, this.retries,
					this.lockWait, this.lock, this.statementTimeout, this.environment, this.claimedDatabase,
					this.application, this.checks, this.placeholders, this.applicationAliases);
		}

	}

}
