package dev.samara.migration;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Application;
import dev.samara.environment.Environment;
import dev.samara.environment.EnvironmentMark;
import dev.samara.environment.UnmarkedDatabase;
import dev.samara.lock.LockMode;
import dev.samara.placeholder.BuiltIns;
import dev.samara.placeholder.Placeholders;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.TableName;
import dev.samara.postgres.WorkSession;
import dev.samara.script.Finding;
import dev.samara.script.Location;
import dev.samara.script.ScriptFilling;

/**
 * How a migrator works.
 *
 * @param locations where the migrations are
 * @param schema the schema to migrate, which also holds the history; made if it is
 * missing. {@code null} for the first schema of the connection's search path
 * @param table the history table
 * @param target how far a run goes
 * @param outOfOrder what happens to migrations below the highest applied version
 * @param onNonEmpty what happens on a schema that contains objects, but no history
 * @param lockTimeout longest wait for a lock on what a migration changes, in one attempt;
 * zero means no limit
 * @param retries how often a migration is tried again after it did not get its locks
 * @param lockWait longest wait for another instance that is migrating
 * @param lock how one process at a time is let in
 * @param statementTimeout longest time of one statement; zero means no limit
 * @param environment the environment of the application, or {@code null} if it has none
 * @param claimedDatabase name of a database without an environment marker that is to be
 * marked for the environment although it is in use, or {@code null}
 * @param application who migrates
 * @param placeholders the placeholders of scripts
 * @since 0.1.0
 */
