package dev.samara.migration;

/**
 * What is rolled back. Versioned migrations go back in the reverse of the order in which
 * they were applied. Repeatable ones stay, but for a rollback of everything and of the
 * last run, which take back those that have a way back.
 *
 * @since 0.1.0
 */
public sealed interface RollbackTarget {

	/** The migration that was applied last. */
	RollbackTarget LAST = new Steps(1);

	/** Everything. */
	RollbackTarget EVERYTHING = new ToVersion(MigrationVersion.of("0"));

	/** Everything the last run has applied. */
	RollbackTarget LAST_RUN = new LastRun();

	/**
	 * Return a target by number.
	 * @param count how many of the migrations applied last, at least 1
	 * @return the target
	 */
	static RollbackTarget steps(int count) {
		return new Steps(count);
	}

	/**
	 * Return a target by version.
	 * @param version the version that is to be the highest afterwards; {@code 0} for none
	 * @return the target
	 */
	static RollbackTarget toVersion(String version) {
		return new ToVersion(MigrationVersion.of(version));
	}

	/**
	 * Return a target of a single migration, refused if others were applied after it.
	 * @param version the version to roll back
	 * @return the target
	 */
	static RollbackTarget only(String version) {
		return new Only(MigrationVersion.of(version), false);
	}

	/**
	 * Return a target of a single migration, whatever was applied after it. Out of order
	 * as it is then, it is applied again only where {@code out-of-order} lets it.
	 * @param version the version to roll back
	 * @return the target
	 */
	static RollbackTarget onlyForced(String version) {
		return new Only(MigrationVersion.of(version), true);
	}

	/**
	 * Some of the migrations applied last.
	 *
	 * @param count how many, at least 1
	 */
	record Steps(int count) implements RollbackTarget {

		/**
		 * Create a target.
		 */
		public Steps {
			if (count < 1) {
				throw new IllegalArgumentException("The number of migrations must be at least 1, not " + count);
			}
		}

		@Override
		public String toString() {
			return (this.count == 1) ? "the last migration" : "the last " + this.count + " migrations";
		}

	}

	/**
	 * Everything above a version.
	 *
	 * @param version the version that is to be the highest afterwards; {@code 0} for none
	 */
	record ToVersion(MigrationVersion version) implements RollbackTarget {

		/**
		 * Return whether everything is rolled back.
		 * @return whether the version is 0
		 */
		public boolean isEverything() {
			return this.version.equals(MigrationVersion.of("0"));
		}

		@Override
		public String toString() {
			return isEverything() ? "everything" : "everything above " + this.version;
		}

	}

	/**
	 * A single migration.
	 *
	 * @param version the version
	 * @param isForced whether it goes although others were applied after it
	 */
	record Only(MigrationVersion version, boolean isForced) implements RollbackTarget {

		@Override
		public String toString() {
			return "migration " + this.version;
		}

	}

	/**
	 * Everything the last run has applied that is still there.
	 */
	record LastRun() implements RollbackTarget {

		@Override
		public String toString() {
			return "the last run";
		}

	}

}
