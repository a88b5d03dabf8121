package dev.samara.migration;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.samara.execution.Resumption;
import dev.samara.script.Finding;
import dev.samara.script.ForeignMarker;
import dev.samara.script.ForeignMarkers;
import dev.samara.script.Place;
import dev.samara.script.ScriptException;

/**
 * Decides what runs and what is wrong. Pure.
 */
final class MigrationPlanner {

	private final OutOfOrder outOfOrder;

	private final List<Finding> findings = new ArrayList<>();

	private final List<PlanStep> steps = new ArrayList<>();

	private final Set<MigrationKey> withinTarget;

	private final MigrationDependencies dependencies;

	private final Map<MigrationKey, MigrationStatus> statuses;

	private MigrationPlanner(OutOfOrder outOfOrder, List<MigrationStatus> statuses, TargetSelection selection) {
		this.outOfOrder = outOfOrder;
		this.dependencies = MigrationDependencies.of(statuses);
		this.statuses = statuses.stream().collect(Collectors.toMap(MigrationStatus::key, Function.identity()));
		this.withinTarget = withRepeatableNeeds(selection.keys());
		this.findings.addAll(selection.findings());
		selection.heldBack(statuses, this.withinTarget).ifPresent(this.findings::add);
		this.findings.addAll(this.dependencies.findings());
	}

	/**
	 * Plan a run.
	 * @param statuses the statuses in the order migrations run
	 * @param outOfOrder what happens to migrations below the highest applied version
	 * @param target how far the run goes
	 */
	static MigrationPlan plan(List<MigrationStatus> statuses, OutOfOrder outOfOrder, MigrationTarget target) {
		MigrationPlanner planner = new MigrationPlanner(outOfOrder, statuses, TargetSelection.of(statuses, target));
		MigrationVersion highestApplied = statuses.stream()
			.filter((status) -> status.applied() != null)
			.map((status) -> status.key().version())
			.filter(Objects::nonNull)
			.max(Comparator.naturalOrder())
			.orElse(null);
		MigrationVersion highest = statuses.stream()
			.map((status) -> status.key().version())
			.filter(Objects::nonNull)
			.max(Comparator.naturalOrder())
			.orElse(null);
		planner.dependencies.ordered().forEach((status) -> planner.add(status, highestApplied, highest));
		planner.addForeignSections(statuses);
		planner.addFuture(statuses.stream().filter((status) -> status.state() == MigrationState.FUTURE).toList());
		return new MigrationPlan(planner.steps, planner.findings);
	}

	private void add(MigrationStatus status, @Nullable MigrationVersion highestApplied,
			@Nullable MigrationVersion highest) {
		Migration migration = status.migration();
		switch (status.state()) {
			case APPLIED, NOT_FOR_ENVIRONMENT, FUTURE -> {
			}
			case CHANGED -> this.findings.add(changed(status, highest));
			case MISSING -> this.findings.add(missing(status));
			case ROLLBACK_UNFINISHED -> this.findings.add(unfinishedRollback(status));
			case PENDING, OUT_OF_ORDER, OUTDATED, FAILED, INTERRUPTED, RUNNING, ROLLED_BACK -> {
				if (migration != null && this.withinTarget.contains(status.key())) {
					addStep(status, migration, highestApplied);
				}
			}
		}
	}

	/**
	 * A repeatable migration that is needed runs with what needs it, though others of its
	 * kind wait until the target is the last version.
	 */
	private Set<MigrationKey> withRepeatableNeeds(Set<MigrationKey> selected) {
		Set<MigrationKey> all = new HashSet<>();
		Deque<MigrationKey> open = new ArrayDeque<>(selected);
		while (!open.isEmpty()) {
			MigrationKey key = open.remove();
			if (all.add(key)) {
				this.dependencies.of(key)
					.stream()
					.filter((needed) -> needed.version() == null && state(needed).isToDo())
					.forEach(open::add);
			}
		}
		return all;
	}

	private MigrationState state(MigrationKey key) {
		return Objects.requireNonNull(this.statuses.get(key)).state();
	}

	/** What is needed is applied, or runs before. */
	private void checkNeeds(MigrationStatus status, Migration migration) {
		for (MigrationKey needed : this.dependencies.of(status.key())) {
			MigrationStatus other = Objects.requireNonNull(this.statuses.get(needed));
			if (other.applied() == null && !this.withinTarget.contains(needed)) {
				boolean isElsewhere = other.state() == MigrationState.NOT_FOR_ENVIRONMENT;
				this.findings.add(Finding.error("unmet-dependency",
						"Migration " + status + " depends on " + other + ", which is "
								+ (isElsewhere ? "not for this environment" : "not applied, and beyond the target"),
						isElsewhere ? "Let both be for the same environments."
								: "Choose a target that includes " + needed + ".",
						Place.of(migration.path())));
			}
		}
	}

