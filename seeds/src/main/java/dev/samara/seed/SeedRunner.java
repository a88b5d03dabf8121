package dev.samara.seed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import dev.samara.postgres.DatabaseUnavailableException;
import dev.samara.postgres.PostgresConnection;
import dev.samara.script.ScriptScanner;
import dev.samara.seed.check.CheckReport;
import dev.samara.seed.check.CheckSettings;
import dev.samara.seed.check.ChecksFailedException;
import dev.samara.seed.check.DataChecks;

/**
 * Seeds a PostgreSQL database.
 * <p>
 * Safe to call from several threads and several processes at once: one of them seeds, the
 * others wait. Whatever only reads takes no lock and writes nothing. Each call takes one
 * connection of the data source and gives it back as it was.
 *
 * @since 0.1.0
 */
public final class SeedRunner {

	private static final Duration STATUS_LIMIT = Duration.ofSeconds(2);

	private final DataSource dataSource;

	private final SeedSettings settings;

	private final ScriptScanner scanner;

	private final SeedLog log = new SeedLog();

	private final SeedListeners listeners;

	private final List<Seeder> seeders;

	private volatile @Nullable ResolvedSeeds resolved;

	private SeedRunner(Builder builder) {
		this.dataSource = builder.dataSource;
		this.settings = builder.settings;
		this.scanner = new ScriptScanner(builder.classLoader);
		this.seeders = List.copyOf(builder.seeders);
		List<SeedListener> all = new ArrayList<>(List.of(this.log));
		all.addAll(builder.listeners);
		this.listeners = new SeedListeners(all);
	}

	/**
	 * Start to build a seed runner.
	 * @param dataSource the database; its connections must be those of the PostgreSQL
	 * driver, or unwrap to them
	 * @return a builder
	 */
	public static Builder builder(DataSource dataSource) {
		return new Builder(dataSource);
	}

	/**
	 * Apply what is pending or has changed. With nothing to do that is one query and no
	 * lock; without seeds not even that.
	 * @return what was done
	 * @throws SeedValidationException if something is wrong with seeds; nothing has run
	 * then
	 * @throws SeedFailedException if a seed fails; those before it stay applied
	 * @throws ChecksFailedException if a check that follows the seeds fails; they stay
	 * applied
	 * @throws dev.samara.lock.LockNotAcquiredException if another instance has not
	 * finished in time
	 * @throws dev.samara.environment.EnvironmentMismatchException if the database belongs
	 * to another environment
	 * @throws DatabaseUnavailableException if the database cannot be reached
	 */
	public SeedReport run() {
		return run(SeedSelection.PENDING);
	}

	/**
	 * Apply some of the seeds, or apply seeds again.
	 * @param selection which ones
	 * @return what was done
	 * @throws SeedValidationException if something is wrong with seeds, one is not known
	 * or not for this environment or level; nothing has run then
	 * @throws SeedFailedException if a seed fails; those before it stay applied
	 * @throws dev.samara.lock.LockNotAcquiredException if another instance has not
	 * finished in time
	 * @throws dev.samara.environment.EnvironmentMismatchException if the database belongs
	 * to another environment
	 * @throws DatabaseUnavailableException if the database cannot be reached
	 */
	public SeedReport run(SeedSelection selection) {
		long start = System.nanoTime();
		ResolvedSeeds resolved = resolve();
		if (resolved.isEmpty() && selection.names().isEmpty()) {
			return new SeedReport(null, List.of(), 0, 0, List.of(), Duration.ofNanos(System.nanoTime() - start));
		}
		SeedPlanning planning = new SeedPlanning(resolved, this.settings).select(selection);
		return withConnection((connection) -> {
			SeedHistory history = SeedHistory.of(this.settings);
			SeedSnapshot snapshot = history.read(connection);
			history.mark().check(this.settings.environment(), snapshot.environment());
			SeedPlan plan = planning.plan(snapshot);
			SeedPlanning.refuseErrors(plan);
			SeedReport report;
			if (plan.isEmpty() && snapshot.isReadyFor(this.settings.environment()) && !planning.needsChecks(snapshot)) {
				report = planning.report(null, snapshot, plan, List.of(), Duration.ofNanos(System.nanoTime() - start));
			}
			else {
				SeedRun run = new SeedRun(this.settings, connection, planning, this.listeners);
				report = LockedRun.hold(this.settings, this.dataSource, connection, (unlocked) -> {
				}, run::run);
			}
			if (report.runId() == null) {
				this.log.upToDate(report);
			}
			refuseFailedChecks(report);
			return report;
		});
	}

