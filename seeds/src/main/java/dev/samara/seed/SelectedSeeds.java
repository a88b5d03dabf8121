package dev.samara.seed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;
import dev.samara.script.Finding;
import dev.samara.script.Place;

/**
 * What a selection comes to: the seeds that are named and what they depend on, those of
 * them that are to run, and what keeps them from it. Pure.
 */
final class SelectedSeeds {

	/** What runs only if it is named and asked for again. */
	private static final Set<SeedState> AGAIN = Set.of(SeedState.APPLIED, SeedState.FUTURE, SeedState.INCOMPLETE);

	private final ResolvedSeeds resolved;

	private final SeedSelection selection;

	private final @Nullable Environment environment;

	private final SeedLevel level;

	private final List<Finding> findings = new ArrayList<>();

	private final Set<String> named = new HashSet<>();

	private final Set<String> selected = new HashSet<>();

	SelectedSeeds(ResolvedSeeds resolved, SeedSelection selection, @Nullable Environment environment, SeedLevel level) {
		this.resolved = resolved;
		this.selection = selection;
		this.environment = environment;
		this.level = level;
	}

	/**
	 * Return the seeds that are to run, in the order of the statuses.
	 */
	List<SeedStatus> toRun(List<SeedStatus> statuses) {
		Map<String, SeedStatus> byName = new HashMap<>(
				statuses.stream().collect(Collectors.toMap(SeedStatus::name, Function.identity(), (a, b) -> a)));
		for (String name : this.selection.names()) {
			SeedNames names = new SeedNames(this.resolved.seeds());
			List<Seed> found = names.find(name, null);
			if (found.size() == 1) {
				name(byName.get(found.get(0).name()));
			}
			else {
				this.findings.add(names.unclear(name, found, "The run is for ", null));
			}
		}
		List<SeedStatus> toRun = statuses.stream().filter(this::runs).toList();
		toRun.forEach((status) -> checkDependencies(status, byName));
		return toRun;
	}

	List<Finding> findings() {
		return this.findings;
	}

	private void name(@Nullable SeedStatus status) {
		if (status == null) {
			return;
		}
		this.named.add(status.name());
		select(status.name());
		refuse(status, "The run is for seed ", null);
	}

	private void select(String seed) {
		if (this.selected.add(seed)) {
			this.resolved.dependenciesOf(seed).forEach((needed) -> select(needed.name()));
		}
	}

	private boolean runs(SeedStatus status) {
		boolean isAll = this.selection.names().isEmpty();
		boolean isOfAll = status.state() == SeedState.APPLIED && status.seed() != null && !status.seed().isOnce();
		boolean isNamed = AGAIN.contains(status.state()) && this.named.contains(status.name());
		boolean isAgain = this.selection.isAgain() && this.level.includes(status.level())
				&& (isAll ? isOfAll : isNamed);
		return (isAll || this.selected.contains(status.name())) && (status.state().isToDo() || isAgain);
	}

	/** That it is for another environment {@link SeedOrder} has told already. */
	private void checkDependencies(SeedStatus status, Map<String, SeedStatus> byName) {
		for (Seed needed : this.resolved.dependenciesOf(status.name())) {
			SeedStatus state = byName.get(needed.name());
			Place place = (status.seed() != null) ? SeedOrder.placeOf(status.seed(), needed, this.resolved.seeds())
					: null;
			if (state != null && state.state() == SeedState.NOT_AT_LEVEL) {
				refuse(state, "Seed " + status + " depends on ", place);
			}
		}
	}

	private void refuse(SeedStatus status, String sentence, @Nullable Place place) {
		if (status.state() == SeedState.NOT_FOR_ENVIRONMENT) {
			this.findings.add(Finding.error("not-for-environment",
					sentence + status + ", which is for environment \"" + status.folder() + "\", and this is "
							+ ((this.environment != null) ? "\"" + this.environment + "\"" : "none"),
					"Move it to common/ if every environment is to have it.", place));
		}
		if (status.state() == SeedState.NOT_AT_LEVEL) {
			String wanted = status.level().word();
			this.findings.add(Finding.error("not-at-level",
					sentence + status + ", which is of level " + wanted + ", and the run is at " + this.level.word(),
					"Run with samara.seeds.level=" + wanted + ", or give that seed the level it is needed at.", place));
		}
	}

}
