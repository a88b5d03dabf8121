package dev.samara.migration;

import org.jspecify.annotations.Nullable;

/**
 * The history of one migration, folded. Pure.
 *
 * @param applied the entry by which it was applied, unless it was rolled back since
 * @param half the entry that says how far a way up has come that was neither finished nor
 * taken back
 * @param last the latest entry; that of {@code half} if an attempt to take it back has
 * done nothing
 */
record RecordedMigration(@Nullable HistoryEntry applied, @Nullable HistoryEntry half, @Nullable HistoryEntry last) {

	static final RecordedMigration NOTHING = new RecordedMigration(null, null, null);

	static RecordedMigration of(HistoryEntry entry) {
		return NOTHING.followedBy(entry);
	}

	RecordedMigration followedBy(HistoryEntry entry) {
		boolean isNothingDone = entry.statementsDone() == 0;
		return switch (entry.event()) {
			case APPLIED -> new RecordedMigration(entry, null, entry);
			case ROLLED_BACK -> new RecordedMigration(null, null, entry);
			case STARTED, PROGRESSED -> new RecordedMigration(this.applied, entry, entry);
			case FAILED -> new RecordedMigration(this.applied, isNothingDone ? null : entry, entry);
			case ROLLBACK_STARTED -> new RecordedMigration(this.applied, this.half, entry);
			case ROLLBACK_PROGRESSED -> new RecordedMigration(this.applied, null, entry);
			case ROLLBACK_FAILED ->
				isNothingDone ? new RecordedMigration(this.applied, this.half, (this.half != null) ? this.half : entry)
						: new RecordedMigration(this.applied, null, entry);
		};
	}

	/** A failed attempt at a transaction leaves nothing; its file may go. */
	boolean leavesSomething() {
		return this.applied != null || isHalfDone();
	}

	/**
	 * Return whether a way up or back has come to a stop in the middle.
	 */
	boolean isHalfDone() {
		return this.last != null && (this.last.isPartial() || this.last.isPartialRollback());
	}

}