	private void refuseFailedChecks(SeedReport report) {
		CheckReport checks = report.checks();
		if (checks != null && !checks.passed()) {
			if (this.settings.checks().onFailure() == CheckSettings.OnFailure.FAIL) {
				throw new ChecksFailedException(checks);
			}
			this.log.checksFailed(checks);
		}
	}

	/**
	 * Check the data: by the check files of seeds that are applied, and by what the
	 * settings say. Only reads, takes no lock, and throws nothing because of what it
	 * finds.
	 * @return what was found
	 * @throws SeedValidationException if something is wrong with the files
	 * @throws DatabaseUnavailableException if the database cannot be reached
	 */
	public CheckReport check() {
		SeedPlanning planning = new SeedPlanning(resolve(), this.settings);
		return withConnection((connection) -> {
			SeedSnapshot snapshot = SeedHistory.of(this.settings).read(connection);
			SeedPlanning.refuseErrors(planning.plan(snapshot));
			return new DataChecks(connection, this.settings.schema(), this.settings.checks())
				.run(planning.checks(snapshot));
		});
	}

	/**
	 * Take seeds back: by the {@code .down.sql} beside the seed, by
	 * {@link ReversibleSeeder#rollback}, or, of a data file, by deleting the rows it has
	 * inserted. The next {@link #run()} applies them again.
	 * @param rollback which ones, and how far that may go
	 * @return what was done
	 * @throws SeedValidationException if a seed is not known or not applied, has no way
	 * back, belongs to another environment, or one that is applied depends on it; nothing
	 * was taken back then
	 * @throws SeedRollbackFailedException if a seed cannot be taken back, because rows of
	 * others refer to its rows for example
	 * @throws dev.samara.lock.LockNotAcquiredException if another instance has not
	 * finished in time
	 * @throws dev.samara.environment.EnvironmentMismatchException if the database belongs
	 * to another environment
	 * @throws DatabaseUnavailableException if the database cannot be reached
	 */
	public SeedRollbackReport rollback(SeedRollback rollback) {
		SeedPlanning planning = new SeedPlanning(resolve(), this.settings);
		Function<SeedSnapshot, RollbackPlan> plan = (snapshot) -> new RollbackPlanning(planning, snapshot)
			.plan(rollback);
		return withConnection((connection) -> {
			SeedRollbackRun run = new SeedRollbackRun(this.settings, connection, planning,
					rollback.isCascading() ? SeedRollbackRun.Extent.CASCADING : SeedRollbackRun.Extent.SINGLE);
			return LockedRun.hold(this.settings, this.dataSource, connection, (unlocked) -> run.check(unlocked, plan),
					(locked) -> run.run(locked, plan));
		});
	}

	/**
	 * Take back all seeds of the environment's own folder; those of {@code common} stay.
	 * Never in production, whatever is configured: neither where the application says so,
	 * nor where the database remembers it or has ever been seeded as production, nor
	 * where the database remembers no environment.
	 * @param confirmation the name of the database, to confirm that it is the right one
	 * @return what was done
	 * @throws SeedValidationException if that is not allowed or not confirmed, a seed has
	 * no way back, or rows of others refer to its rows; nothing was taken back then
	 * @throws SeedRollbackFailedException if a seed cannot be taken back after all,
	 * because its script fails for example
	 * @throws dev.samara.lock.LockNotAcquiredException if another instance has not
	 * finished in time
	 * @throws dev.samara.environment.EnvironmentMismatchException if the database belongs
	 * to another environment
	 * @throws DatabaseUnavailableException if the database cannot be reached
	 */
	public SeedRollbackReport clear(String confirmation) {
		SeedPlanning planning = new SeedPlanning(resolve(), this.settings);
		return withConnection((connection) -> new SeedClearing(this.settings, this.dataSource, connection, confirmation)
			.clear(planning));
	}

	/**
	 * Take back all seeds of the environment's own folder, as {@link #clear} does, and
	 * apply what is pending then: the same seeds as an application that starts, by
	 * environment and level.
	 * @param confirmation the name of the database, to confirm that it is the right one
	 * @return what was done
	 * @see #reset(String, SeedSelection)
	 */
	public SeedResetReport reset(String confirmation) {
		return reset(confirmation, SeedSelection.PENDING);
	}

