package dev.samara.migration;

import java.time.Duration;

/**
 * A migration that a rollback has taken back.
 *
 * @param key the migration
 * @param description what it did
 * @param source where the down script came from
 * @param statements number of statements that were run
 * @param rows number of rows that were changed or returned
 * @param duration time it took
 * @since 0.1.0
 */
public record RollbackResult(MigrationKey key, String description, RollbackStep.Source source, int statements,
		long rows, Duration duration) {

	@Override
	public String toString() {
		return this.key
				+ ((this.description.isEmpty() || this.key.version() == null) ? "" : " (" + this.description + ")");
	}

}
