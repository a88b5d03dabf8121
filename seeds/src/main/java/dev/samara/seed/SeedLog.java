package dev.samara.seed;

import java.util.Locale;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.samara.script.Finding;
import dev.samara.seed.check.CheckReport;

/**
 * Says in the log what a run does: a line before it, a line for each seed, a line after
 * it; a single one when there is nothing to do.
 */
final class SeedLog implements SeedListener {

	private static final Log logger = LogFactory.getLog(SeedRunner.class);

	@Override
	public void beforeSeed(SeedPlan plan) {
		plan.warnings().forEach(SeedLog::warn);
		String environment = (plan.environment() != null) ? "environment " + plan.environment() : "no environment";
		logger.info("Applying " + count(plan.steps().size(), "seed") + " (" + environment + ", level "
				+ plan.level().name().toLowerCase(Locale.ROOT) + "): "
				+ plan.steps().stream().map((step) -> step.seed().name()).collect(Collectors.joining(", ")));
		plan.steps()
			.stream()
			.filter((step) -> step.status().loss() != null)
			.forEach((step) -> logger
				.info("Seed " + step.seed() + " runs again: " + step.status().loss() + " after it was applied"));
	}

	@Override
	public void afterEachSeed(SeedResult result) {
		logger.info("Applied " + result.seed() + ((result.version() > 1) ? ", version " + result.version() : "")
				+ " in " + result.duration().toMillis() + " ms, " + what(result)
				+ ((result.attempts() > 1) ? ", " + result.attempts() + " attempts" : ""));
	}

	@Override
	public void afterSeed(SeedReport report) {
		boolean hasData = report.applied().stream().anyMatch((result) -> result.counts() != null);
		logger.info("Seeded: " + report.applied().size() + " applied"
				+ (hasData ? " (rows of data files: " + report.rows() + ")" : "") + ", " + report.skipped()
				+ " unchanged, " + report.notApplicable() + " not for this environment or level, in "
				+ report.duration().toMillis() + " ms");
		checksPassed(report);
	}

	private static void checksPassed(SeedReport report) {
		CheckReport checks = report.checks();
		if (checks != null && checks.passed()) {
			logger.info("Checks: " + checks + ", in " + checks.duration().toMillis() + " ms");
		}
	}

	void upToDate(SeedReport report) {
		report.warnings().forEach(SeedLog::warn);
		logger.info("Nothing to seed: " + count(report.skipped(), "seed") + " unchanged, " + report.notApplicable()
				+ " not for this environment or level, checked in " + report.duration().toMillis() + " ms");
		checksPassed(report);
	}

	void checksFailed(CheckReport checks) {
		logger.warn("The data is not as it should be. Checks: " + checks);
	}

	private static String what(SeedResult result) {
		return (result.counts() != null) ? "rows: " + result.counts()
				: count(result.statements(), "statement") + ", " + count(result.rows(), "row");
	}

	static void warn(Finding finding) {
		logger.warn(finding + ". " + finding.remedy());
	}

	private static String count(long count, String what) {
		return count + " " + what + ((count == 1) ? "" : "s");
	}

}
