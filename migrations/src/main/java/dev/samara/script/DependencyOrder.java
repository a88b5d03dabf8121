package dev.samara.script;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

import dev.samara.Internal;

/**
 * Puts each thing behind what it needs; otherwise they keep their order. Pure; O(n log
 * n).
 * <ol>
 * <li>Of what waits for nothing, take the first; again until nothing is left.</li>
 * <li>What is left then needs itself, in a circle: note the circle, and take one of
 * it.</li>
 * </ol>
 *
 * @param <T> what is put in order; equal to itself only
 * @since 0.1.0
 */
@Internal
public final class DependencyOrder<T> {

	private final List<T> things;

	private final Map<T, Set<T>> needs = new HashMap<>();

	private final Map<T, Integer> positions = new HashMap<>();

	private final Map<T, Integer> waitsFor = new HashMap<>();

	private final Map<T, List<T>> neededBy = new HashMap<>();

	private final List<T> ordered = new ArrayList<>();

	private final List<List<T>> circles = new ArrayList<>();

	private DependencyOrder(List<T> things, Map<T, ? extends Collection<T>> needs) {
		this.things = things;
		things.forEach((thing) -> this.positions.put(thing, this.positions.size()));
		for (T thing : things) {
			Set<T> needed = new HashSet<>(needs.containsKey(thing) ? needs.get(thing) : List.of());
			needed.retainAll(this.positions.keySet());
			needed.forEach((other) -> this.neededBy.computeIfAbsent(other, (key) -> new ArrayList<>()).add(thing));
			this.needs.put(thing, needed);
			this.waitsFor.put(thing, needed.size());
		}
	}

	/**
	 * Order things.
	 * @param <T> their type
	 * @param things the things
	 * @param needs what each of them needs; what is not among the things does not count
	 * @return their order, and the circles there are
	 */
	public static <T> DependencyOrder<T> of(List<T> things, Map<T, ? extends Collection<T>> needs) {
		DependencyOrder<T> order = new DependencyOrder<>(things, needs);
		order.place();
		return order;
	}

	/**
	 * Return the things in order.
	 * @return all of them; where there is a circle, in some order
	 */
	public List<T> ordered() {
		return List.copyOf(this.ordered);
	}

	/**
	 * Return the circles.
	 * @return the members of each, every one needing the next, and the last the first
	 */
	public List<List<T>> circles() {
		return List.copyOf(this.circles);
	}

	private void place() {
		PriorityQueue<Integer> ready = new PriorityQueue<>();
		this.things.stream().filter(this::isReady).map(this.positions::get).forEach(ready::add);
		while (!this.waitsFor.isEmpty()) {
			T next = ready.isEmpty() ? breakCircle() : this.things.get(ready.remove());
			this.waitsFor.remove(next);
			this.ordered.add(next);
			for (T waiting : this.neededBy.getOrDefault(next, List.of())) {
				this.waitsFor.computeIfPresent(waiting, (thing, count) -> count - 1);
				if (isReady(waiting)) {
					ready.add(this.positions.get(waiting));
				}
			}
		}
	}

	private boolean isReady(T thing) {
		return this.waitsFor.getOrDefault(thing, -1) == 0;
	}

	/**
	 * All that is left waits for something that is left, so each path ends in a circle.
	 */
	private T breakCircle() {
		List<T> path = new ArrayList<>();
		Set<T> seen = new HashSet<>();
		T thing = this.things.stream().filter(this.waitsFor::containsKey).findFirst().orElseThrow();
		while (seen.add(thing)) {
			path.add(thing);
			thing = this.needs.getOrDefault(thing, Set.of())
				.stream()
				.filter(this.waitsFor::containsKey)
				.findFirst()
				.orElseThrow();
		}
		this.circles.add(List.copyOf(path.subList(path.indexOf(thing), path.size())));
		this.waitsFor.put(thing, 0);
		return thing;
	}

}
