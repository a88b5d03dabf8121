package dev.samara.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import dev.samara.script.Finding;

/**
 * Which migrations a target means, the one applied last first. One that stopped half-way
 * is among them: what lies beneath it must not go while part of it stands. Pure.
 *
 * @param selected the migrations
 * @param findings why the target cannot be met
 */
record RollbackSelection(List<MigrationStatus> selected, List<Finding> findings) {

	RollbackSelection {
		selected = List.copyOf(selected);
		findings = List.copyOf(findings);
	}

	static RollbackSelection of(List<MigrationStatus> statuses, RollbackTarget target) {
		RollbackSelection selection = select(statuses, target);
		MigrationDependencies dependencies = MigrationDependencies.of(statuses);
		Set<MigrationKey> going = selection.selected.stream().map(MigrationStatus::key).collect(Collectors.toSet());
		List<Finding> findings = new ArrayList<>(selection.findings);
		for (MigrationStatus status : selection.selected) {
			List<MigrationStatus> staying = dependencies.dependentOn(status.key())
				.stream()
				.filter((other) -> other.standing() != null && !going.contains(other.key()))
				.toList();
			if (!staying.isEmpty()) {
				findings.add(Finding.error("needed-by-others",
						"Migration " + status + " is needed by what stays: "
								+ staying.stream().map(MigrationStatus::toString).collect(Collectors.joining(", ")),
						"Roll those back first, or choose a target that takes them back, too.", null));
			}
		}
		return new RollbackSelection(selection.selected, findings);
	}

	private static RollbackSelection select(List<MigrationStatus> statuses, RollbackTarget target) {
		List<MigrationStatus> applied = statuses.stream()
			.filter((status) -> status.standing() != null)
			.sorted(Comparator.comparingLong((MigrationStatus status) -> entry(status).id()).reversed())
			.toList();
		List<MigrationStatus> versioned = applied.stream().filter((status) -> status.key().version() != null).toList();
		if (target instanceof RollbackTarget.Steps steps) {
			return steps(versioned, steps.count());
		}
		if (target instanceof RollbackTarget.ToVersion to) {
			return toVersion(to, statuses, to.isEverything() ? applied : versioned);
		}
		if (target instanceof RollbackTarget.Only only) {
			return only(only, versioned);
		}
		String lastRun = applied.isEmpty() ? "" : entry(applied.get(0)).runId();
		return new RollbackSelection(
				applied.stream().filter((status) -> entry(status).runId().equals(lastRun)).toList(), List.of());
	}

	private static HistoryEntry entry(MigrationStatus status) {
		return Objects.requireNonNull(status.standing());
	}

	private static RollbackSelection steps(List<MigrationStatus> versioned, int count) {
		if (count > versioned.size() && !(count == 1 && versioned.isEmpty())) {
			return refused("Only " + versioned.size() + " migrations are applied, not " + count,
					"Roll back " + versioned.size() + " or fewer, or everything with version 0.");
		}
		return new RollbackSelection(versioned.subList(0, Math.min(count, versioned.size())), List.of());
	}

	private static RollbackSelection toVersion(RollbackTarget.ToVersion target, List<MigrationStatus> statuses,
			List<MigrationStatus> applied) {
		MigrationKey key = MigrationKey.of(target.version(), "");
		boolean isKnown = target.isEverything() || statuses.stream().anyMatch((status) -> status.key().equals(key));
		if (!isKnown) {
			return refused("There is no version " + target.version(), nearest(target.version(), statuses));
		}
		return new RollbackSelection(applied.stream().filter((status) -> status.key().compareTo(key) > 0).toList(),
				List.of());
	}

	private static RollbackSelection only(RollbackTarget.Only target, List<MigrationStatus> versioned) {
		MigrationKey key = MigrationKey.of(target.version(), "");
		List<MigrationStatus> later = new ArrayList<>();
		for (MigrationStatus status : versioned) {
			if (status.key().equals(key)) {
				return (later.isEmpty() || target.isForced()) ? new RollbackSelection(List.of(status), List
					.of()) : refused(
							"Migration " + status + " is not the last one: after it came "
									+ later.stream().map(MigrationStatus::toString).collect(Collectors.joining(", ")),
							"Roll those back first, with everything above the version before " + status.key()
									+ "; or, if none of them builds on it, force it with RollbackTarget.onlyForced(\""
									+ status.key() + "\").");
			}
			later.add(status);
		}
		return refused("Version " + target.version() + " is not applied", nearest(target.version(), versioned));
	}

	private static RollbackSelection refused(String message, String remedy) {
		return new RollbackSelection(List.of(), List.of(Finding.error("impossible-target", message, remedy, null)));
	}

	/**
	 * Name the versions on both sides of one that is not there.
	 */
	static String nearest(MigrationVersion version, List<MigrationStatus> statuses) {
		List<MigrationVersion> versions = statuses.stream()
			.map((status) -> status.key().version())
			.filter(Objects::nonNull)
			.sorted()
			.toList();
		List<String> near = new ArrayList<>();
		versions.stream()
			.filter((candidate) -> candidate.compareTo(version) < 0)
			.reduce((first, last) -> last)
			.ifPresent((below) -> near.add(below.toString()));
		versions.stream()
			.filter((candidate) -> candidate.compareTo(version) > 0)
			.findFirst()
			.ifPresent((above) -> near.add(above.toString()));
		return near.isEmpty() ? "There are no versions at all."
				: ((near.size() == 1) ? "The nearest is " : "The nearest are ") + String.join(" and ", near) + ".";
	}

}
