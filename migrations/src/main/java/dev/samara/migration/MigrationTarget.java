package dev.samara.migration;

/**
 * How far a run goes.
 *
 * @since 0.1.0
 */
public sealed interface MigrationTarget {

	/** Everything that is pending. */
	MigrationTarget LATEST = new Latest();

	/**
	 * Parse a target.
	 * @param text {@code latest}, {@code next}, {@code +} and a number of migrations, or
	 * a version
	 * @return the target
	 * @throws IllegalArgumentException if the text is none of these
	 */
	static MigrationTarget of(String text) {
		String target = text.strip();
		if (target.equalsIgnoreCase("latest")) {
			return LATEST;
		}
		if (target.equalsIgnoreCase("next")) {
			return new Steps(1);
		}
		if (target.matches("\\+\\d{1,9}")) {
			return new Steps(Integer.parseInt(target.substring(1)));
		}
		try {
			return new Version(MigrationVersion.of(target));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"\"" + text + "\" is not a target: write latest, next, +<number of migrations> or a version", ex);
		}
	}

	/**
	 * Everything that is pending.
	 */
	record Latest() implements MigrationTarget {

		@Override
		public String toString() {
			return "latest";
		}

	}

	/**
	 * Up to a version, that one included. Repeatable migrations run only if no version
	 * above it is there.
	 *
	 * @param version the version
	 */
	record Version(MigrationVersion version) implements MigrationTarget {

		@Override
		public String toString() {
			return this.version.toString();
		}

	}

	/**
	 * A number of pending versioned migrations. Repeatable migrations run only if no
	 * other pending one is left.
	 *
	 * @param count how many, at least 1
	 */
	record Steps(int count) implements MigrationTarget {

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
			return "+" + this.count;
		}

	}

}
