package dev.samara.seed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

import dev.samara.script.Finding;

/**
 * Puts each seed behind those it depends on; otherwise they keep their order. Pure; O(n
 * log n).
 * <ol>
 * <li>Find the seeds that are depended on. A name that is not clear is a finding.</li>
 * <li>Of those that wait for nothing, take the first by folder, number and name; again
 * until none is left.</li>
 * <li>What is left depends on itself: tell the circle, and take one of it.</li>
 * </ol>
 */
final class SeedOrder {

	private final ResolvedSeeds resolved;

	private final List<Finding> findings;

	private final Map<Seed, List<SeedDependency>> said = new LinkedHashMap<>();

	private final Map<Seed, List<Seed>> needs = new LinkedHashMap<>();

	private final Map<Seed, Integer> waitsFor = new LinkedHashMap<>();

	private final Map<Seed, List<Seed>> neededBy = new LinkedHashMap<>();

	private final List<Seed> ordered = new ArrayList<>();

	private SeedOrder(ResolvedSeeds resolved) {
		this.resolved = resolved;
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
		order.place(seeds);
		Map<String, List<Seed>> dependencies = new LinkedHashMap<>();
		order.needs.forEach((seed, needed) -> dependencies.put(seed.name(), List.copyOf(needed)));
		return new ResolvedSeeds(resolved.locations(), order.ordered, order.findings, resolved.checks(), dependencies,
				resolved.downs());
	}

	private void resolve(Seed seed) {
		SeedNames names = new SeedNames(this.resolved.seeds());
		List<SeedDependency> dependencies = SeedDependency.of(seed);
		List<Seed> needed = new ArrayList<>();
		for (SeedDependency dependency : dependencies) {
			List<Seed> found = names.find(dependency.name(), seed);
			if (found.size() != 1) {
				this.findings
					.add(names.unclear(dependency.name(), found, "Seed " + seed + " depends on ", dependency.place()));
			}
			else if (!needed.contains(found.get(0))) {
				needed.add(found.get(0));
				this.neededBy.computeIfAbsent(found.get(0), (key) -> new ArrayList<>()).add(seed);
			}
		}
		this.said.put(seed, dependencies);
		this.needs.put(seed, needed);
		this.waitsFor.put(seed, needed.size());
	}

	private void place(List<Seed> seeds) {
		PriorityQueue<Seed> ready = new PriorityQueue<>(Seed.ORDER);
		seeds.stream().filter((seed) -> isReady(seed)).forEach(ready::add);
		while (!this.waitsFor.isEmpty()) {
			Seed next = ready.isEmpty() ? breakCircle() : ready.remove();
			if (this.waitsFor.remove(next) != null) {
				this.ordered.add(next);
				for (Seed waiting : this.neededBy.getOrDefault(next, List.of())) {
					this.waitsFor.computeIfPresent(waiting, (seed, count) -> count - 1);
					if (isReady(waiting)) {
						ready.add(waiting);
					}
				}
			}
		}
	}

	private boolean isReady(Seed seed) {
		return this.waitsFor.getOrDefault(seed, 1) <= 0;
	}

	/**
	 * Every seed that is left waits for one that is left, so each path ends in a circle.
	 */
	private Seed breakCircle() {
		List<Seed> path = new ArrayList<>();
		Seed seed = this.waitsFor.keySet().iterator().next();
		while (!path.contains(seed)) {
			path.add(seed);
			seed = this.needs.getOrDefault(seed, List.of())
				.stream()
				.filter(this.waitsFor::containsKey)
				.findFirst()
				.orElseThrow();
		}
		List<Seed> circle = path.subList(path.indexOf(seed), path.size());
		this.findings.add(Finding.error("dependency-cycle",
				"Seeds depend on each other in a circle: "
						+ circle.stream().map(Seed::name).collect(Collectors.joining(" -> ")) + " -> " + seed,
				"Take one of these dependencies out, or put what both need into a seed of its own.",
				this.said.getOrDefault(seed, List.of()).get(0).place()));
		return seed;
	}

}
