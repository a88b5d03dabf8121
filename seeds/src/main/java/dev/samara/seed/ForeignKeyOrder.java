package dev.samara.seed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.samara.postgres.PostgresConnection;
import dev.samara.script.DependencyOrder;
import dev.samara.script.Finding;
import dev.samara.seed.data.DataFile;
import dev.samara.seed.data.DataOrder;

/**
 * The order of data files without a number: behind those of the same folder that fill the
 * tables theirs refers to. Files with a number keep their order, and whoever says what he
 * depends on stays behind it.
 *
 * @param resolved what the locations hold
 * @param connection a connection to the database, whose catalogue is read
 */
record ForeignKeyOrder(ResolvedSeeds resolved, PostgresConnection connection) {

	/**
	 * Put the steps of a plan in order, and warn of those that refer to later ones.
	 */
	SeedPlan order(SeedPlan plan) {
		List<Seed> seeds = plan.steps().stream().map(SeedStep::seed).toList();
		Map<DataFile, Set<DataFile>> references = DataOrder.references(this.connection, files(seeds));
		List<Seed> ordered = order(seeds, references, this.resolved);
		List<SeedStep> steps = ordered.stream().map((seed) -> plan.steps().get(seeds.indexOf(seed))).toList();
		List<Finding> findings = new ArrayList<>(plan.findings());
		findings.addAll(DataOrder.check(files(ordered), references,
				(file, referenced) -> mayBeFilled(ordered, file, referenced)));
		return new SeedPlan(steps, findings, plan.environment(), plan.level());
	}

	/**
	 * Return whether an earlier seed is code, or a script that names a table: it may well
	 * fill it.
	 */
	private static boolean mayBeFilled(List<Seed> ordered, DataFile file, DataFile referenced) {
		Pattern name = Pattern.compile("(?U)\\b" + Pattern.quote(referenced.table().name()) + "\\b",
				Pattern.CASE_INSENSITIVE);
		for (Seed seed : ordered) {
			if (seed.content() instanceof SeedContent.Data data && data.file().equals(file)) {
				return false;
			}
			if (seed.content() instanceof SeedContent.Java
					|| (seed.content() instanceof SeedContent.Sql sql && name.matcher(sql.script().text()).find())) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Put the steps of a rollback in order: each before those it refers to.
	 */
	List<WayBack.Step> orderBack(List<WayBack.Step> steps) {
		Map<String, WayBack.Step> byName = new LinkedHashMap<>();
		steps.forEach((step) -> byName.put(step.name(), step));
		List<Seed> seeds = this.resolved.seeds().stream().filter((seed) -> byName.containsKey(seed.name())).toList();
		if (seeds.stream().noneMatch(Seed::isUnnumbered)) {
			return steps;
		}
		List<Seed> ordered = order(seeds, DataOrder.references(this.connection, files(seeds)), this.resolved);
		List<WayBack.Step> back = new ArrayList<>();
		ordered.forEach((seed) -> back.add(0, byName.remove(seed.name())));
		back.addAll(0, byName.values());
		return back;
	}

	/**
	 * Put seeds in order. Pure.
	 */
	static List<Seed> order(List<Seed> seeds, Map<DataFile, Set<DataFile>> references, ResolvedSeeds resolved) {
		Map<Seed, Set<Seed>> needs = new HashMap<>();
		for (Seed seed : seeds) {
			Set<Seed> needed = new HashSet<>(resolved.dependenciesOf(seed.name()));
			if (seed.isUnnumbered() && seed.content() instanceof SeedContent.Data data) {
				Set<DataFile> referenced = references.getOrDefault(data.file(), Set.of());
				seeds.stream()
					.filter((other) -> other.isUnnumbered() && other.folder().equals(seed.folder()))
					.filter((other) -> other.content() instanceof SeedContent.Data content
							&& referenced.contains(content.file()))
					.forEach(needed::add);
			}
			needs.put(seed, needed);
		}
		DependencyOrder<Seed> order = DependencyOrder.of(seeds, needs);
		while (order.circles().stream().anyMatch((circle) -> open(circle, needs, resolved))) {
			order = DependencyOrder.of(seeds, needs);
		}
		return order.ordered();
	}

	/**
	 * Foreign keys that lead in a circle say nothing about the order: forget them, so
	 * that nobody else waits.
	 * @return whether there were any
	 */
	private static boolean open(List<Seed> circle, Map<Seed, Set<Seed>> needs, ResolvedSeeds resolved) {
		boolean isOpened = false;
		for (Seed seed : circle) {
			Set<Seed> needed = needs.getOrDefault(seed, Set.of());
			isOpened |= needed
				.removeIf((other) -> circle.contains(other) && !resolved.dependenciesOf(seed.name()).contains(other));
		}
		return isOpened;
	}

	private static List<DataFile> files(List<Seed> seeds) {
		List<DataFile> files = new ArrayList<>();
		for (Seed seed : seeds) {
			if (seed.content() instanceof SeedContent.Data data) {
				files.add(data.file());
			}
		}
		return files;
	}

}