	private void addStep(MigrationStatus status, Migration migration, @Nullable MigrationVersion highestApplied) {
		MigrationVersion version = migration.version();
		MigrationVersion above = this.dependencies.of(status.key()).isEmpty() ? highestApplied
				: highestThatIsNotNeeded(status);
		if (version != null && above != null && version.compareTo(above) < 0 && this.outOfOrder != OutOfOrder.ALLOW
				&& !isResumed(status)) {
			this.findings.add(outOfOrder(status, migration, above));
		}
		checkNeeds(status, migration);
		try {
			MigrationWork work = MigrationWork.up(migration);
			this.steps.add(new PlanStep(status, migration, work, resumption(status, work), appliedNeeds(status)));
		}
		catch (ScriptException ex) {
			this.findings.addAll(Finding.allOf(ex));
		}
		checkWayBack(migration);
	}

	/** It is kept as it is now, so it must be a script that can run. */
	private void checkWayBack(Migration migration) {
		try {
			if (migration.down() != null) {
				MigrationWork.script(migration.down());
			}
		}
		catch (ScriptException ex) {
			this.findings.addAll(Finding.allOf(ex));
		}
	}

	/** What a migration needs comes before it, whatever its version. */
	private @Nullable MigrationVersion highestThatIsNotNeeded(MigrationStatus status) {
		Set<MigrationKey> needed = this.dependencies.allOf(status.key());
		return this.statuses.values()
			.stream()
			.filter((other) -> other.applied() != null && !needed.contains(other.key()))
			.map((other) -> other.key().version())
			.filter(Objects::nonNull)
			.max(Comparator.naturalOrder())
			.orElse(null);
	}

	private static boolean isResumed(MigrationStatus status) {
		return status.last() != null && status.last().isPartial();
	}

	private Resumption resumption(MigrationStatus status, MigrationWork work) {
		HistoryEntry last = status.last();
		if (last == null || !isResumed(status)) {
			return Resumption.NONE;
		}
		int done = last.statementsDone();
		boolean isSame = done <= work.statementCount() && work.digestOfFirst(done).equals(last.doneDigest());
		if (done > 0 && !isSame) {
			if (status.key().version() == null) {
				// It can be run over and over, so its new text begins at the beginning.
				return Resumption.NONE;
			}
			this.findings.add(editedPart(status, last));
		}
		return new Resumption(done, status.state() == MigrationState.INTERRUPTED);
	}

	private static Finding changed(MigrationStatus status, @Nullable MigrationVersion highest) {
		HistoryEntry applied = Objects.requireNonNull(status.applied());
		Migration migration = Objects.requireNonNull(status.migration());
		return Finding.error("checksum-changed",
				"Migration %s was changed after %s applied it on %s: it has %s, applied was %s".formatted(status,
						applied.installedBy(), applied.startedAt(), shortened(migration.checksum()),
						shortened(applied.checksum())),
				"Bring the %s back as it was, and put the change into a new migration%s.".formatted(
						(migration.content() instanceof MigrationContent.Java) ? "class" : "file",
						(highest != null) ? ", version " + highest.next() + " for example" : ""),
				Place.of(status.script()));
	}

	private static String shortened(String checksum) {
		return checksum.substring(0, Math.min(checksum.length(), "sha256:".length() + 12));
	}

	private static Finding missing(MigrationStatus status) {
		HistoryEntry last = Objects.requireNonNull(status.last());
		String what = last.isOfCode() ? "class" : "file";
		if (status.key().version() == null) {
			return Finding.warning("missing",
					"Repeatable migration " + status + " is applied, but its " + what + " is gone",
					"Nothing needs to be done; what it made stays until a migration drops it.",
					Place.of(last.script()));
		}
		String problem = (status.applied() != null) ? "is applied, but its " : "was begun and not finished, and its ";
		return Finding.error("missing", "Migration " + status + " " + problem + what + " is gone",
				last.isOfCode() ? "Bring the class back, or its bean: " + last.script() + "."
						: "Bring the file back under its name " + last.script() + ".",
				Place.of(last.script()));
	}

