package dev.samara.migration;

import java.util.List;
import java.util.Optional;

import dev.samara.activity.IndexProgress;
import dev.samara.activity.ProgressTrend;
import dev.samara.lock.LockHolder;
import dev.samara.postgres.PostgresConnection;

/**
 * Tells what is being worked on from what has just stopped: it has begun, is not
 * finished, and somebody holds the lock. Thread-safe.
 */
final class RunningMigrations {

	private final ProgressTrend trend = new ProgressTrend();

	/**
	 * Look. Costs nothing unless something has begun and not finished.
	 * @return the same statuses, those that run told as such
	 */
	List<MigrationStatus> among(List<MigrationStatus> statuses, PostgresConnection connection,
			MigrationHistory history) {
		if (statuses.stream().noneMatch((status) -> status.state() == MigrationState.INTERRUPTED)) {
			return statuses;
		}
		LockHolder holder = history.lockHolder(connection).orElse(null);
		if (holder == null) {
			return statuses;
		}
		IndexProgress progress = Optional.ofNullable(holder.pid())
			.flatMap((pid) -> IndexProgress.of(connection, pid))
			.map(this.trend::follow)
			.orElse(null);
		return statuses.stream()
			.map((status) -> (status.state() == MigrationState.INTERRUPTED) ? status.running(progress) : status)
			.toList();
	}

}
