package dev.samara.seed;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What taking back has come to.
 *
 * @param runId the run, as it stands in the history; {@code null} if there was nothing to
 * take back
 * @param rolledBack the seeds, in the order they were taken back
 * @param duration time it took, waiting for the lock included
 * @since 0.1.0
 */
public record SeedRollbackReport(@Nullable String runId, List<SeedRollbackResult> rolledBack, Duration duration) {

	/**
	 * Create a report.
	 */
	public SeedRollbackReport {
		rolledBack = List.copyOf(rolledBack);
	}

}
