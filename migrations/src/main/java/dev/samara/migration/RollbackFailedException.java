package dev.samara.migration;

import java.util.List;
import java.util.stream.Collectors;

import dev.samara.SamaraException;
import dev.samara.execution.CodeFailedException;
import dev.samara.execution.ExecutionFailedException;
import dev.samara.migration.RollbackStep.Source;
import dev.samara.postgres.ServerError;
import dev.samara.postgres.SqlStates;

/**
 * Thrown when a down script, or code, fails to take a migration back. Tells which one and
 * where, what the server said, what was taken back before, and what to do.
 *
 * @since 0.1.0
 */
public final class RollbackFailedException extends SamaraException {

	private final transient List<RollbackResult> rolledBack;

	RollbackFailedException(RollbackStep step, List<RollbackResult> rolledBack, ExecutionFailedException cause) {
		super(message(step.status(), rolledBack, cause), remedy(step, cause), cause);
		this.rolledBack = List.copyOf(rolledBack);
	}

	/** Nobody can correct a text that only the history has. */
	private static String remedy(RollbackStep step, ExecutionFailedException cause) {
		boolean isFaulty = cause.getServerError()
			.filter((error) -> !error.isLockConflict() && !error.isConnectionLost()
					&& !SqlStates.INSUFFICIENT_PRIVILEGE.equals(error.sqlState()))
			.isPresent();
		boolean isDownScript = cause.path().equals(step.work().path());
		return (step.source() == Source.HISTORY && isFaulty && isDownScript)
				? "The down script is the one that was kept when the migration was applied. Bring the file "
						+ step.applied().script() + " back as it was then, with a corrected down script beside it, and "
						+ "roll back once more."
				: cause.getRemedy();
	}

	private static String message(MigrationStatus migration, List<RollbackResult> rolledBack,
			ExecutionFailedException cause) {
		boolean isLost = cause.getServerError().filter(ServerError::isConnectionLost).isPresent();
		String stays = (cause instanceof CodeFailedException && cause.isInDoubt())
				? "What its way back has done may stay. Until it is rolled back once more, nothing is migrated."
				: isLost ? "Whether it was rolled back cannot be known from here; the history tells." : (cause
					.getStatementsDone() == 0) ? "The migration stays applied."
							: "The first %d of %d statements of its down script stay done; rolling it back once more goes on after "
								.formatted(cause.getStatementsDone(), cause.getStatementCount()) + "them.";
		String before = rolledBack.isEmpty() ? "Nothing else was rolled back in this run."
				: "Rolled back before it in this run, and staying so: "
						+ rolledBack.stream().map((result) -> result.key().toString()).collect(Collectors.joining(", "))
						+ ".";
		return "The rollback of %s failed at %s. %s %s".formatted(migration, cause.description(), stays, before);
	}

	/**
	 * Return what the run had rolled back before.
	 * @return the results, which stay
	 */
	public List<RollbackResult> getRolledBack() {
		return this.rolledBack;
	}

}
