package dev.samara.seed;

import java.util.List;

import dev.samara.script.Finding;
import dev.samara.script.Place;

/**
 * Warns of seeds that have lost rows and cannot simply run again. Pure.
 */
final class IncompleteSeeds {

	private IncompleteSeeds() {
	}

	static List<Finding> check(List<SeedStatus> statuses) {
		return statuses.stream()
			.filter((status) -> status.state() == SeedState.INCOMPLETE)
			.map((status) -> Finding.warning("incomplete-seed", "Seed " + status + " is incomplete: " + status.loss()
					+ " after it was applied. It does not run by itself, because the table does not exist or because "
					+ "rows that it inserted into other tables are still there",
					"A table that a migration creates again is filled by the next run. Otherwise let the seed run on "
							+ "existing rows (ON CONFLICT) and run SeedRunner.run(SeedSelection.of(\"" + status
							+ "\").again()), or remove the seed.",
					Place.of(status.script())))
			.toList();
	}

}
