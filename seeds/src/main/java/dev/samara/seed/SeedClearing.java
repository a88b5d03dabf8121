package dev.samara.seed;

import java.util.function.Function;

import javax.sql.DataSource;

import dev.samara.postgres.PostgresConnection;

/**
 * Takes back what the environment's seeds have put in, all of it or nothing as far as can
 * be known beforehand, and runs them again if that is asked for: both while the lock is
 * held, so that no other instance sees the database in between.
 *
 * @param settings how the seed runner works
 * @param dataSource the database
 * @param connection a connection to it
 * @param confirmation the name of the database, as somebody has written it
 */
record SeedClearing(SeedSettings settings, DataSource dataSource, PostgresConnection connection, String confirmation) {

	SeedRollbackReport clear(SeedPlanning planning) {
		SeedRollbackRun run = new SeedRollbackRun(this.settings, this.connection, planning,
				SeedRollbackRun.Extent.WHOLE);
		Function<SeedSnapshot, RollbackPlan> plan = planner(planning);
		return LockedRun.hold(this.settings, this.dataSource, this.connection, (unlocked) -> run.check(unlocked, plan),
				(locked) -> run.run(locked, plan));
	}

	/**
	 * Clear, and run.
	 * @param planning for which seeds; all of the environment's own if it names none
	 */
	SeedResetReport reset(SeedPlanning planning, SeedListener listener) {
		SeedRollbackRun clearing = new SeedRollbackRun(this.settings, this.connection, planning,
				SeedRollbackRun.Extent.WHOLE);
		Function<SeedSnapshot, RollbackPlan> clear = planner(planning);
		Function<SeedSnapshot, RollbackPlan> plan = (snapshot) -> {
			RollbackPlan cleared = clear.apply(snapshot);
			// Twice is not more: what is wrong with files keeps both from running.
			return cleared.with(planning.plan(snapshot)
				.errors()
				.stream()
				.filter((finding) -> !cleared.findings().contains(finding))
				.toList());
		};
		return LockedRun.hold(this.settings, this.dataSource, this.connection,
				(unlocked) -> clearing.check(unlocked, plan), (locked) -> {
					SeedRollbackReport cleared = clearing.run(locked, plan);
					SeedRun run = new SeedRun(this.settings, this.connection, planning, listener);
					return new SeedResetReport(cleared, run.run(locked));
				});
	}

	private Function<SeedSnapshot, RollbackPlan> planner(SeedPlanning planning) {
		String database = String
			.valueOf(this.connection.jdbc().queryForObject("SELECT current_database()", String.class));
		return (snapshot) -> new RollbackPlanning(planning, snapshot).planClear(database, this.confirmation,
				planning.selection().names());
	}

}
