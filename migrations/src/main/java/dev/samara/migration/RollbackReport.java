package dev.samara.migration;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.samara.script.Finding;

/**
 * What a rollback has come to.
 *
 * @param runId the run, as it stands in the history; {@code null} if there was nothing to
 * roll back
 * @param rolledBack the migrations it has taken back, in that order
 * @param current the highest version that is still applied, or {@code null}
 * @param warnings what is worth knowing
 * @param duration time it took, waiting for the lock included
 * @since 0.1.0
 */
public record RollbackReport(@Nullable String runId, List<RollbackResult> rolledBack,
		@Nullable MigrationVersion current, List<Finding> warnings, Duration duration) {

	/**
	 * Create a report.
	 */
	public RollbackReport {
		rolledBack = List.copyOf(rolledBack);
		warnings = List.copyOf(warnings);
	}

}
