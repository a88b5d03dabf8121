package dev.samara.migration;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.samara.execution.ScriptFailedException;
import dev.samara.execution.StatementResult;
import dev.samara.schema.SchemaDifference;
import dev.samara.script.Finding;

/**
 * What pending migrations did when they were tried in a transaction that was rolled back.
 *
 * @param plan what was to be tried
 * @param tried the migrations that went through, in order
 * @param failure the first migration that failed, which ended the trial, or {@code null}
 * @param difference what they would have changed in the schema, up to the failure;
 * {@code null} if the schema could not be read
 * @param warnings what could not be tried, and what else is worth knowing
 * @param duration time it took, waiting for the lock included
 * @since 0.1.0
 */
public record DryRunReport(PlanDescription plan, List<Tried> tried, @Nullable Failure failure,
		@Nullable SchemaDifference difference, List<Finding> warnings, Duration duration) {

	/**
	 * Create a report.
	 */
	public DryRunReport {
		tried = List.copyOf(tried);
		warnings = List.copyOf(warnings);
	}

	/**
	 * Return whether everything that could be tried went through.
	 * @return whether nothing failed
	 */
	public boolean isSuccessful() {
		return this.failure == null;
	}

	/**
	 * Return the failure.
	 * @return the migration that failed and why
	 */
	public Optional<Failure> findFailure() {
		return Optional.ofNullable(this.failure);
	}

	/**
	 * A migration that went through.
	 *
	 * @param migration the migration
	 * @param statements its statements in order, with their time and rows
	 * @param duration time of all statements
	 */
	public record Tried(Migration migration, List<StatementResult> statements, Duration duration) {

		/**
		 * Create a result.
		 */
		public Tried {
			statements = List.copyOf(statements);
		}

	}

	/**
	 * A migration that failed, or a callback before the first one.
	 *
	 * @param migration the migration, or {@code null} if a callback failed before it
	 * @param statements its statements that went through, with their time and rows
	 * @param cause where and why
	 */
	public record Failure(@Nullable Migration migration, List<StatementResult> statements,
			ScriptFailedException cause) {

		/**
		 * Create a failure.
		 */
		public Failure {
			statements = List.copyOf(statements);
		}

		@Override
		public String toString() {
			return ((this.migration != null) ? "Migration " + this.migration : "A callback") + " would fail at "
					+ this.cause.description() + ". " + this.cause.getRemedy();
		}

	}

}
