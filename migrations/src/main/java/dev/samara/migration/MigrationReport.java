package dev.samara.migration;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.samara.script.Finding;

/**
 * What a run has come to.
 *
 * @param runId the run, as it stands in the history; {@code null} if there was nothing to
 * do
 * @param applied the migrations it has applied, in order
 * @param skipped number of migrations that were applied before
 * @param notApplicable number of migrations that are for other environments
 * @param current the highest version applied, or {@code null} if there is none
 * @param warnings what is worth knowing
 * @param callbacks the callback files it has called, ordered by event
 * @param duration time it took, waiting for the lock included
 * @since 0.1.0
 */
public record MigrationReport(@Nullable String runId, List<MigrationResult> applied, int skipped, int notApplicable,
		@Nullable MigrationVersion current, List<Finding> warnings, List<Callback> callbacks, Duration duration) {

	/**
	 * Create a report.
	 */
	public MigrationReport {
		applied = List.copyOf(applied);
		warnings = List.copyOf(warnings);
		callbacks = List.copyOf(callbacks);
	}

}
