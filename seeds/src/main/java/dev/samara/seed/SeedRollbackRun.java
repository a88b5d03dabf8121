package dev.samara.seed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.samara.SamaraException;
import dev.samara.execution.CodeFailedException;
import dev.samara.execution.CodeTransaction;
import dev.samara.execution.Durability;
import dev.samara.execution.ExecutionOptions;
import dev.samara.execution.FailureRecord;
import dev.samara.execution.ExecutionResult;
import dev.samara.execution.Resumption;
import dev.samara.execution.ScriptExecutor;
import dev.samara.execution.ScriptFailedException;
import dev.samara.lock.HeldLock;
import dev.samara.lock.HistoryGuard;
import dev.samara.postgres.PostgresConnection;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.SqlLiteral;
import dev.samara.postgres.WorkSession;
import dev.samara.seed.data.RowRemoval.Reference;
import dev.samara.seed.data.RowRemoval.Removed;
import dev.samara.seed.data.RowRemoval;

/**
 * Takes seeds back, on one connection, while the lock is held: one after the other, each
 * in one transaction with its entry in the history.
 */
final class SeedRollbackRun {

	private static final Log logger = LogFactory.getLog(SeedRunner.class);

	private final SeedSettings settings;

	private final PostgresConnection connection;

	private final SeedPlanning planning;

	private final Extent extent;

	private final List<SeedRollbackResult> rolledBack = new ArrayList<>();

	private final long start = System.nanoTime();

	SeedRollbackRun(SeedSettings settings, PostgresConnection connection, SeedPlanning planning, Extent extent) {
		this.settings = settings;
		this.connection = connection;
		this.planning = planning;
		this.extent = extent;
	}

	/**
	 * Refuse what is refused before the lock is asked for, which may have to be made.
	 * What rows are tied to is not asked yet: somebody else may be at work on them.
	 * @param plan decides what is taken back
	 */
	void check(LockedRun.Unlocked unlocked, Function<SeedSnapshot, RollbackPlan> plan) {
		RollbackPlan planned = plan.apply(read(unlocked.history()));
		if (this.extent != Extent.WHOLE) {
			planned.refuse();
		}
	}

	/**
	 * Run. A history of an older layout is brought up to date first.
	 * @param plan decides what is taken back
	 */
	SeedRollbackReport run(LockedRun locked, Function<SeedSnapshot, RollbackPlan> plan) {
		SeedSnapshot snapshot = read(locked.history());
		SeedHistory history = locked.history().guardedBy(locked.id(), snapshot);
		RollbackPlan planned = plan.apply(snapshot);
		planned = new RollbackPlan(
				new ForeignKeyOrder(this.planning.resolved(), this.connection).orderBack(planned.steps()),
				planned.findings());
		if (this.extent == Extent.WHOLE) {
			planned = planned.with(new RollbackPreview(this.settings, this.connection, history, locked.session())
				.look(planned.steps()));
		}
		planned.refuse();
		List<WayBack.Step> steps = planned.steps();
		if (snapshot.isOlder() && !steps.isEmpty()) {
			history.create(this.connection);
		}
		SeedHistory.Run run = locked.in(this.planning.guard(snapshot).environment());
		steps.forEach((step) -> rollBack(step, history, run, locked.session(), locked.lock()));
		return new SeedRollbackReport(steps.isEmpty() ? null : locked.id(), this.rolledBack,
				Duration.ofNanos(System.nanoTime() - this.start));
	}

	private SeedSnapshot read(SeedHistory history) {
		SeedSnapshot snapshot = history.read(this.connection);
		history.mark().check(this.settings.environment(), snapshot.environment());
		return snapshot;
	}

