package dev.samara.seed.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.samara.Internal;

/**
 * Orders tables so that each comes after those its foreign keys point to. Pure, and
 * stable: tables that do not depend on each other keep their order. A table that points
 * to itself is no cycle.
 *
 * @since 0.1.0
 */
@Internal
public final class ForeignKeyOrder {

	private final Map<String, ? extends Collection<String>> references;

	private final Set<String> wanted;

	private final Set<String> done = new LinkedHashSet<>();

	private final List<String> path = new ArrayList<>();

	private ForeignKeyOrder(Collection<String> tables, Map<String, ? extends Collection<String>> references) {
		this.wanted = new LinkedHashSet<>(tables);
		this.references = references;
	}

	/**
	 * Order tables.
	 * @param tables the tables
	 * @param references the tables each one points to; others than {@code tables} do not
	 * count
	 * @return the tables, referenced ones first
	 * @throws IllegalArgumentException if they point to each other in a circle; the
	 * message shows it
	 */
	public static List<String> sort(Collection<String> tables, Map<String, ? extends Collection<String>> references) {
		ForeignKeyOrder order = new ForeignKeyOrder(tables, references);
		order.wanted.forEach(order::visit);
		return List.copyOf(order.done);
	}

	private void visit(String table) {
		if (this.done.contains(table)) {
			return;
		}
		int start = this.path.indexOf(table);
		if (start >= 0) {
			throw new IllegalArgumentException("The foreign keys form a circle: "
					+ String.join(" -> ", this.path.subList(start, this.path.size())) + " -> " + table);
		}
		this.path.add(table);
		for (String other : this.references.containsKey(table) ? this.references.get(table) : List.<String>of()) {
			if (!other.equals(table) && this.wanted.contains(other)) {
				visit(other);
			}
		}
		this.path.remove(this.path.size() - 1);
		this.done.add(table);
	}

}
