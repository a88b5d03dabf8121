package dev.samara.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.TableName;
import dev.samara.script.ScriptScanner;

/**
 * Migrates a PostgreSQL database.
 * <p>
 * Safe to call from several threads and several processes at once: one of them migrates,
 * the others wait. Whatever only reads takes no lock and writes nothing. Each call takes
 * one connection of the data source and gives it back as it was.
 *
 * @since 0.1.0
 */
public final class Migrator {

	private static final Duration DRY_RUN_LOCK_WAIT = Duration.ofSeconds(2);

	private static final Duration STATUS_LIMIT = Duration.ofSeconds(2);

	private final DataSource dataSource;

	private final MigrationSettings settings;

	private final ScriptScanner scanner;

	private final List<CodeSource> code;

	private final List<PlanCheck> checks;

	private final MigrationLog log = new MigrationLog();

	private final MigrationListeners listeners;

	private final RunningMigrations running = new RunningMigrations();

	private volatile @Nullable ResolvedMigrations resolved;

	private Migrator(Builder builder) {
		this.dataSource = builder.dataSource;
		this.settings = builder.settings;
		this.scanner = new ScriptScanner(builder.classLoader);
		this.code = List.copyOf(builder.code);
		this.checks = List.copyOf(builder.checks);
		List<MigrationListener> all = new ArrayList<>(List.of(this.log));
		all.addAll(builder.listeners);
		this.listeners = new MigrationListeners(all);
	}

	/**
	 * Start to build a migrator.
	 * @param dataSource the database; its connections must be those of the PostgreSQL
	 * driver, or unwrap to them
	 * @return a builder
	 */
	public static Builder builder(DataSource dataSource) {
		return new Builder(dataSource);
	}

	/**
	 * Apply what is pending. With nothing pending that is one query, and no lock.
	 * @return what was done
	 * @throws MigrationValidationException if something is wrong with migrations; nothing
	 * has run then
	 * @throws MigrationFailedException if a migration fails; those before it stay applied
	 * @throws CallbackFailedException if a callback fails that is called before the first
	 * migration
	 * @throws dev.samara.lock.LockNotAcquiredException if another instance has not
	 * finished in time
	 * @throws dev.samara.lock.PoolerException if a connection pooler is in between and
	 * the lock does not hold there, or may not
	 * @throws dev.samara.lock.LeaseLostException if the lease was lost meanwhile
	 * @throws dev.samara.environment.EnvironmentMismatchException if the database belongs
	 * to another environment
	 * @throws DatabaseUnavailableException if the database cannot be reached
	 */
	public MigrationReport migrate() {
		long start = System.nanoTime();
		MigrationPlanning planning = planning(resolve());
		return withConnection((connection) -> {
			HistorySnapshot snapshot = read(connection);
			List<MigrationStatus> statuses = planning.statuses(snapshot);
			MigrationPlan plan = unlocked(planning, snapshot, connection).plan(statuses, snapshot);
			MigrationPlanning.refuseErrors(plan,
					() -> this.settings.refuseToMark(snapshot, connection, history().table()));
			MigrationReport report;
			if (plan.isEmpty() && snapshot.isReadyFor(this.settings.environment())) {
				report = MigrationPlanning.report(null, statuses, plan, List.of(), List.of(),
						Duration.ofNanos(System.nanoTime() - start));
			}
			else {
				report = LockedSession.run(this.settings, this.dataSource, connection,
						(session) -> new MigrationRun(planning, this.listeners, session).run());
			}
			if (report.runId() == null) {
				this.log.upToDate(report);
			}
			return report;
		});
	}

	/**
	 * Return whether the database is as far as the migrations are. Reads only; files
	 * {@code beforeValidate.sql} are called in a transaction that cannot write.
	 * @return the status of each migration
	 * @throws MigrationValidationException if something is wrong, or a migration is
	 * pending
	 * @throws CallbackFailedException if {@code beforeValidate.sql} fails
	 * @throws dev.samara.environment.EnvironmentMismatchException if the database belongs
	 * to another environment
	 * @throws DatabaseUnavailableException if the database cannot be reached
	 */
	public MigrationOverview validate() {
		ResolvedMigrations resolved = resolve();
		MigrationPlanning planning = planning(resolved);
		return withConnection((connection) -> {
			new ReadOnlyCallbacks(this.settings, connection).call(resolved);
			HistorySnapshot snapshot = read(connection);
			MigrationPlan plan = planning.plan(snapshot);
			MigrationWait.refuseGaps(plan);
			return this.log.validated(overview(snapshot, plan, planning.statuses(snapshot)));
		});
	}

