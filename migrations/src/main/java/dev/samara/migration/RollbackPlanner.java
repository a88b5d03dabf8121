package dev.samara.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.samara.execution.Resumption;
import dev.samara.migration.RollbackStep.Source;
import dev.samara.placeholder.BuiltIns;
import dev.samara.script.Finding;
import dev.samara.script.Place;
import dev.samara.script.Script;
import dev.samara.script.ScriptException;
import dev.samara.script.ScriptFilling;

/**
 * Finds the way back of each migration that a rollback takes back. Pure.
 */
final class RollbackPlanner {

	private final Map<Long, KeptScript> kept;

	private final ScriptFilling filling;

	private final Map<MigrationKey, Finding> unclear;

	private final List<RollbackStep> steps = new ArrayList<>();

	private final List<Finding> findings;

	private RollbackPlanner(Map<Long, KeptScript> kept, ScriptFilling filling, Map<MigrationKey, Finding> unclear,
			List<Finding> findings) {
		this.kept = kept;
		this.filling = filling;
		this.unclear = unclear;
		this.findings = new ArrayList<>(findings);
	}

	/**
	 * Plan a rollback.
	 * @param selection the migrations, the one applied last first
	 * @param kept the down scripts that the history keeps, by the id of the entry by
	 * which the migration was applied
	 * @param filling the values of placeholders in them
	 * @param unclear the migrations whose way back nobody can say, and why
	 */
	static RollbackPlan plan(RollbackTarget target, RollbackSelection selection, Map<Long, KeptScript> kept,
			ScriptFilling filling, Map<MigrationKey, Finding> unclear) {
		RollbackPlanner planner = new RollbackPlanner(kept, filling, unclear, selection.findings());
		selection.selected().forEach(planner::add);
		return new RollbackPlan(target, planner.steps, planner.findings, List.of());
	}

	private void add(MigrationStatus status) {
		Finding ambiguity = this.unclear.get(status.key());
		if (ambiguity != null) {
			this.findings.add(ambiguity);
			return;
		}
		HistoryEntry applied = Objects.requireNonNull(status.standing());
		Migration migration = status.migration();
		boolean isSame = migration != null
				&& (status.isHalfApplied() || migration.checksum().equals(applied.checksum()));
		boolean hasWayBack = isSame && migration != null && migration.hasDown();
		KeptScript text = (status.applied() != null) ? this.kept.get(status.applied().id()) : null;
		try {
			boolean isIrreversible = isSame && migration != null && migration.irreversible() != null;
			if (status.key().version() == null && (isIrreversible || (!hasWayBack && text == null))) {
				this.findings.add(stays(status, applied));
			}
			else if (isSame && migration != null && migration.irreversible() != null) {
				this.findings.add(irreversible(status, migration, migration.irreversible()));
			}
			else if (hasWayBack && migration != null) {
				noteDifference(status, migration.down(), text);
				MigrationWork work = MigrationWork.down(migration).orElseThrow();
				add(status, applied, (work instanceof MigrationWork.RunCode) ? Source.CODE : Source.FILE, work);
			}
			else if (text != null) {
				add(status, applied, Source.HISTORY, MigrationWork
					.script(text.toScript(applied.script() + " (down script kept in the history)", filling(applied))));
			}
			else {
				this.findings.add(noWayBack(status, applied, migration));
			}
		}
		catch (ScriptException ex) {
			this.findings.addAll(Finding.allOf(ex));
		}
	}

	private ScriptFilling filling(HistoryEntry applied) {
		MigrationVersion version = applied.key().version();
		return this.filling.with(BuiltIns.NONE.with(BuiltIns.Name.FILE, applied.script())
			.with(BuiltIns.Name.VERSION, (version != null) ? version.toString() : null));
	}

	private void add(MigrationStatus status, HistoryEntry applied, Source source, MigrationWork work) {
		if (applied.isPartial()) {
			this.findings.add(halfApplied(status, applied, work));
		}
		this.steps.add(new RollbackStep(status, applied, source, work, resumption(status, work)));
	}

