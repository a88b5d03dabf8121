package dev.samara.migration;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.samara.script.Finding;

/**
 * Says in the log what a run does: a line before it, a line for each migration, a line
 * after it; a single one when there is nothing to do.
 */
final class MigrationLog implements MigrationListener {

	private static final Log logger = LogFactory.getLog(Migrator.class);

	@Override
	public void beforeMigrate(MigrationPlan plan) {
		plan.warnings().forEach(MigrationLog::warn);
		logger.info("Applying " + migrations(plan.steps().size()) + ": "
				+ plan.steps()
					.stream()
					.map((step) -> step.migration().key() + ((step.resumption().statementsDone() > 0)
							? " (from statement " + (step.resumption().statementsDone() + 1) + ")" : ""))
					.collect(Collectors.joining(", "))
				+ withCallbacks(plan.callbacks()));
	}

	private static String withCallbacks(List<Callback> callbacks) {
		return callbacks.isEmpty() ? ""
				: "; with callbacks: " + callbacks.stream().map(Callback::toString).collect(Collectors.joining(", "));
	}

	@Override
	public void afterEachMigrate(MigrationResult result) {
		logger.info("Applied " + result.migration() + " in " + result.duration().toMillis() + " ms" + size(result)
				+ ((result.attempts() > 1) ? ", " + result.attempts() + " attempts" : ""));
	}

	/** Code reports rows if it likes to. */
	private static String size(MigrationResult result) {
		if (result.migration().content() instanceof MigrationContent.Java) {
			return (result.rows() > 0) ? ", " + result.rows() + ((result.rows() == 1) ? " row" : " rows") : "";
		}
		return ", " + result.statements() + ((result.statements() == 1) ? " statement" : " statements");
	}

	@Override
	public void afterMigrate(MigrationReport report) {
		logger.info("Migrated" + ((report.current() != null) ? " to " + report.current() : "") + ": "
				+ report.applied().size() + " applied, " + report.skipped() + " skipped" + elsewhere(report) + ", in "
				+ report.duration().toMillis() + " ms");
	}

	@Override
	public void beforeRollback(RollbackPlan plan) {
		plan.warnings().forEach(MigrationLog::warn);
		logger.info("Rolling back " + plan.target() + ": "
				+ plan.steps()
					.stream()
					.map((step) -> step.status().key().toString() + ((step.resumption().statementsDone() > 0)
							? " (from statement " + (step.resumption().statementsDone() + 1) + ")" : ""))
					.collect(Collectors.joining(", "))
				+ withCallbacks(plan.callbacks()));
	}

	@Override
	public void afterEachRollback(RollbackResult result) {
		logger.info("Rolled back " + result + " in " + result.duration().toMillis() + " ms"
				+ ((result.source() == RollbackStep.Source.HISTORY) ? ", by the down script kept in the history" : ""));
	}

	@Override
	public void afterRollback(RollbackReport report) {
		report.warnings()
			.stream()
			.filter((finding) -> Set.of("schema-not-restored", "column-order-differs").contains(finding.code()))
			.forEach(MigrationLog::warn);
		logger.info("Rolled back " + migrations(report.rolledBack().size()) + " in " + report.duration().toMillis()
				+ " ms; "
				+ ((report.current() != null) ? "now at version " + report.current() : "none is applied any more")
				+ ((report.schemaDifference() != null && report.schemaDifference().isEmpty())
						? ", the schema is what it was" : ""));
	}

	void upToDate(MigrationReport report) {
		report.warnings().forEach(MigrationLog::warn);
		logger.info("Nothing to migrate: " + migrations(report.skipped()) + " applied"
				+ ((report.current() != null) ? ", at version " + report.current() : "") + elsewhere(report)
				+ ", checked in " + report.duration().toMillis() + " ms");
	}

	/** Who expects one of them to be applied looks here for the reason. */
	private static String elsewhere(MigrationReport report) {
		return (report.notApplicable() > 0) ? ", " + report.notApplicable() + " not for this environment" : "";
	}

	/** Says that nothing is wrong, and returns what has been found. */
	MigrationOverview validated(MigrationOverview overview) {
		overview.findings().forEach(MigrationLog::warn);
		int applied = (int) overview.migrations().stream().filter((status) -> status.applied() != null).count();
		logger.info("Validated: " + migrations(applied) + " applied"
				+ overview.current().map((version) -> ", at version " + version).orElse("") + ", none pending");
		return overview;
	}

	void nothingToRollBack(RollbackTarget target, RollbackReport report) {
		report.warnings().forEach(MigrationLog::warn);
		logger.info("Nothing to roll back: " + target + " is nothing that is applied");
	}

	private static void warn(Finding finding) {
		logger.warn(finding + ". " + finding.remedy());
	}

	private static String migrations(int count) {
		return count + ((count == 1) ? " migration" : " migrations");
	}

}