	/**
	 * Wait until another instance, or a job, has migrated the database as far as the
	 * migrations are, at the longest as long as the settings wait for the lock. Reads
	 * only, with one query a second, and holds no connection in between.
	 * @return the status of each migration
	 * @throws MigrationValidationException if something is wrong, or a migration is still
	 * pending after that time
	 * @throws dev.samara.environment.EnvironmentMismatchException if the database belongs
	 * to another environment
	 * @throws DatabaseUnavailableException if the database cannot be reached
	 */
	public MigrationOverview awaitMigrated() {
		MigrationPlanning planning = planning(resolve());
		new MigrationWait(() -> withConnection((connection) -> {
			HistorySnapshot snapshot = read(connection);
			return unlocked(planning, snapshot, connection).plan(snapshot);
		}), this.settings.lockWait()).await();
		return validate();
	}

	/**
	 * Return where the database stands. Reads only, with one query; with three more if a
	 * migration has begun and not finished. Each query ends after two seconds, even if
	 * another session has locked the history.
	 * @return the status of each migration
	 * @throws DatabaseUnavailableException if the database cannot be reached, or does not
	 * answer in time
	 */
	public MigrationOverview status() {
		ResolvedMigrations known = this.resolved;
		MigrationPlanning planning = planning((known != null) ? known : resolve());
		return PostgresConnection.with(this.dataSource, STATUS_LIMIT, (connection) -> {
			HistorySnapshot snapshot = history().ofNewestEvents().read(connection);
			List<MigrationStatus> statuses = planning.statuses(snapshot);
			return overview(snapshot, planning.plan(statuses, snapshot),
					this.running.among(statuses, connection, history()));
		});
	}

	/**
	 * Return what {@link #migrate()} would do. Reads only, with one query.
	 * @return the plan; with an error among its findings nothing would run
	 * @throws DatabaseUnavailableException if the database cannot be reached
	 */
	public MigrationPlan plan() {
		MigrationPlanning planning = planning(resolve());
		return withConnection((connection) -> planning.plan(history().read(connection)));
	}

	/**
	 * Take migrations back by their down scripts: those of the application, or where it
	 * has none for a migration as it was applied, those that the history has kept. Code
	 * takes itself back. Each migration is one transaction with its entry in the history.
	 * @param target what is rolled back
	 * @return what was done
	 * @throws RollbackRefusedException if a migration has no way back, or the target
	 * cannot be met; nothing has run then
	 * @throws RollbackFailedException if a down script fails; what was rolled back before
	 * stays so
	 * @throws CallbackFailedException if a callback fails that is called before the first
	 * down script
	 * @throws dev.samara.lock.LockNotAcquiredException if another instance has not
	 * finished in time
	 * @throws dev.samara.environment.EnvironmentMismatchException if the database belongs
	 * to another environment
	 * @throws DatabaseUnavailableException if the database cannot be reached
	 */
	public RollbackReport rollback(RollbackTarget target) {
		ResolvedMigrations found = resolve();
		return withConnection((connection) -> {
			RollbackReport report = LockedSession.run(this.settings, this.dataSource, connection,
					(session) -> new RollbackRun(found, this.listeners, session).run(target));
			if (report.runId() == null) {
				this.log.nothingToRollBack(target, report);
			}
			return report;
		});
	}

	/**
	 * Return what {@link #rollback(RollbackTarget)} would do. Reads only, with two
	 * queries.
	 * @param target what would be rolled back
	 * @return the plan; with an error among its findings nothing would run
	 * @throws DatabaseUnavailableException if the database cannot be reached, or does not
	 * answer within two seconds
	 */
	public RollbackPlan planRollback(RollbackTarget target) {
		ResolvedMigrations found = resolve();
		return PostgresConnection.with(this.dataSource, STATUS_LIMIT, (connection) -> {
			MigrationHistory history = history();
			return RollbackRun.plan(target, history.read(connection), found, history, connection);
		});
	}

	/**
	 * Try what is pending: run it, in order, in one transaction that is rolled back.
	 * Code, and what cannot run in a transaction, is left out and named. Takes the lock,
	 * but does not wait long for it, nor for other locks: at most as long as the lock
	 * timeout.
	 * @return what the migrations did, and what they would have changed in the schema
	 * @throws MigrationValidationException if something is wrong with migrations; nothing
	 * has run then
	 * @throws dev.samara.lock.LockNotAcquiredException if another instance is migrating
	 * @throws dev.samara.environment.EnvironmentMismatchException if the database belongs
	 * to another environment
	 * @throws DatabaseUnavailableException if the database cannot be reached
	 */
	public DryRunReport dryRun() {
		MigrationPlanning planning = planning(resolve());
		return withConnection((connection) -> {
			// A lease creates a table, so a refusal comes before it.
			HistorySnapshot snapshot = read(connection);
			MigrationPlanning.refuseErrors(unlocked(planning, snapshot, connection).plan(snapshot));
			return LockedSession.run(this.settings, this.dataSource, connection, DRY_RUN_LOCK_WAIT,
					(session) -> new DryRun(planning, session).run());
		});
	}