public record MigrationSettings(List<Location> locations, @Nullable String schema, String table, MigrationTarget target,
		OutOfOrder outOfOrder, OnNonEmpty onNonEmpty, Duration lockTimeout, int retries, Duration lockWait,
		LockMode lock, Duration statementTimeout, @Nullable Environment environment, @Nullable String claimedDatabase,
		Application application, Placeholders placeholders) {

	/** A view named after the table has a suffix, and names have 63 bytes. */
	private static final int LONGEST_TABLE_NAME = 55;

	/** Where migrations are unless configured otherwise. */
	public static final String DEFAULT_LOCATION = "classpath:db/migration";

	/** The history table unless configured otherwise. */
	public static final String DEFAULT_TABLE = "samara_migrations";

	/** Longest wait for a lock in one attempt unless configured otherwise. */
	public static final Duration DEFAULT_LOCK_TIMEOUT = Duration.ofSeconds(2);

	/** Number of retries unless configured otherwise. */
	public static final int DEFAULT_RETRIES = 50;

	/** Longest wait for another instance unless configured otherwise. */
	public static final Duration DEFAULT_LOCK_WAIT = Duration.ofMinutes(10);

	/**
	 * Create settings.
	 */
	public MigrationSettings {
		locations = List.copyOf(locations);
		if (locations.isEmpty()) {
			throw new IllegalArgumentException("There must be a location of migrations");
		}
		schema = (schema != null && schema.isBlank()) ? null : schema;
		if (table.isBlank() || table.indexOf('.') >= 0 || table.length() > LONGEST_TABLE_NAME) {
			throw new IllegalArgumentException("\"" + table + "\" is no name for the history table: it must be "
					+ LONGEST_TABLE_NAME + " characters at the most, without a schema, which is set apart");
		}
		if (lockTimeout.isNegative() || statementTimeout.isNegative() || lockWait.isNegative() || retries < 0) {
			throw new IllegalArgumentException("Timeouts and retries must not be negative: lock timeout " + lockTimeout
					+ ", statement timeout " + statementTimeout + ", lock wait " + lockWait + ", retries " + retries);
		}
		if (lockTimeout.toMillis() > Integer.MAX_VALUE || statementTimeout.toMillis() > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("PostgreSQL counts timeouts up to 24 days; zero means no limit");
		}
	}

	/** What becomes of placeholders, as far as that is known without a database. */
	ScriptFilling filling() {
		BuiltIns known = BuiltIns.NONE.with(BuiltIns.Name.ENVIRONMENT,
				(this.environment != null) ? this.environment.name() : null);
		return ScriptFilling.of(this.placeholders, known, "samara.migrations.placeholders.");
	}

	/** Why a database without a marker must not get that of the application. */
	List<Finding> refuseToMark(HistorySnapshot history, PostgresConnection connection, TableName historyTable) {
		if (this.environment == null || history.marker() != null) {
			return List.of();
		}
		TableName located = WorkSession.locate(connection, historyTable, new EnvironmentMark(historyTable).table());
		return new UnmarkedDatabase(connection, new EnvironmentMark(located), this.environment, this.claimedDatabase)
			.check();
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

		private MigrationTarget target = MigrationTarget.LATEST;

		private OutOfOrder outOfOrder = OutOfOrder.FAIL;

		private OnNonEmpty onNonEmpty = OnNonEmpty.FAIL;

		private Duration lockTimeout = DEFAULT_LOCK_TIMEOUT;

		private int retries = DEFAULT_RETRIES;

		private Duration lockWait = DEFAULT_LOCK_WAIT;

		private LockMode lock = LockMode.AUTO;

		private Duration statementTimeout = Duration.ZERO;

		private @Nullable Environment environment;

		private @Nullable String claimedDatabase;

		private Application application = Application.UNKNOWN;

		private Placeholders placeholders = Placeholders.OFF;

		private Builder() {
		}

		/**
		 * Set where the migrations are.
		 * @param locations the locations, such as {@code classpath:db/migration}
		 * @return this builder
		 */
		public Builder locations(String... locations) {
			return locations(List.of(locations));
		}

		/**
		 * Set where the migrations are.
		 * @param locations the locations, such as {@code classpath:db/migration}
		 * @return this builder
		 */
		public Builder locations(List<String> locations) {
			this.locations = locations.stream().map(Location::parse).toList();
			return this;
		}

		/**
		 * Set the schema to migrate.
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
		 * Set how far a run goes.
		 * @param target the target
		 * @return this builder
		 */
		public Builder target(MigrationTarget target) {
			this.target = target;
			return this;
		}

		/**
		 * Set what happens to migrations below the highest applied version.
		 * @param outOfOrder the policy
		 * @return this builder
		 */
		public Builder outOfOrder(OutOfOrder outOfOrder) {
			this.outOfOrder = outOfOrder;
			return this;
		}

		/**
		 * Set what happens on a schema that contains objects, but no history of Samara's.
		 * @param onNonEmpty the policy
		 * @return this builder
		 */
		public Builder onNonEmpty(OnNonEmpty onNonEmpty) {
			this.onNonEmpty = onNonEmpty;
			return this;
		}

		/**
		 * Set the longest wait for a lock on what a migration changes, in one attempt.
		 * @param lockTimeout the time; zero means no limit
		 * @return this builder
		 */
		public Builder lockTimeout(Duration lockTimeout) {
			this.lockTimeout = lockTimeout;
			return this;
		}

		/**
		 * Set how often a migration is tried again after it did not get its locks.
		 * @param retries the number of retries, possibly 0
		 * @return this builder
		 */
		public Builder retries(int retries) {
			this.retries = retries;
			return this;
		}

		/**
		 * Set the longest wait for another instance that is migrating.
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
		 * Set the environment of the application.
		 * @param environment the environment, or {@code null} if it has none
		 * @return this builder
		 */
		public Builder environment(@Nullable Environment environment) {
			this.environment = environment;
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
		 * Set who migrates.
		 * @param application name and version
		 * @return this builder
		 */
		public Builder application(Application application) {
			this.application = application;
			return this;
		}

		/**
		 * Set the placeholders of scripts.
		 * @param placeholders the placeholders
		 * @return this builder
		 */
		public Builder placeholders(Placeholders placeholders) {
			this.placeholders = placeholders;
			return this;
		}

		/**
		 * Build the settings.
		 * @return the settings
		 */
		public MigrationSettings build() {
			return new MigrationSettings(this.locations, this.schema, this.table, this.target, this.outOfOrder,
					this.onNonEmpty, this.lockTimeout, this.retries, this.lockWait, this.lock, this.statementTimeout,
					this.environment, this.claimedDatabase, this.application, this.placeholders);
		}

	}

}