	private Resumption resumption(MigrationStatus status, MigrationWork work) {
		HistoryEntry last = status.last();
		if (last == null || !last.isPartialRollback()) {
			return Resumption.NONE;
		}
		int done = last.statementsDone();
		if (done > 0 && (done > work.statementCount() || !work.digestOfFirst(done).equals(last.doneDigest()))) {
			this.findings.add(Finding.error("edited-after-part-was-rolled-back",
					"The rollback of %s stopped after statement %d, and what was done has been edited since"
						.formatted(status, done),
					"Bring the first " + done + " statements of the down script back as they were.",
					Place.of(work.path())));
		}
		return new Resumption(done, last.event() != HistoryEvent.ROLLBACK_FAILED);
	}

	private void noteDifference(MigrationStatus status, @Nullable Script file, @Nullable KeptScript text) {
		if (file != null && text != null && !text.isTextOf(file)) {
			this.findings.add(Finding.warning("down-script-changed",
					"The down script of " + status + " has changed since the migration was applied",
					"The file is used, not the text kept in the history.", Place.of(file.path())));
		}
	}

	private static Finding irreversible(MigrationStatus status, Migration migration, String reason) {
		return Finding.error("irreversible", "Migration " + status + " cannot be taken back: " + reason,
				"Roll back to " + status.key() + " at the furthest, or go forward with a new migration.",
				Place.of(migration.path()));
	}

	private static Finding stays(MigrationStatus status, HistoryEntry applied) {
		return Finding.warning("repeatable-stays", "Repeatable migration " + status + " has no way back and stays",
				"Write a down script beside it if it is to go.", Place.of(applied.script()));
	}

	private static Finding halfApplied(MigrationStatus status, HistoryEntry entry, MigrationWork work) {
		return Finding.warning("half-applied",
				entry.isOfCode()
						? "Migration " + status + " did not come to its end, and nobody knows what of it is done; the "
								+ "whole of its way back runs"
						: "Migration %s stopped after statement %d of %d; the whole of its down script runs"
							.formatted(status, entry.statementsDone(), entry.statementsTotal()),
				"If the way back needs what was not done, write IF EXISTS into it, or finish the migration first.",
				Place.of(work.path()));
	}

	private static Finding noWayBack(MigrationStatus status, HistoryEntry applied, @Nullable Migration migration) {
		if (status.isHalfApplied() && applied.isOfCode()) {
			return Finding.error("no-way-back",
					"Migration " + status
							+ " did not come to its end, and there is no way back that could take back what is done",
					((migration != null)
							? "Finish it first: correct " + applied.script() + " and start again. Or let it "
									+ "implement ReversibleJavaMigration, or write a down script of the same version."
							: "Roll it back, or finish it, by a release that has the class " + applied.script() + "."),
					Place.of(applied.script()));
		}
		if (status.isHalfApplied()) {
			return Finding.error("no-way-back",
					"Migration " + status
							+ " stopped half-way, and has no down script that could take back what is done",
					"Finish it first: correct " + applied.script()
							+ " and start again. Or write a down script beside it.",
					Place.of(applied.script()));
		}
		if (applied.isOfCode() && migration == null) {
			return Finding.error("no-way-back",
					"Migration " + status + " was applied by code that this release does not have: " + applied.script(),
					"Roll it back by a release that has the class, or roll back to " + status.key()
							+ " at the furthest.",
					Place.of(applied.script()));
		}
		if (migration != null && migration.content() instanceof MigrationContent.Java && !migration.hasDown()) {
			return Finding.error("no-way-back",
					"Migration " + status + " is code that cannot take itself back, and has no down script",
					"Let the class implement ReversibleJavaMigration, or write a down script of the same version; or roll "
							+ "back to " + status.key() + " at the furthest.",
					Place.of(migration.path()));
		}
		String reason = (migration == null) ? "; its file is gone, and no down script was kept when it was applied"
				: migration.hasDown() ? "; it has changed since, and no down script was kept" : "";
		return Finding
			.error("no-way-back", "Migration " + status + " has no down script" + reason,
					"Write one beside it, named like the migration but ending in .down.sql, or roll back to "
							+ status.key() + " at the furthest.",
					Place.of((migration != null) ? migration.path() : applied.script()));
	}

}