	private static Finding unfinishedRollback(MigrationStatus status) {
		HistoryEntry last = Objects.requireNonNull(status.last());
		if (last.isOfCode() && last.statementsDone() == 0) {
			return Finding.error("rollback-unfinished",
					"The rollback of " + status + " did not come to its end, and nobody knows what of it is done",
					"Roll it back once more: its way back begins again.", Place.of(last.script()));
		}
		return Finding.error("rollback-unfinished",
				"The rollback of %s stopped after statement %d of %d".formatted(status, last.statementsDone(),
						last.statementsTotal()),
				"Roll it back once more: it goes on where it stopped.", Place.of(last.script()));
	}

	/** A newer release is ahead by all of its migrations: that is said once. */
	private void addFuture(List<MigrationStatus> statuses) {
		List<MigrationStatus> applied = statuses.stream().filter((status) -> status.applied() != null).toList();
		if (applied.size() == 1) {
			addFuture("Migration " + applied.get(0) + " was applied by a newer release; this one does not know it");
		}
		else if (!applied.isEmpty()) {
			addFuture("%d migrations, %s to %s, were applied by a newer release; this one does not know them"
				.formatted(applied.size(), applied.get(0), applied.get(applied.size() - 1)));
		}
		statuses.stream()
			.filter((status) -> status.applied() == null)
			.forEach((status) -> addFuture("Migration " + status
					+ " was begun by a newer release and not finished; this one does not know it"));
	}

	private void addFuture(String message) {
		this.findings
			.add(Finding.warning("future", message, "Nothing needs to be done while releases run side by side.", null));
	}

	/** What such a file has done cannot be undone by refusing to start. */
	private void addForeignSections(List<MigrationStatus> statuses) {
		List<ForeignMarker> first = statuses.stream()
			.filter((status) -> status.state() == MigrationState.APPLIED)
			.flatMap((status) -> rollbackSection(status).stream())
			.toList();
		if (!first.isEmpty()) {
			ForeignMarker marker = first.get(0);
			this.findings.add(Finding.warning(
					"foreign-section",
					((first.size() == 1) ? "An applied migration contains "
							: first.size() + " applied migrations contain ")
							+ "section markers of " + marker.tool() + ", " + marker
							+ " for example; Samara runs all sections of such a file",
					"Check that what the migration creates exists, and correct the schema with a new migration; an applied "
							+ "file stays unchanged.",
					marker.place()));
		}
	}

	private static Optional<ForeignMarker> rollbackSection(MigrationStatus status) {
		return (status.migration() != null && status.migration().content() instanceof MigrationContent.Sql sql)
				? ForeignMarkers.of(sql.script())
					.stream()
					.filter((marker) -> marker.kind() == ForeignMarker.Kind.DOWN)
					.findFirst()
				: Optional.empty();
	}

	private Finding outOfOrder(MigrationStatus status, Migration migration, MigrationVersion highestApplied) {
		Set<MigrationKey> needs = appliedNeeds(status);
		String message = "Migration " + status + " is not applied, but " + highestApplied + " is"
				+ (!needs.isEmpty() ? "; what it depends on is applied: "
						+ needs.stream().map(MigrationKey::toString).collect(Collectors.joining(", ")) : "");
		Place place = Place.of(migration.path());
		if (this.outOfOrder == OutOfOrder.WARN) {
			return Finding.warning("out-of-order", message,
					"It is applied all the same, by samara.migrations.out-of-order=warn.", place);
		}
		return Finding.error("out-of-order", message, "Rename it to a version above " + highestApplied
				+ ", or apply it as it is with samara.migrations.out-of-order=allow.", place);
	}

	/** What it depends on, if all of that is applied; else none. */
	private Set<MigrationKey> appliedNeeds(MigrationStatus status) {
		Set<MigrationKey> needs = this.dependencies.of(status.key());
		boolean areMet = needs.stream()
			.allMatch((key) -> Objects.requireNonNull(this.statuses.get(key)).applied() != null);
		return areMet ? needs : Set.of();
	}

	private static Finding editedPart(MigrationStatus status, HistoryEntry last) {
		return Finding.error("edited-after-part-was-applied",
				"Migration %s stopped after statement %d of %d, and what was done has been edited since"
					.formatted(status, last.statementsDone(), last.statementsTotal()),
				"Bring everything up to statement " + last.statementsDone()
						+ " back as it was; only what follows may be changed.",
				Place.of(status.script()));
	}

}