	/**
	 * Take back some seeds and run them again, both while no other instance does
	 * anything. Never where {@link #clear} is refused.
	 * @param confirmation the name of the database, to confirm that it is the right one
	 * @param selection the seeds: those of them that are applied are taken back, and then
	 * the selection is run; without names all seeds of the environment's own folder
	 * @return what was done
	 * @throws SeedValidationException if that is not allowed or not confirmed, a seed has
	 * no way back or would not run again; nothing was taken back then
	 * @throws SeedRollbackFailedException if a seed cannot be taken back after all
	 * @throws SeedFailedException if a seed fails when it runs again; what was taken back
	 * before it and not applied again is applied by the next run
	 * @throws ChecksFailedException if a check that follows the seeds fails; they stay
	 * applied
	 * @throws dev.samara.lock.LockNotAcquiredException if another instance has not
	 * finished in time
	 * @throws dev.samara.environment.EnvironmentMismatchException if the database belongs
	 * to another environment
	 * @throws DatabaseUnavailableException if the database cannot be reached
	 */
	public SeedResetReport reset(String confirmation, SeedSelection selection) {
		SeedPlanning planning = new SeedPlanning(resolve(), this.settings).select(selection);
		SeedResetReport report = withConnection(
				(connection) -> new SeedClearing(this.settings, this.dataSource, connection, confirmation)
					.reset(planning, this.listeners));
		refuseFailedChecks(report.seeded());
		return report;
	}

	/**
	 * Return where the seeds of the database stand. Reads only, with one query once the
	 * history is there, which ends after two seconds.
	 * @return the status of each seed
	 * @throws DatabaseUnavailableException if the database cannot be reached, or does not
	 * answer in time
	 */
	public SeedOverview status() {
		ResolvedSeeds known = this.resolved;
		SeedPlanning planning = new SeedPlanning((known != null) ? known : resolve(), this.settings);
		return PostgresConnection.with(this.dataSource, STATUS_LIMIT,
				(connection) -> planning.overview(SeedHistory.of(this.settings).read(connection)));
	}

	/**
	 * Return what {@link #run()} would do. Reads only, with one query once the history is
	 * there.
	 * @return the plan; with an error among its findings nothing would run
	 * @throws DatabaseUnavailableException if the database cannot be reached
	 */
	public SeedPlan plan() {
		return plan(SeedSelection.PENDING);
	}

	/**
	 * Return what {@link #run(SeedSelection)} would do. Reads only.
	 * @param selection which seeds
	 * @return the plan; with an error among its findings nothing would run
	 * @throws DatabaseUnavailableException if the database cannot be reached
	 */
	public SeedPlan plan(SeedSelection selection) {
		SeedPlanning planning = new SeedPlanning(resolve(), this.settings).select(selection);
		return withConnection((connection) -> new ForeignKeyOrder(planning.resolved(), connection)
			.order(planning.plan(SeedHistory.of(this.settings).read(connection))));
	}

	/**
	 * Return how this seed runner works.
	 * @return the settings
	 */
	public SeedSettings settings() {
		return this.settings;
	}

	private ResolvedSeeds resolve() {
		ResolvedSeeds files = SeedResolver.resolve(this.settings.locations(), this.scanner, this.settings.filling());
		ResolvedSeeds found = SeedOrder.sort(SeederSeeds.add(files, this.seeders));
		this.resolved = found;
		return found;
	}

	private <T> T withConnection(Function<PostgresConnection, T> work) {
		return PostgresConnection.with(this.dataSource, work);
	}

	/**
	 * Builds a seed runner.
	 */
	public static final class Builder {

		private final DataSource dataSource;

		private SeedSettings settings = SeedSettings.builder().build();

		private ClassLoader classLoader = SeedRunner.class.getClassLoader();

		private final List<SeedListener> listeners = new ArrayList<>();

		private final List<Seeder> seeders = new ArrayList<>();

		private Builder(DataSource dataSource) {
			this.dataSource = dataSource;
		}

		/**
		 * Set how the seed runner works.
		 * @param settings the settings
		 * @return this builder
		 */
		public Builder settings(SeedSettings settings) {
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
		 * Add listeners.
		 * @param listeners the listeners, in the order they are called
		 * @return this builder
		 */
		public Builder listeners(List<? extends SeedListener> listeners) {
			this.listeners.addAll(listeners);
			return this;
		}

		/**
		 * Add seeders, which run among the files by their names.
		 * @param seeders the seeders
		 * @return this builder
		 */
		public Builder seeders(List<? extends Seeder> seeders) {
			this.seeders.addAll(seeders);
			return this;
		}

		/**
		 * Build the seed runner. Does nothing to the database.
		 * @return the seed runner
		 */
		public SeedRunner build() {
			return new SeedRunner(this);
		}

	}

}
