package dev.samara.migration;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.samara.SamaraException;
import dev.samara.execution.ExecutionFailedException;
import dev.samara.existing.ExistingObjects;
import dev.samara.postgres.ServerError;

/**
 * Thrown when a migration fails. Tells which one and where, what the server said, what
 * stays applied, and what to do.
 *
 * @since 0.1.0
 */
public final class MigrationFailedException extends SamaraException {

	private final transient @Nullable Migration migration;

	private final transient List<MigrationResult> applied;

	MigrationFailedException(Migration migration, List<MigrationResult> applied, ExecutionFailedException cause,
			ExistingObjects existing) {
		super(message(migration, applied, cause),
				NonEmptySchema.explain(existing, cause.getServerError().map(ServerError::sqlState).orElse(null))
						+ cause.getRemedy(),
				cause);
		this.migration = migration;
		this.applied = List.copyOf(applied);
	}

	private static String message(Migration migration, List<MigrationResult> applied, ExecutionFailedException cause) {
		return "Migration %s failed at %s. %s %s".formatted(migration, cause.description(), cause.whatStays(),
				whatWasApplied(applied, cause));
	}

	private static String whatWasApplied(List<MigrationResult> applied, ExecutionFailedException cause) {
		if (applied.isEmpty()) {
			return "No other migration was applied in this run.";
		}
		// A server that has crashed may have lost the last of them, with their records.
		boolean isLost = cause.getServerError().filter(ServerError::isConnectionLost).isPresent();
		return "Applied before it in this run" + (isLost ? ": " : ", and staying: ")
				+ applied.stream()
					.map((result) -> result.migration().key().toString())
					.collect(Collectors.joining(", "))
				+ ".";
	}

	/**
	 * Return the migration that failed.
	 * @return the migration; empty only after serialization
	 */
	public Optional<Migration> getMigration() {
		return Optional.ofNullable(this.migration);
	}

	/**
	 * Return what the run had applied before.
	 * @return the results, which stay
	 */
	public List<MigrationResult> getApplied() {
		return this.applied;
	}

}
