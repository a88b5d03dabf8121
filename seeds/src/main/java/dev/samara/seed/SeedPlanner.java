package dev.samara.seed;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import dev.samara.execution.ExecutableScript;
import dev.samara.placeholder.BuiltIns;
import dev.samara.script.Finding;
import dev.samara.script.Place;
import dev.samara.script.Script;
import dev.samara.script.ScriptException;
import dev.samara.sql.SqlStatement;

/**
 * Decides what runs. Pure.
 */
final class SeedPlanner {

	private final List<SeedEntry> history;

	private final Supplier<BuiltIns> builtIns;

	private final List<SeedStep> steps = new ArrayList<>();

	private final List<Finding> findings = new ArrayList<>();

	SeedPlanner(SeedSnapshot history) {
		this.history = history.entries();
		this.builtIns = history.builtIns();
	}

	/**
	 * Plan the seeds that are to be applied.
	 * @param statuses those of the seeds that run, in that order
	 */
	SeedPlanner add(List<SeedStatus> statuses) {
		for (SeedStatus status : statuses) {
			if (status.seed() != null) {
				addStep(status, status.seed());
			}
		}
		return this;
	}

	List<SeedStep> steps() {
		return this.steps;
	}

	List<Finding> findings() {
		return this.findings;
	}

	private void addStep(SeedStatus status, Seed seed) {
		if (seed.content() instanceof SeedContent.Sql sql) {
			addScript(status, seed, filled(sql.script()));
		}
		else if (seed.content() instanceof SeedContent.Data data) {
			this.steps
				.add(new SeedStep(status, seed, version(seed), new SeedWork.LoadData(data.file().with(this.builtIns))));
		}
		else if (seed.content() instanceof SeedContent.Java java) {
			this.steps.add(new SeedStep(status, seed, version(seed), new SeedWork.RunJava(java.seeder())));
		}
	}

	private Script filled(Script script) {
		return script.filling().isOn() ? script.with(this.builtIns.get()) : script;
	}

	private void addScript(SeedStatus status, Seed seed, Script script) {
		try {
			ExecutableScript executable = ExecutableScript.of(script);
			if (executable.isAtomic()) {
				this.steps.add(new SeedStep(status, seed, version(seed), new SeedWork.RunScript(executable)));
			}
			else {
				this.findings.add(notAtomic(seed, executable));
			}
		}
		catch (ScriptException ex) {
			if (ex.getCode().equals("transaction-control")) {
				this.findings.add(controlsTransaction(ex));
			}
			else {
				this.findings.addAll(Finding.allOf(ex));
			}
		}
	}

	/**
	 * The same content has the same number again, whatever was tried in between.
	 */
	private int version(Seed seed) {
		int highest = 0;
		for (SeedEntry entry : this.history) {
			if (entry.name().equals(seed.name())) {
				if (entry.checksum().equals(seed.checksum())) {
					return entry.version();
				}
				highest = Math.max(highest, entry.version());
			}
		}
		return highest + 1;
	}

	private static Finding notAtomic(Seed seed, ExecutableScript executable) {
		Place place = executable.segments()
			.stream()
			.filter((segment) -> !segment.isTransaction())
			.findFirst()
			.map((segment) -> place(seed, segment.statements().get(0)))
			.orElse(Place.of(seed.path()));
		return Finding.error("not-a-transaction",
				"The statement cannot run in a transaction, and seed " + seed + " is one, as every seed",
				"Move the statement to a migration.", place);
	}

	private static Place place(Seed seed, SqlStatement statement) {
		return new Place(seed.path(), statement.line(), statement.column());
	}

	private static Finding controlsTransaction(ScriptException ex) {
		return Finding.error(ex.getCode(), ex.getProblem(),
				"Take BEGIN and COMMIT out of the file: every seed is one transaction. What must be committed on its own "
						+ "belongs into a seed of its own.",
				ex.getPlace());
	}

}
