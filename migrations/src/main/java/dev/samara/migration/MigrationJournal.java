package dev.samara.migration;

import org.jspecify.annotations.Nullable;

import dev.samara.execution.ExecutionFailedException;
import dev.samara.execution.Journal;
import dev.samara.migration.MigrationHistory.NewEntry;
import dev.samara.migration.MigrationHistory.RunId;
import dev.samara.migration.MigrationHistory.Subject;
import dev.samara.postgres.ServerError;

/**
 * Records one attempt at one migration, there or back. The server's clock tells when it
 * began and how long it took: within the message of a transaction that is its own start.
 */
final class MigrationJournal implements Journal {

	private final MigrationHistory history;

	private final RunId run;

	private final Subject subject;

	private final MigrationWork work;

	private final Events events;

	private final long begin = System.nanoTime();

	private MigrationJournal(MigrationHistory history, RunId run, Subject subject, MigrationWork work, Events events) {
		this.history = history;
		this.run = run;
		this.subject = subject;
		this.work = work;
		this.events = events;
	}

	static MigrationJournal of(MigrationHistory history, RunId run, PlanStep step) {
		return new MigrationJournal(history, run, Subject.of(step.migration()), step.work(), Events.THERE);
	}

	static MigrationJournal of(MigrationHistory history, RunId run, RollbackStep step) {
		return new MigrationJournal(history, run, Subject.of(step.applied()), step.work(), Events.BACK);
	}

	@Override
	public String started(int done) {
		return entry(this.events.started(), done, "clock_timestamp()", null, null);
	}

	@Override
	public String progressed(int done) {
		return entry(this.events.progressed(), done, begin(), null, null);
	}

	@Override
	public String completed() {
		return entry(this.events.completed(), this.work.statementCount(), this.work.isAtomic() ? "now()" : begin(),
				null, null);
	}

	/**
	 * Return the SQL that records a failure. While it is in doubt what is done, the
	 * migration stays begun: the next run has to ask the same question, and a rollback
	 * must not pass over it.
	 */
	String failed(ExecutionFailedException failure) {
		return entry(failure.isInDoubt() ? this.events.started() : this.events.failed(), failure.getStatementsDone(),
				begin(), failure.getServerError().map(ServerError::sqlState).orElse(null), failure.summary());
	}

	private String begin() {
		long elapsed = (System.nanoTime() - this.begin) / 1_000_000;
		return "(now() - interval '" + elapsed + " ms')";
	}

	private String entry(HistoryEvent event, int done, String startedAt, @Nullable String sqlState,
			@Nullable String error) {
		String digest = (done > 0 && event != this.events.completed()) ? this.work.digestOfFirst(done) : null;
		return this.history.insertSql(
				new NewEntry(this.run, this.subject, event, done, this.work.statementCount(), digest, sqlState, error),
				startedAt);
	}

	/**
	 * What the events of a direction are called.
	 */
	private record Events(HistoryEvent started, HistoryEvent progressed, HistoryEvent completed, HistoryEvent failed) {

		static final Events THERE = new Events(HistoryEvent.STARTED, HistoryEvent.PROGRESSED, HistoryEvent.APPLIED,
				HistoryEvent.FAILED);

		static final Events BACK = new Events(HistoryEvent.ROLLBACK_STARTED, HistoryEvent.ROLLBACK_PROGRESSED,
				HistoryEvent.ROLLED_BACK, HistoryEvent.ROLLBACK_FAILED);

	}

}
