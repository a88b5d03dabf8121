package dev.samara.migration;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.samara.schema.SchemaDifference;

/**
 * Which down scripts restore what was there before their migrations, and which do not.
 *
 * @param migrations a result for each versioned migration, and for each repeatable one
 * that has a way back, in the order they run
 * @since 0.1.0
 */
public record RoundTripReport(List<RoundTrip> migrations) {

	/**
	 * Create a report.
	 */
	public RoundTripReport {
		migrations = List.copyOf(migrations);
	}

	/**
	 * Return the migrations with a result.
	 * @param result the result
	 * @return those of them
	 */
	public List<RoundTrip> with(Result result) {
		return this.migrations.stream().filter((migration) -> migration.result() == result).toList();
	}

	/**
	 * Return the migrations whose down script does not do its work.
	 * @return those that fail, or leave the schema different, on one of their ways
	 */
	public List<RoundTrip> faulty() {
		return this.migrations.stream().filter((migration) -> migration.result().isFaulty()).toList();
	}

	/**
	 * Fail a test if a down script does not do its work.
	 * @throws AssertionError naming each of them with the difference
	 */
	public void assertRestored() {
		List<RoundTrip> faulty = faulty();
		if (!faulty.isEmpty()) {
			throw new AssertionError(faulty.size() + " of " + this.migrations.size()
					+ " migrations do not come back as they went:" + System.lineSeparator()
					+ faulty.stream().map(RoundTrip::toString).collect(Collectors.joining(System.lineSeparator())));
		}
	}

	/**
	 * What was found of a migration.
	 */
	public enum Result {

		/** Up, down and up again, the schema was what it had to be each time. */
		RESTORES,

		/**
		 * The same, but for the order of columns: what a down script adds again comes
		 * last.
		 */
		RESTORES_IN_OTHER_ORDER,

		/** After the way down the schema was not what it had been before. */
		DIFFERS,

		/**
		 * After the second way up the schema was not what it had been after the first.
		 */
		DIFFERS_AGAIN,

		/** The down script failed. */
		DOWN_FAILS,

		/** After the way down the migration could not be applied again. */
		UP_AGAIN_FAILS,

		/** The migration has no way back. */
		NO_DOWN_SCRIPT,

		/**
		 * An earlier one had left the database in a state from which nothing could go on.
		 */
		NOT_TRIED;

		/**
		 * Return whether the down script has to be mended.
		 * @return whether it was tried and found wanting
		 */
		public boolean isFaulty() {
			return switch (this) {
				case DIFFERS, DIFFERS_AGAIN, DOWN_FAILS, UP_AGAIN_FAILS -> true;
				case RESTORES, RESTORES_IN_OTHER_ORDER, NO_DOWN_SCRIPT, NOT_TRIED -> false;
			};
		}

	}

	/**
	 * The round trip of a migration.
	 *
	 * @param migration the migration
	 * @param result what was found
	 * @param difference how the schema differs from what it had to be, or {@code null}
	 * @param error what failed, or {@code null}
	 */
	public record RoundTrip(Migration migration, Result result, @Nullable SchemaDifference difference,
			@Nullable String error) {

		static RoundTrip of(Migration migration, Result result) {
			return new RoundTrip(migration, result, null, null);
		}

		@Override
		public String toString() {
			return this.migration + " " + this.result + ((this.error != null) ? ": " + this.error : "")
					+ ((this.difference != null) ? ":" + System.lineSeparator() + this.difference : "");
		}

	}

}
