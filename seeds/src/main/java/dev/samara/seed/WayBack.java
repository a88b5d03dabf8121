package dev.samara.seed;

import dev.samara.execution.ExecutableScript;

/**
 * How a seed is taken back.
 */
sealed interface WayBack {

	/** By its {@code .down.sql}. */
	record Down(ExecutableScript script) implements WayBack {

	}

	/**
	 * By the rows it has inserted, as far as they are remembered.
	 *
	 * @param isNone whether it is known to have inserted none, so that none need be
	 * remembered
	 */
	record Rows(boolean isNone) implements WayBack {

	}

	/** By the code that made it. */
	record Code(Seed seed, ReversibleSeeder seeder) implements WayBack {

	}

	/**
	 * A seed that is taken back.
	 *
	 * @param applied the entry by which it was last applied
	 * @param way how
	 */
	record Step(SeedEntry applied, WayBack way) {

		String name() {
			return this.applied.name();
		}

	}

}
