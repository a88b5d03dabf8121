package dev.samara.seed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;
import dev.samara.execution.ExecutableScript;
import dev.samara.placeholder.BuiltIns;
import dev.samara.script.Finding;
import dev.samara.script.Place;
import dev.samara.script.Script;
import dev.samara.script.ScriptException;
import dev.samara.script.Severity;
import dev.samara.seed.data.DataFormat;

/**
 * Decides what is taken back, in the reverse of the order in which seeds run, and what
 * keeps it from that. Pure.
 */
final class RollbackPlanning {

	private final ResolvedSeeds resolved;

	private final SeedSnapshot history;

	private final SeedGuard guard;

	private final List<SeedStatus> statuses;

	private final List<Finding> findings = new ArrayList<>();

	private final Supplier<BuiltIns> builtIns;

	RollbackPlanning(SeedPlanning planning, SeedSnapshot history) {
		this.resolved = planning.resolved();
		this.history = history;
		this.guard = planning.guard(history);
		this.statuses = planning.statuses(history);
		this.builtIns = history.builtIns();
	}

	/**
	 * Plan to take seeds back by name. What keeps them from that is told by the plan: one
	 * is not known or not applied, has no way back, belongs to another environment, or
	 * another one depends on it.
	 */
	RollbackPlan plan(SeedRollback rollback) {
		boolean isHarmless = this.guard.environment() != null && !this.guard.isProduction() && !wasProduction();
		if (rollback.isCascading() && !isHarmless) {
			refuse("cascade-in-production",
					"Rows that belong to others are never deleted in production"
							+ (this.guard.isProduction() ? "" : ", and nothing says that this is not"),
					"Roll back without cascade; the error names what points to the seed's rows.", null);
		}
		Set<String> names = new HashSet<>();
		rollback.names().forEach((name) -> {
			SeedStatus status = find(name);
			if (status != null) {
				names.add(status.name());
			}
		});
		return steps(names);
	}

	/**
	 * Plan to take back what the environment's own folder has put in, or some seeds of
	 * it.
	 * @param database name of the database
	 * @param confirmation what somebody has written to confirm
	 * @param names the seeds, of which those count that are applied; empty for all of the
	 * environment's own
	 * @throws SeedValidationException if it is production, or nothing says that it is
	 * not, or if it is not confirmed: whatever else there is to say is not for here
	 */
	RollbackPlan planClear(String database, String confirmation, List<String> names) {
		refuseClear(database, confirmation);
		if (!this.findings.isEmpty()) {
			throw new SeedValidationException(this.findings);
		}
		return steps(names.isEmpty() ? ownSeeds() : appliedOf(names));
	}

	private void refuseClear(String database, String confirmation) {
		Environment environment = this.guard.environment();
		if (this.guard.isProduction() || wasProduction()) {
			refuse("clear-in-production",
					"Seeds of production are never cleared"
							+ (this.guard.isProduction() ? "" : ", and seeds have run here as production"),
					"Roll back single seeds by name.", null);
		}
		else if (environment == null || this.guard.database() == null) {
			refuse("clear-without-environment",
					"The database does not remember an environment, so nothing says that it is not production",
					"Run the seeds first with the environment's profile, which marks the database.", null);
		}
		else if (!database.equals(confirmation)) {
			refuse("not-confirmed",
					"To clear the seeds of \"" + environment + "\" has to be confirmed with the name of the database",
					"Confirm with \"" + database + "\" if that is the one.", null);
		}
	}

	/** The mark can get lost, or be changed in a copy of production. */
	private boolean wasProduction() {
		return this.history.entries()
			.stream()
			.map(SeedEntry::environment)
			.anyMatch((entry) -> entry != null && entry.isProduction());
	}

	private Set<String> ownSeeds() {
		Set<String> names = new HashSet<>();
		for (SeedStatus status : this.statuses) {
			SeedEntry applied = status.applied();
			if (applied != null && applied.folder() != null && applied.folder().equals(this.guard.environment())) {
				names.add(status.name());
			}
		}
		return names;
	}

	/** Names that are not clear are told by the plan of the run that follows. */
	private Set<String> appliedOf(List<String> names) {
		Set<String> applied = new HashSet<>();
		for (String name : names) {
			List<Seed> found = new SeedNames(this.resolved.seeds()).find(name, null);
			this.statuses.stream()
				.filter((status) -> status.applied() != null)
				.filter((status) -> found.size() == 1 && found.get(0).name().equals(status.name()))
				.forEach((status) -> applied.add(status.name()));
		}
		return applied;
	}

