package dev.samara.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.samara.script.Finding;
import dev.samara.script.Place;

/**
 * Waits until somebody else has migrated, and says for what.
 */
final class MigrationWait {

	private static final Log logger = LogFactory.getLog(Migrator.class);

	private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

	private static final Duration FIRST_REPORT = Duration.ofSeconds(2);

	private final Supplier<MigrationPlan> plans;

	private final Duration longestWait;

	/**
	 * Create a wait.
	 * @param plans reads the history and plans, each time anew
	 * @param longestWait longest time to wait
	 */
	MigrationWait(Supplier<MigrationPlan> plans, Duration longestWait) {
		this.plans = plans;
		this.longestWait = longestWait;
	}

	/**
	 * Wait until nothing is pending.
	 * @throws MigrationValidationException if something is wrong, or if something is
	 * still pending after the longest wait
	 */
	void await() {
		long start = System.nanoTime();
		Duration nextReport = FIRST_REPORT;
		MigrationPlan plan = this.plans.get();
		while (plan.errors().isEmpty() && !plan.isEmpty()) {
			Duration waited = Duration.ofNanos(System.nanoTime() - start);
			if (waited.compareTo(this.longestWait) >= 0) {
				break;
			}
			if (waited.compareTo(nextReport) >= 0) {
				report(plan, waited);
				nextReport = nextReport.multipliedBy(2);
			}
			if (!pause()) {
				break;
			}
			plan = this.plans.get();
		}
		long waited = Duration.ofNanos(System.nanoTime() - start).toSeconds();
		refuseGaps(plan, " after " + waited + " s of waiting for another instance",
				"If one is at it, a session samara … in pg_stat_activity, wait longer with samara.migrations.lock-wait. "
						+ "Otherwise apply it first, by an instance with samara.migrations.on-startup=migrate.");
	}

	/**
	 * Refuse what is wrong and what is pending.
	 * @throws MigrationValidationException if there is any of it
	 */
	static void refuseGaps(MigrationPlan plan) {
		refuseGaps(plan, "", "Apply it first, by an instance with samara.migrations.on-startup=migrate.");
	}

	private static void refuseGaps(MigrationPlan plan, String when, String remedy) {
		List<Finding> errors = new ArrayList<>(plan.errors());
		if (NonEmptySchema.isRefused(plan)) {
			// Applying what is pending would be the wrong advice.
			throw new MigrationValidationException(errors);
		}
		plan.steps()
			.forEach((step) -> errors.add(Finding.error("pending",
					"Migration " + step.migration() + " is not applied" + when + " (" + state(step) + ")",
					(step.status().failure().isPresent() ? correct(step.migration()) : "") + remedy,
					Place.of(step.migration().path()))));
		if (!errors.isEmpty()) {
			throw new MigrationValidationException(errors);
		}
	}

	private static String correct(Migration migration) {
		return (migration.content() instanceof MigrationContent.Java) ? "Correct the class. " : "Correct the file. ";
	}

	/** A failure is worth more than what the next run would do. */
	private static String state(PlanStep step) {
		return step.status()
			.failure()
			.map((entry) -> "failed at " + entry.startedAt() + ": " + entry.error()
					+ ((entry.sqlState() != null) ? " [" + entry.sqlState() + "]" : ""))
			.orElse(step.reason());
	}

	private void report(MigrationPlan plan, Duration waited) {
		logger.info("Waiting for another instance to migrate: "
				+ plan.steps()
					.stream()
					.map((step) -> step.status().key() + " (" + state(step) + ")")
					.collect(Collectors.joining(", "))
				+ "; waited " + waited.toSeconds() + " s of " + this.longestWait.toSeconds() + " s");
	}

	/** Returns whether the thread may go on waiting. */
	private static boolean pause() {
		try {
			Thread.sleep(POLL_INTERVAL.toMillis());
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
