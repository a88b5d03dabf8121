package dev.samara.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.samara.script.Finding;

/**
 * Which of the migrations that are to do lie within a target. Pure.
 *
 * @param target the target
 * @param keys the migrations
 * @param findings why the target cannot be met
 */
record TargetSelection(MigrationTarget target, Set<MigrationKey> keys, List<Finding> findings) {

	private static final int NAMED = 10;

	static TargetSelection of(List<MigrationStatus> statuses, MigrationTarget target) {
		List<MigrationKey> toDo = statuses.stream()
			.filter((status) -> status.state().isToDo())
			.map(MigrationStatus::key)
			.toList();
		if (target instanceof MigrationTarget.Version version) {
			return upTo(version, statuses, toDo);
		}
		if (target instanceof MigrationTarget.Steps steps) {
			return new TargetSelection(target, atMost(steps.count(), toDo), List.of());
		}
		return new TargetSelection(target, new HashSet<>(toDo), List.of());
	}

	/**
	 * Find what the target keeps from running. A target that was forgotten would keep out
	 * the next release's migrations without a word.
	 * @param within the migrations that run, with those that they depend on
	 */
	Optional<Finding> heldBack(List<MigrationStatus> statuses, Set<MigrationKey> within) {
		List<String> held = statuses.stream()
			.filter((status) -> status.state().isToDo() && !within.contains(status.key()))
			.map((status) -> status.key().toString())
			.toList();
		if (held.isEmpty() || !this.findings.isEmpty()) {
			return Optional.empty();
		}
		String named = String.join(", ", held.subList(0, Math.min(held.size(), NAMED)));
		return Optional.of(Finding.warning("held-back",
				"Target " + this.target + ": "
						+ ((held.size() == 1) ? "1 pending migration above it is"
								: held.size() + " pending migrations above it are")
						+ " held back: " + named
						+ ((held.size() > NAMED) ? " and " + (held.size() - NAMED) + " more" : ""),
				"Remove samara.migrations.target when they are to be applied.", null));
	}

	private static TargetSelection upTo(MigrationTarget.Version target, List<MigrationStatus> statuses,
			List<MigrationKey> toDo) {
		MigrationVersion version = target.version();
		MigrationKey key = MigrationKey.of(version, "");
		MigrationVersion current = highest(statuses.stream().filter((status) -> status.applied() != null).toList());
		List<Finding> findings = new ArrayList<>();
		if (statuses.stream().noneMatch((status) -> status.key().equals(key))) {
			findings.add(Finding.error("impossible-target", "There is no version " + version,
					RollbackSelection.nearest(version, statuses), null));
		}
		else if (current != null && current.compareTo(version) > 0) {
			findings.add(Finding.error("impossible-target",
					"The database is at version " + current + ", above the target " + version,
					"Roll back to " + version
							+ ", which an application does at its start in mode migrate, in production "
							+ "only with samara.migrations.rollback-database; or set a " + "target of " + current
							+ " or later.",
					null));
		}
		MigrationVersion last = highest(statuses);
		boolean isLast = last == null || last.compareTo(version) <= 0;
		Set<MigrationKey> keys = new HashSet<>();
		for (MigrationKey candidate : toDo) {
			if ((candidate.version() == null) ? isLast : candidate.compareTo(key) <= 0) {
				keys.add(candidate);
			}
		}
		return new TargetSelection(target, keys, findings);
	}

	private static Set<MigrationKey> atMost(int count, List<MigrationKey> toDo) {
		List<MigrationKey> versioned = toDo.stream().filter((key) -> key.version() != null).toList();
		return (versioned.size() <= count) ? new HashSet<>(toDo) : new HashSet<>(versioned.subList(0, count));
	}

	private static @Nullable MigrationVersion highest(List<MigrationStatus> statuses) {
		return statuses.stream()
			.map((status) -> status.key().version())
			.filter(Objects::nonNull)
			.max(Comparator.naturalOrder())
			.orElse(null);
	}

}