	/**
	 * Check that each down script restores what was there: take each migration up, down
	 * and up again, comparing the schema. They are those of the environment, all of them
	 * whatever the target, in the order of a run. On a database to throw away.
	 * @return what was found of each migration
	 * @throws MigrationValidationException if something is wrong with migrations, or the
	 * database has migrations applied and so is none to throw away
	 * @throws dev.samara.execution.ExecutionFailedException if a migration cannot be
	 * applied
	 * @throws DatabaseUnavailableException if the database cannot be reached
	 */
	public RoundTripReport checkRoundTrips() {
		ResolvedMigrations found = resolve();
		return withConnection((connection) -> {
			HistorySnapshot snapshot = read(connection);
			MigrationPlan plan = planning(found).toLatest().plan(snapshot);
			CallbackPlanning callbacks = CallbackPlanning.of(found.callbacks(snapshot.builtIns()), (event) -> true);
			RoundTripCheck.refuseErrors(plan, callbacks, connection, snapshot);
			return LockedSession.run(this.settings, this.dataSource, connection,
					(session) -> new RoundTripCheck(session, callbacks.callbacks()).run(plan));
		});
	}

	/**
	 * Return how this migrator works.
	 * @return the settings
	 */
	public MigrationSettings settings() {
		return this.settings;
	}

	private ResolvedMigrations resolve() {
		ResolvedMigrations found = MigrationResolver
			.resolve(this.settings.locations(), this.scanner, this.settings.filling(), this.code)
			.in(this.settings.environment());
		this.resolved = found;
		return found;
	}

	private MigrationPlanning planning(ResolvedMigrations resolved) {
		return new MigrationPlanning(resolved, this.settings.outOfOrder(), this.settings.onNonEmpty(),
				this.settings.target(), this.settings.environment(), this.checks);
	}

	/**
	 * Callbacks of another instance's first run create objects before the history has an
	 * entry. Whoever finds that one at work decides under the lock.
	 */
	private MigrationPlanning unlocked(MigrationPlanning planning, HistorySnapshot snapshot,
			PostgresConnection connection) {
		boolean isBeingMigrated = planning.onNonEmpty() == OnNonEmpty.FAIL && !snapshot.existing().isEmpty()
				&& history().lockHolder(connection).isPresent();
		return isBeingMigrated ? planning.onAnySchema() : planning;
	}

	private MigrationHistory history() {
		return new MigrationHistory(new TableName(this.settings.schema(), this.settings.table()));
	}

	private HistorySnapshot read(PostgresConnection connection) {
		HistorySnapshot snapshot = history().read(connection);
		history().mark().check(this.settings.environment(), snapshot.environment());
		return snapshot;
	}

	private MigrationOverview overview(HistorySnapshot snapshot, MigrationPlan plan, List<MigrationStatus> statuses) {
		return MigrationOverview.of(statuses, plan, this.settings.environment(), snapshot);
	}

	private <T> T withConnection(Function<PostgresConnection, T> work) {
		return PostgresConnection.with(this.dataSource, work);
	}

	/**
	 * Builds a migrator.
	 */
	public static final class Builder {

		private final DataSource dataSource;

		private MigrationSettings settings = MigrationSettings.builder().build();

		private ClassLoader classLoader = Migrator.class.getClassLoader();

		private final List<CodeSource> code = new ArrayList<>();

		private final List<PlanCheck> checks = new ArrayList<>();

		private final List<MigrationListener> listeners = new ArrayList<>();

		private Builder(DataSource dataSource) {
			this.dataSource = dataSource;
		}

		/**
		 * Set how the migrator works.
		 * @param settings the settings
		 * @return this builder
		 */
		public Builder settings(MigrationSettings settings) {
			this.settings = settings;
			return this;
		}

		/**
		 * Set the class loader of {@code classpath:} locations.
		 * @param classLoader the class loader
		 * @return this builder
		 */
		public Builder classLoader(ClassLoader classLoader) {
			this.classLoader = classLoader;
			return this;
		}

		/**
		 * Add migrations that are code.
		 * @param migrations the migrations, in any order
		 * @return this builder
		 */
		public Builder javaMigrations(List<? extends JavaMigration> migrations) {
			migrations.forEach((migration) -> this.code.add(new CodeSource(migration, migration.getClass(), null)));
			return this;
		}

		/**
		 * Add a migration that is code, as a container knows it.
		 * @param migration the migration, possibly a proxy
		 * @param type the class that was written
		 * @param name what the container calls it; the name of the migration if neither
		 * it nor its class says another
		 * @return this builder
		 */
		public Builder javaMigration(JavaMigration migration, Class<?> type, String name) {
			this.code.add(new CodeSource(migration, type, name));
			return this;
		}

		/**
		 * Add checks of plans.
		 * @param checks the checks
		 * @return this builder
		 */
		public Builder checks(List<? extends PlanCheck> checks) {
			this.checks.addAll(checks);
			return this;
		}

		/**
		 * Add listeners.
		 * @param listeners the listeners, in the order they are called
		 * @return this builder
		 */
		public Builder listeners(List<? extends MigrationListener> listeners) {
			this.listeners.addAll(listeners);
			return this;
		}

		/**
		 * Build the migrator. Does nothing to the database.
		 * @return the migrator
		 */
		public Migrator build() {
			return new Migrator(this);
		}

	}

}
