package dev.samara.migration;

import org.jspecify.annotations.Nullable;

import dev.samara.execution.ExecutableScript;
import dev.samara.execution.Journal;
import dev.samara.migration.MigrationHistory.NewEntry;
import dev.samara.migration.MigrationHistory.RunId;

/**
 * Records one attempt at one migration. The server's clock tells when it began and how
 * long it took: within the message of a transaction that is its own start.
 */
final class MigrationJournal implements Journal {

	private final MigrationHistory history;

	private final RunId run;

	private final PlanStep step;

	private final long begin = System.nanoTime();

	MigrationJournal(MigrationHistory history, RunId run, PlanStep step) {
		this.history = history;
		this.run = run;
		this.step = step;
	}

	@Override
	public String started(int done) {
		return entry(HistoryEvent.STARTED, done, "clock_timestamp()", null, null);
	}

	@Override
	public String progressed(int done) {
		return entry(HistoryEvent.PROGRESSED, done, begin(), null, null);
	}

	@Override
	public String completed() {
		ExecutableScript script = this.step.executable();
		return entry(HistoryEvent.APPLIED, script.statementCount(), script.isAtomic() ? "now()" : begin(), null, null);
	}

	String failed(int done, @Nullable String sqlState, String error) {
		return entry(HistoryEvent.FAILED, done, begin(), sqlState, error);
	}

	private String begin() {
		long elapsed = (System.nanoTime() - this.begin) / 1_000_000;
		return "(now() - interval '" + elapsed + " ms')";
	}

	private String entry(HistoryEvent event, int done, String startedAt, @Nullable String sqlState,
			@Nullable String error) {
		ExecutableScript script = this.step.executable();
		String digest = (done > 0 && event != HistoryEvent.APPLIED) ? script.digestOfFirst(done) : null;
		return this.history.insertSql(new NewEntry(this.run, this.step.migration(), event, done,
				script.statementCount(), digest, sqlState, error), startedAt);
	}

}
