package dev.samara.seed;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Application;
import dev.samara.script.Finding;
import dev.samara.script.Place;

/**
 * Finds seeds that would overwrite what another application or a newer release has
 * applied under the same name. Pure.
 */
final class ForeignText {

	private ForeignText() {
	}

	/**
	 * Find the seeds of a run that another application has applied with another text. The
	 * two would revert each other at each start. A seed that is named and asked for again
	 * runs on purpose.
	 */
	static List<Finding> check(SeedOwner owner, List<SeedStatus> toRun, SeedSelection selection) {
		boolean isOnPurpose = selection.isAgain() && !selection.names().isEmpty();
		List<Finding> findings = new ArrayList<>();
		for (SeedStatus status : toRun) {
			Seed seed = status.seed();
			SeedEntry applied = status.applied();
			if (!isOnPurpose && seed != null && applied != null && !applied.checksum().equals(seed.checksum())
					&& owner.isOther(applied)) {
				findings.add(clash(seed, applied.application(), owner.application()));
			}
		}
		return findings;
	}

	private static Finding clash(Seed seed, Application other, Application own) {
		return Finding.error("other-application",
				"Seed " + seed + " was applied by application \"" + other.name()
						+ "\" with another text, and this is application \"" + own.name()
						+ "\": two services that share a history table overwrite each other's rows",
				"Give each service a history table of its own with samara.seeds.table, or a schema with "
						+ "samara.migrations.schema. If \"" + other.name()
						+ "\" is another name of this application, set samara.seeds.application-aliases=" + other.name()
						+ ".",
				Place.of(seed.path()));
	}

	/**
	 * Find the seeds that do not run because a newer release has applied another text.
	 * @return at most one warning
	 */
	static List<Finding> newer(SeedOwner owner, List<SeedStatus> statuses) {
		List<SeedStatus> newer = statuses.stream()
			.filter((status) -> status.state() == SeedState.FUTURE && status.seed() != null)
			.toList();
		if (newer.isEmpty()) {
			return List.of();
		}
		String names = newer.stream()
			.map((status) -> status.name() + appliedBy(status.applied()))
			.collect(Collectors.joining(", "));
		return List.of(Finding.warning("newer-seed",
				"A newer text was applied than this release"
						+ ((owner.application().version() != null) ? " (" + owner.application().version() + ")" : "")
						+ " has, so its own does not run: " + names,
				"During a rolling deployment or after a rollback of the release nothing needs to be done. To overwrite "
						+ "the newer rows on purpose, run SeedRunner.run(SeedSelection.of(\"" + newer.get(0)
						+ "\").again()), or change the text in a newer release.",
				null));
	}

	private static String appliedBy(@Nullable SeedEntry applied) {
		String version = (applied != null) ? applied.application().version() : null;
		return (version != null) ? " (applied by version " + version + ")" : "";
	}

}
