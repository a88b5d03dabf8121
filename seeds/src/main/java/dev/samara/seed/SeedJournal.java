package dev.samara.seed;

import org.jspecify.annotations.Nullable;

import dev.samara.execution.Journal;
import dev.samara.lock.HistoryGuard;
import dev.samara.seed.SeedHistory.NewEntry;
import dev.samara.seed.data.RowCounts;

/**
 * Records one attempt at one seed. The server's clock tells when it began and how long it
 * took: within the message of a transaction that is its own start.
 */
final class SeedJournal implements Journal {

	private final SeedHistory history;

	private final SeedHistory.Run run;

	private final SeedStep step;

	private final long begin = System.nanoTime();

	SeedJournal(SeedHistory history, SeedHistory.Run run, SeedStep step) {
		this.history = history;
		this.run = run;
		this.step = step;
	}

	@Override
	public boolean allowsParts() {
		return false;
	}

	@Override
	public String started(int done) {
		throw notAtomic();
	}

	@Override
	public String progressed(int done) {
		throw notAtomic();
	}

	@Override
	public String completed() {
		return tables() + entry(SeedEvent.APPLIED, "now()", null, null, null);
	}

	String completed(RowCounts rows) {
		return tables() + entry(SeedEvent.APPLIED, "now()", null, null, rows);
	}

	private String tables() {
		SeedTables tables = SeedTables.of(this.step);
		return this.history.tables().recordSql(this.step.seed().name(), tables.targets(), tables.isComplete()) + "; ";
	}

	String failed(@Nullable String sqlState, String error) {
		long elapsed = (System.nanoTime() - this.begin) / 1_000_000;
		return entry(SeedEvent.FAILED, "(now() - interval '" + elapsed + " ms')", sqlState, error, null);
	}

	/** Return what keeps other runs out besides the lock, or {@code null}. */
	@Nullable HistoryGuard guard() {
		return this.history.guard();
	}

	private String entry(SeedEvent event, String startedAt, @Nullable String sqlState, @Nullable String error,
			@Nullable RowCounts rows) {
		return this.history.insertSql(new NewEntry(this.run, this.step, event, sqlState, error, rows), startedAt);
	}

	private IllegalStateException notAtomic() {
		return new IllegalStateException("Seed " + this.step.seed() + " is not one transaction");
	}

}
