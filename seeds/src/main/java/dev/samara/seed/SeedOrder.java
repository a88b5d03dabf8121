package dev.samara.seed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.samara.script.Dependency;
import dev.samara.script.DependencyOrder;
import dev.samara.script.Finding;
import dev.samara.script.Place;

/**
 * Puts each seed behind those it depends on; otherwise they keep their order, by folder,
 * number and name. Pure.
 */
final class SeedOrder {

	private final SeedNames names;

	private final List<Finding> findings;

	private final Map<Seed, List<Seed>> needs = new LinkedHashMap<>();

	private SeedOrder(ResolvedSeeds resolved) {
		this.names = new SeedNames(resolved.seeds());
		this.findings = new ArrayList<>(resolved.findings());
	}

	/**
	 * Order seeds.
	 * @param resolved the seeds in any order
	 * @return the same in the order they run, with what each one depends on
	 */
	static ResolvedSeeds sort(ResolvedSeeds resolved) {
		SeedOrder order = new SeedOrder(resolved);
		List<Seed> seeds = resolved.seeds().stream().sorted(Seed.ORDER).toList();
		seeds.forEach(order::resolve);
		DependencyOrder<Seed> ordered = DependencyOrder.of(seeds, order.needs);
		ordered.circles().forEach(order::noteCircle);
		Map<String, List<Seed>> dependencies = new LinkedHashMap<>();
		order.needs.forEach((seed, needed) -> dependencies.put(seed.name(), List.copyOf(needed)));
		return new ResolvedSeeds(resolved.locations(), ordered.ordered(), order.findings, resolved.checks(),
				dependencies, resolved.downs());
	}

	/**
	 * Return what a seed depends on, in the order it says so.
	 */
	static List<Dependency> dependencies(Seed seed) {
		Place file = Place.of(seed.path());
		if (seed.content() instanceof SeedContent.Sql sql) {
			return Dependency.of(sql.script());
		}
		if (seed.content() instanceof SeedContent.Data data) {
			return Dependency.of(data.file().directives(), file);
		}
		return ((SeedContent.Java) seed.content()).seeder()
			.dependsOn()
			.stream()
			.map((name) -> new Dependency(name.strip(), file))
			.toList();
	}

	/**
	 * Return where a seed says that it depends on another one.
	 * @param seeds all of them
	 */
	static Place placeOf(Seed seed, Seed needed, Collection<Seed> seeds) {
		SeedNames names = new SeedNames(seeds);
		return dependencies(seed).stream()
			.filter((dependency) -> names.find(dependency.name(), seed).equals(List.of(needed)))
			.map(Dependency::place)
			.findFirst()
			.orElse(Place.of(seed.path()));
	}

	private void resolve(Seed seed) {
		List<Seed> needed = new ArrayList<>();
		for (Dependency dependency : dependencies(seed)) {
			List<Seed> found = this.names.find(dependency.name(), seed);
			if (found.size() != 1) {
				this.findings.add(this.names.unclear(dependency.name(), found, "Seed " + seed + " depends on ",
						dependency.place()));
			}
			else if (!needed.contains(found.get(0))) {
				needed.add(found.get(0));
				if (!found.get(0).isCommon() && !Objects.equals(seed.environment(), found.get(0).environment())) {
					noteForeign(seed, found.get(0), dependency.place());
				}
			}
		}
		this.needs.put(seed, needed);
	}

	/**
	 * An error wherever it is found: where the seed it needs runs, all is well, and
	 * production would be the first to notice.
	 */
	private void noteForeign(Seed seed, Seed needed, Place place) {
		String folder = Seed.folder(needed.environment());
		this.findings.add(Finding.error("foreign-dependency",
				"Seed " + seed + " depends on " + needed + ", which runs in environment \"" + folder
						+ "\" only, so that it could run nowhere else",
				"Move " + (seed.isCommon() ? "it to " + folder + "/, or " : "") + "what it depends on to common/.",
				place));
	}

	private void noteCircle(List<Seed> circle) {
		Seed first = circle.get(0);
		this.findings.add(Finding.error("dependency-cycle",
				"Seeds depend on each other in a circle: "
						+ circle.stream().map(Seed::name).collect(Collectors.joining(" -> ")) + " -> " + first,
				"Take one of these dependencies out, or put what both need into a seed of its own.",
				placeOf(first, circle.get(1 % circle.size()), this.names.seeds())));
	}

}