	private void rollBack(WayBack.Step step, SeedHistory history, SeedHistory.Run run, WorkSession session,
			HeldLock lock) {
		long begin = System.nanoTime();
		String completed = history.tables().forgetSql(step.name()) + "; "
				+ history.rollbackSql(run, step.applied(), SeedEvent.ROLLED_BACK, null, null);
		try {
			Removed removed = takeBack(step, history, completed, session, run);
			SeedRollbackResult result = new SeedRollbackResult(step.name(), removed.rows() + removed.others(),
					removed.others(), Duration.ofNanos(System.nanoTime() - begin));
			this.rolledBack.add(result);
			logger.info("Rolled back " + step.name() + " in " + result.duration().toMillis() + " ms, " + result.rows()
					+ ((result.rows() == 1) ? " row" : " rows")
					+ ((result.others() > 0) ? ", " + result.others() + " of them not its own" : ""));
		}
		catch (SamaraException ex) {
			String whatStays = (ex instanceof CodeFailedException seeder)
					? SeederExecutor.whatStays(seeder, "Nothing of it was taken back.")
					: "Nothing of it was taken back.";
			lock.loss(ex, step.name(), whatStays).ifPresent((lost) -> {
				throw lost;
			});
			HistoryGuard guard = history.guard();
			if (guard != null) {
				guard.requireUnbroken(this.connection, step.name(), whatStays, ex);
			}
			String why = why(ex);
			ServerError error = CodeTransaction.serverError(ex);
			String record = history.rollbackSql(run, step.applied(), SeedEvent.ROLLBACK_FAILED,
					(error != null) ? error.sqlState() : null, why);
			FailureRecord.write(this.connection, "the rollback of seed " + step.name(), record, ex);
			throw new SeedRollbackFailedException(step.name(), why, whatStays, this.rolledBack, ex.getRemedy(), ex);
		}
	}

	private Removed takeBack(WayBack.Step step, SeedHistory history, String completed, WorkSession session,
			SeedHistory.Run run) {
		ExecutionOptions options = new ExecutionOptions(this.settings.lockTimeout(), this.settings.statementTimeout(),
				this.settings.retries());
		CodeTransaction transaction = new CodeTransaction(this.connection, session.settings(), options);
		if (step.way() instanceof WayBack.Down down) {
			ExecutionResult result = new ScriptExecutor(this.connection, session.settings(), options).execute(
					down.script(), Resumption.NONE, new RollbackJournal(forget(step, history) + completed),
					Durability.AT_ONCE);
			return new Removed(result.rows(), 0, List.of());
		}
		if (step.way() instanceof WayBack.Code code) {
			SeederExecutor executor = new SeederExecutor(this.connection, transaction, run.environment());
			return new Removed(executor.rollback(code.seed(), code.seeder(), completed).result(), 0, List.of());
		}
		boolean isNone = ((WayBack.Rows) step.way()).isNone();
		return transaction
			.run(step.name(), () -> removeRows(step, isNone, history), (removed) -> completed,
					RowsNotRemovedException::of)
			.result();
	}

	/** Rows that the script has taken away, somebody else may put in again. */
	private String forget(WayBack.Step step, SeedHistory history) {
		boolean exists = Boolean.TRUE.equals(this.connection.jdbc()
			.queryForObject("SELECT to_regclass(?) IS NOT NULL", Boolean.class, history.rows().quoted()));
		return exists
				? "DELETE FROM " + history.rows().quoted() + " WHERE seed = " + SqlLiteral.text(step.name()) + "; "
				: "";
	}

	private Removed removeRows(WayBack.Step step, boolean isNone, SeedHistory history) {
		RowRemoval removal = new RowRemoval(this.connection.jdbc(), history.rows());
		if (removal.remembered(step.name()) == 0) {
			if (isNone) {
				return new Removed(0, 0, List.of());
			}
			throw RowsNotRemovedException.noneRemembered(step.name());
		}
		removal.replaced(step.name())
			.forEach((table) -> logger.warn("Seed " + step.name() + " has inserted rows into a table " + table
					+ " that was dropped since. The table of this name is another one: nothing is deleted from it"));
		List<String> lost = removal.lost(step.name());
		if (!lost.isEmpty()) {
			throw RowsNotRemovedException.lost(lost, history.rows());
		}
		Removed removed = removal.remove(step.name(), (this.extent == Extent.CASCADING));
		if (!removed.references().isEmpty() && this.extent != Extent.CASCADING) {
			throw RowsNotRemovedException
				.referenced(removed.references().stream().map(Reference::toString).collect(Collectors.joining(", ")));
		}
		return removed;
	}

	private static String why(SamaraException failure) {
		return (failure instanceof ScriptFailedException script) ? script.summary()
				: String.valueOf(failure.getMessage());
	}

	/**
	 * How far it goes.
	 */
	enum Extent {

		/** Each seed for itself, and nothing that belongs to others. */
		SINGLE,

		/** Each seed, and what points to its rows. */
		CASCADING,

		/** All seeds or none, as far as can be known beforehand. */
		WHOLE

	}

}
