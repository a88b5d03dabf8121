package dev.samara.seed;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.samara.script.Finding;
import dev.samara.seed.check.CheckReport;
import dev.samara.seed.data.RowCounts;

/**
 * What a run has come to.
 *
 * @param runId the run, as it stands in the history; {@code null} if there was nothing to
 * do
 * @param applied the seeds it has applied, in order
 * @param skipped number of seeds that were applied before and have not changed
 * @param notApplicable number of seeds that are not for this environment or level
 * @param warnings what is worth knowing
 * @param duration time it took, waiting for the lock included
 * @param checks what the checks have come to, or {@code null} if none were run
 * @since 0.1.0
 */
public record SeedReport(@Nullable String runId, List<SeedResult> applied, int skipped, int notApplicable,
		List<Finding> warnings, Duration duration, @Nullable CheckReport checks) {

	SeedReport(@Nullable String runId, List<SeedResult> applied, int skipped, int notApplicable, List<Finding> warnings,
			Duration duration) {
		this(runId, applied, skipped, notApplicable, warnings, duration, null);
	}

	/**
	 * Create a report.
	 */
	public SeedReport {
		applied = List.copyOf(applied);
		warnings = List.copyOf(warnings);
	}

	SeedReport with(@Nullable CheckReport checks) {
		return new SeedReport(this.runId, this.applied, this.skipped, this.notApplicable, this.warnings, this.duration,
				checks);
	}

	SeedReport with(Collection<Finding> more) {
		return new SeedReport(this.runId, this.applied, this.skipped, this.notApplicable,
				Stream.concat(this.warnings.stream(), more.stream()).toList(), this.duration, this.checks);
	}

	/**
	 * Return what became of the rows of all data files together.
	 * @return the sums
	 */
	public RowCounts rows() {
		RowCounts sum = new RowCounts(0, 0, 0, 0);
		for (SeedResult result : this.applied) {
			sum = (result.counts() != null) ? sum.plus(result.counts()) : sum;
		}
		return sum;
	}

}
