package dev.samara.migration;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

import dev.samara.Internal;
import dev.samara.execution.Resumption;

/**
 * A migration that a run is going to apply.
 *
 * @param status the migration and its state
 * @param migration the migration
 * @param work what runs, made ready
 * @param resumption what an earlier run has done already
 * @param appliedNeeds what it depends on, if all of that is applied; else none
 * @since 0.1.0
 */
public record PlanStep(MigrationStatus status, Migration migration, @Internal MigrationWork work,
		@Internal Resumption resumption, @Internal Set<MigrationKey> appliedNeeds) {

	/**
	 * Create a step.
	 */
	public PlanStep {
		appliedNeeds = Collections.unmodifiableSet(new LinkedHashSet<>(appliedNeeds));
	}

	/**
	 * Return why the migration runs.
	 * @return a few words
	 */
	public String reason() {
		if (this.resumption.statementsDone() > 0) {
			return "resumed at statement " + (this.resumption.statementsDone() + 1) + " of "
					+ this.work.statementCount();
		}
		return switch (this.status.state()) {
			case OUT_OF_ORDER ->
				"pending, out of order" + (this.appliedNeeds.isEmpty() ? "" : ", but what it depends on is applied: "
						+ this.appliedNeeds.stream().map(MigrationKey::toString).collect(Collectors.joining(", ")));
			case OUTDATED -> isChanged() ? whatHasChanged() : "a rollback came after it";
			case FAILED -> "the last attempt failed";
			// Whether it was interrupted or somebody works on it now, the history cannot
			// tell.
			case INTERRUPTED ->
				this.status.failure().isPresent() ? "the last attempt failed" : "the last attempt is not finished";
			case ROLLED_BACK -> "rolled back before";
			default -> "pending";
		};
	}

	private String whatHasChanged() {
		return (this.migration.content() instanceof MigrationContent.Java) ? "its checksum has changed"
				: "its file has changed";
	}

	private boolean isChanged() {
		HistoryEntry applied = this.status.applied();
		return applied == null || !applied.checksum().equals(this.migration.checksum());
	}

}
