package dev.samara.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.samara.script.Finding;

/**
 * Which of the migrations that are to do lie within a target. Pure.
 *
 * @param keys the migrations
 * @param findings why the target cannot be met
 */
record TargetSelection(Set<MigrationKey> keys, List<Finding> findings) {

	static TargetSelection of(List<MigrationStatus> statuses, MigrationTarget target) {
		List<MigrationKey> toDo = statuses.stream()
			.filter((status) -> status.state().isToDo())
			.map(MigrationStatus::key)
			.toList();
		if (target instanceof MigrationTarget.Version version) {
			return upTo(version.version(), statuses, toDo);
		}
		if (target instanceof MigrationTarget.Steps steps) {
			return new TargetSelection(atMost(steps.count(), toDo), List.of());
		}
		return new TargetSelection(new HashSet<>(toDo), List.of());
	}

	private static TargetSelection upTo(MigrationVersion version, List<MigrationStatus> statuses,
			List<MigrationKey> toDo) {
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
					"Roll back to " + version + ", which an application does at its start in mode migrate; or set a "
							+ "target of " + current + " or later.",
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
		return new TargetSelection(keys, findings);
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
