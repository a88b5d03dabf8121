package dev.samara.seed;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.samara.SamaraException;
import dev.samara.environment.Application;
import dev.samara.execution.CodeTransaction;
import dev.samara.execution.Durability;
import dev.samara.execution.ExecutionOptions;
import dev.samara.execution.ExecutionResult;
import dev.samara.execution.Resumption;
import dev.samara.execution.ScriptExecutor;
import dev.samara.execution.ScriptFailedException;
import dev.samara.lock.HeldLock;
import dev.samara.lock.LockOwner;
import dev.samara.lock.LockRequest;
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

	private final DataSource dataSource;

	private final PostgresConnection connection;

	private final SeedPlanning planning;

	private final boolean cascade;

	private final List<SeedRollbackResult> rolledBack = new ArrayList<>();

	private final long start = System.nanoTime();

	SeedRollbackRun(SeedSettings settings, DataSource dataSource, PostgresConnection connection, SeedPlanning planning,
			boolean cascade) {
		this.settings = settings;
		this.dataSource = dataSource;
		this.connection = connection;
		this.planning = planning;
		this.cascade = cascade;
	}

	/**
	 * Run.
	 * @param unlocated the history as it is configured
	 * @param plan decides what is taken back
	 */
	SeedRollbackReport run(SeedHistory unlocated, Function<SeedSnapshot, List<WayBack.Step>> plan) {
		String id = UUID.randomUUID().toString();
		Application application = this.settings.application();
		String host = Application.host();
		LockRequest request = new LockRequest(this.dataSource, this.settings.lock(), this.settings.lockWait(),
				new LockOwner(id, application.sessionName(), application.name(), host));
		try (WorkSession session = request.open(this.connection, this.settings.schema())) {
			SeedHistory located = new SeedHistory(session.locate(unlocated.table(), unlocated.mark().table()));
			plan(located, plan);
			try (HeldLock lock = request.acquire(this.connection, session, located.mark().table())) {
				SeedHistory history = new SeedHistory(located.table(), lock.fence());
				SeedSnapshot snapshot = history.read(this.connection);
				List<WayBack.Step> steps = plan(history, plan);
				SeedHistory.Run run = new SeedHistory.Run(id, this.planning.guard(snapshot).environment(), application,
						host);
				steps.forEach((step) -> rollBack(step, history, run, session, lock));
				return new SeedRollbackReport(steps.isEmpty() ? null : id, this.rolledBack,
						Duration.ofNanos(System.nanoTime() - this.start));
			}
		}
	}

	/**
	 * What is refused is refused before the lock is asked for, which may have to be made.
	 */
	private List<WayBack.Step> plan(SeedHistory history, Function<SeedSnapshot, List<WayBack.Step>> plan) {
		SeedSnapshot snapshot = history.read(this.connection);
		history.mark().check(this.settings.environment(), snapshot.environment());
		return plan.apply(snapshot);
	}

	private void rollBack(WayBack.Step step, SeedHistory history, SeedHistory.Run run, WorkSession session,
			HeldLock lock) {
		long begin = System.nanoTime();
		String completed = history.rollbackSql(run, step.applied(), SeedEvent.ROLLED_BACK, null, null);
		try {
			Removed removed = takeBack(step, history, completed, session, run);
			SeedRollbackResult result = new SeedRollbackResult(step.name(), removed.rows() + removed.others(),
					removed.others(), Duration.ofNanos(System.nanoTime() - begin));
			this.rolledBack.add(result);
			logger.info("Rolled back " + step.name() + " in " + result.duration().toMillis() + " ms, " + result.rows()
					+ " rows" + ((result.others() > 0) ? ", " + result.others() + " of them not its own" : ""));
		}
		catch (SamaraException ex) {
			lock.loss(ex, step.name(), "Nothing of it was taken back.").ifPresent((lost) -> {
				throw lost;
			});
			String why = why(ex);
			ServerError error = CodeTransaction.serverError(ex);
			record(ex, history.rollbackSql(run, step.applied(), SeedEvent.ROLLBACK_FAILED,
					(error != null) ? error.sqlState() : null, why));
			throw new SeedRollbackFailedException(step.name(), why, this.rolledBack, ex.getRemedy(), ex);
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
		return transaction
			.run(step.name(), () -> removeRows(step, history), (removed) -> completed, RowsNotRemovedException::of)
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

	private Removed removeRows(WayBack.Step step, SeedHistory history) {
		RowRemoval removal = new RowRemoval(this.connection.jdbc(), history.rows());
		if (removal.remembered(step.name()) == 0) {
			throw RowsNotRemovedException.noneRemembered(step.name());
		}
		Removed removed = removal.remove(step.name(), this.cascade);
		if (!removed.references().isEmpty() && !this.cascade) {
			throw RowsNotRemovedException
				.referenced(removed.references().stream().map(Reference::toString).collect(Collectors.joining(", ")));
		}
		return removed;
	}

	private static String why(SamaraException failure) {
		return (failure instanceof ScriptFailedException script) ? script.summary()
				: String.valueOf(failure.getMessage());
	}

	private void record(SamaraException failure, String entry) {
		try {
			this.connection.send(entry);
		}
		catch (SQLException ex) {
			failure.addSuppressed(ServerError.of(ex).toException(ex));
		}
	}

}
