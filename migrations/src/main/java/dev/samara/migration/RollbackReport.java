package dev.samara.migration;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.samara.schema.SchemaDifference;
import dev.samara.script.Finding;

/**
 * What a rollback has come to.
 *
 * @param runId the run, as it stands in the history; {@code null} if there was nothing to
 * roll back
 * @param rolledBack the migrations it has taken back, in that order
 * @param current the highest version that is still applied, or {@code null}
 * @param schemaDifference how the schema differs from what it was before the migrations
 * were applied, empty if it does not; {@code null} if there is no picture to compare
 * with, as when only a part of a run was rolled back
 * @param warnings what is worth knowing, a difference of the schema among it
 * @param duration time it took, waiting for the lock included
 * @since 0.1.0
 */
public record RollbackReport(@Nullable String runId, List<RollbackResult> rolledBack,
		@Nullable MigrationVersion current, @Nullable SchemaDifference schemaDifference, List<Finding> warnings,
		Duration duration) {

	/**
	 * Create a report.
	 */
	public RollbackReport {
		rolledBack = List.copyOf(rolledBack);
		warnings = List.copyOf(warnings);
	}

}