	private @Nullable SeedStatus find(String name) {
		for (SeedStatus status : this.statuses) {
			if (status.name().equals(name)) {
				return applied(status);
			}
		}
		SeedNames names = new SeedNames(this.resolved.seeds());
		List<Seed> found = names.find(name, null);
		if (found.size() != 1) {
			this.findings.add(names.unclear(name, found, "The rollback is for ", null));
			return null;
		}
		return this.statuses.stream()
			.filter((status) -> status.name().equals(found.get(0).name()))
			.findFirst()
			.map(this::applied)
			.orElse(null);
	}

	private @Nullable SeedStatus applied(SeedStatus status) {
		if (status.applied() == null) {
			refuse("not-applied", "Seed " + status + " is not applied, so there is nothing to take back",
					"SeedRunner.status() tells which seeds are applied.", null);
			return null;
		}
		return status;
	}

	private RollbackPlan steps(Set<String> names) {
		// What a run refuses is not to be trusted on the way back either.
		Stream.concat(this.resolved.findings().stream(), this.guard.check(this.resolved).stream())
			.filter((finding) -> finding.severity() == Severity.ERROR)
			.forEach(this.findings::add);
		List<WayBack.Step> orphans = new ArrayList<>();
		List<WayBack.Step> steps = new ArrayList<>();
		for (SeedStatus status : this.statuses) {
			SeedEntry applied = status.applied();
			if (applied != null && names.contains(status.name())) {
				refuseDependents(status, names);
				WayBack way = way(status, applied);
				if (way != null) {
					((status.seed() != null) ? steps : orphans).add(new WayBack.Step(applied, way));
				}
			}
		}
		Collections.reverse(steps);
		orphans.sort(Comparator.comparingLong((WayBack.Step step) -> step.applied().id()).reversed());
		orphans.addAll(steps);
		return new RollbackPlan(orphans, this.findings);
	}

	private void refuseDependents(SeedStatus status, Set<String> names) {
		for (SeedStatus other : this.statuses) {
			if (other.applied() != null && !names.contains(other.name())
					&& this.resolved.dependenciesOf(other.name())
						.stream()
						.anyMatch((needed) -> needed.name().equals(status.name()))) {
				refuse("needed", "Seed " + other + " depends on " + status + " and is applied",
						"Roll back " + other + " as well.", Place.of(status.script()));
			}
		}
	}

	private @Nullable WayBack way(SeedStatus status, SeedEntry applied) {
		Place place = Place.of(status.script());
		if (!this.guard.admits(applied.folder())) {
			refuse("not-for-environment",
					"Seed " + status + " belongs to environment \"" + status.folder() + "\", and this is "
							+ ((this.guard.environment() != null) ? "\"" + this.guard.environment() + "\"" : "none"),
					"What has to go must be deleted by hand: nothing of another environment runs here.", place);
			return null;
		}
		Script down = this.resolved.downs().get(status.name());
		if (down != null) {
			return down(status, down);
		}
		Seed seed = status.seed();
		if (seed != null && seed.content() instanceof SeedContent.Java java) {
			if (java.seeder() instanceof ReversibleSeeder reversible) {
				return new WayBack.Code(seed, reversible);
			}
			refuse("no-way-back", "Seeder " + status + " has no way back", "Let its class implement ReversibleSeeder.",
					place);
			return null;
		}
		if (DataFormat.of(applied.script()).isPresent() || DataFormat.isMade(applied.script())) {
			return new WayBack.Rows(this.history.hasInsertedNothing(status.name()));
		}
		refuse("no-way-back", "Seed " + status + " has no way back",
				(seed != null) ? "Write " + SeedNames.withoutExtension(seed.name()) + ".down.sql beside it."
						: "Its file is gone: bring it back together with its .down.sql.",
				place);
		return null;
	}

	private @Nullable WayBack down(SeedStatus status, Script down) {
		try {
			ExecutableScript executable = ExecutableScript
				.of(down.filling().isOn() ? down.with(this.builtIns.get()) : down);
			if (executable.isAtomic()) {
				return new WayBack.Down(executable);
			}
			refuse("not-a-transaction", "The way back of seed " + status + " cannot run in a transaction",
					"Take out what cannot, or leave it to a migration.", Place.of(down.path()));
		}
		catch (ScriptException ex) {
			this.findings.addAll(Finding.allOf(ex));
		}
		return null;
	}

	private void refuse(String code, String message, String remedy, @Nullable Place place) {
		this.findings.add(Finding.error(code, message, remedy, place));
	}

}
