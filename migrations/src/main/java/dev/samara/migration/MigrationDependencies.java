package dev.samara.migration;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.samara.script.Dependency;
import dev.samara.script.DependencyOrder;
import dev.samara.script.Finding;
import dev.samara.script.SimilarNames;

/**
 * Which migrations need which others before them, by what their files say. Pure.
 */
final class MigrationDependencies {

	private final Map<String, Set<MigrationKey>> names = new HashMap<>();

	/** Names without the blanks between their words; they count if no other name fits. */
	private final Map<String, Set<MigrationKey>> oneWords = new HashMap<>();

	/** How a name is written in the project. */
	private final Map<String, String> written = new HashMap<>();

	private final Map<MigrationKey, Set<MigrationKey>> needs = new HashMap<>();

	private final Map<MigrationKey, Dependency> said = new HashMap<>();

	private final List<Finding> findings = new ArrayList<>();

	private final List<MigrationStatus> ordered;

	private MigrationDependencies(List<MigrationStatus> statuses) {
		if (statuses.stream().noneMatch(MigrationDependencies::hasAny)) {
			// Nearly always, and each start of an application comes here.
			this.ordered = statuses;
			return;
		}
		statuses.forEach(this::name);
		statuses.forEach(this::resolve);
		Map<MigrationKey, MigrationStatus> byKey = statuses.stream()
			.collect(Collectors.toMap(MigrationStatus::key, Function.identity()));
		DependencyOrder<MigrationKey> order = DependencyOrder.of(statuses.stream().map(MigrationStatus::key).toList(),
				this.needs);
		order.circles().forEach(this::noteCircle);
		this.ordered = order.ordered().stream().map(byKey::get).toList();
	}

	/**
	 * Find the dependencies.
	 * @param statuses the migrations in the order of their versions
	 */
	static MigrationDependencies of(List<MigrationStatus> statuses) {
		return new MigrationDependencies(statuses);
	}

	private static boolean hasAny(MigrationStatus status) {
		return status.migration() != null && !status.migration().content().dependencies().isEmpty();
	}

	/**
	 * Return all migrations, each behind what it needs.
	 */
	List<MigrationStatus> ordered() {
		return this.ordered;
	}

	/**
	 * Return what a migration needs.
	 */
	Set<MigrationKey> of(MigrationKey key) {
		return this.needs.getOrDefault(key, Set.of());
	}

	/**
	 * Return everything a migration needs, directly or not.
	 */
	Set<MigrationKey> allOf(MigrationKey key) {
		Set<MigrationKey> all = new LinkedHashSet<>();
		Deque<MigrationKey> open = new ArrayDeque<>(of(key));
		while (!open.isEmpty()) {
			MigrationKey next = open.remove();
			if (all.add(next)) {
				open.addAll(of(next));
			}
		}
		return all;
	}

	/**
	 * Return the migrations that need another one.
	 */
	List<MigrationStatus> dependentOn(MigrationKey key) {
		return this.needs.isEmpty() ? List.of()
				: this.ordered.stream().filter((status) -> of(status.key()).contains(key)).toList();
	}

	/**
	 * Return what is not clear.
	 */
	List<Finding> findings() {
		return this.findings;
	}

	/** Everything a migration may be called by. */
	private void name(MigrationStatus status) {
		MigrationKey key = status.key();
		String file = status.script().substring(status.script().lastIndexOf('/') + 1);
		String own = ownName(status, file);
		String oneWord = status.description().replace(" ", "");
		String start = ((key.version() != null) ? "V" + key.version() : "R") + "__";
		Stream
			.of(key.toString(), status.description(), key.name(), file, status.script(), own,
					start + status.description())
			.forEach((name) -> add(this.names, name, key, own));
		Stream.of(oneWord, start + oneWord).forEach((name) -> add(this.oneWords, name, key, own));
	}

	private void add(Map<String, Set<MigrationKey>> names, String name, MigrationKey key, String own) {
		names.computeIfAbsent(normal(name), (text) -> new LinkedHashSet<>()).add(key);
		this.written.putIfAbsent(normal(name), own);
	}

	private Set<MigrationKey> find(String name) {
		Set<MigrationKey> found = this.names.get(normal(name));
		return (found != null) ? found : this.oneWords.getOrDefault(normal(name), Set.of());
	}

	/**
	 * The file without its extension; the class without its package, or what code says.
	 */
	private static String ownName(MigrationStatus status, String file) {
		if (status.migration() != null && status.migration().content() instanceof MigrationContent.Java code) {
			return (code.ownName() != null) ? code.ownName() : file.replaceFirst(".*[.$#]", "");
		}
		return file.replaceFirst("(?i)(\\.up)?\\.sql$", "");
	}

	private static String normal(String name) {
		String text = name.replace('_', ' ').strip().toLowerCase(Locale.ROOT);
		boolean isVersion = text.matches("v?\\d+([. ]\\d+)*");
		// Version 002.0 is version 2, here as everywhere.
		return isVersion
				? text.replaceAll("[v ]", ".").replaceAll("(^|\\.)0+(?=\\d)", "$1").replaceAll("^\\.|(\\.0)+$", "")
				: text;
	}

	private void resolve(MigrationStatus status) {
		Migration migration = status.migration();
		if (migration == null) {
			return;
		}
		for (Dependency dependency : migration.content().dependencies()) {
			Set<MigrationKey> found = dependency.name().isEmpty() ? Set.of() : find(dependency.name());
			if (found.size() == 1) {
				this.needs.computeIfAbsent(status.key(), (key) -> new LinkedHashSet<>()).addAll(found);
				this.said.putIfAbsent(status.key(), dependency);
			}
			else {
				this.findings.add(unclear(status, dependency, found));
			}
		}
	}

	private Finding unclear(MigrationStatus status, Dependency dependency, Set<MigrationKey> found) {
		if (dependency.name().isEmpty() && status.migration() != null
				&& status.migration().content() instanceof MigrationContent.Java code) {
			return Finding.error("invalid-code",
					"Method dependsOn() of " + code.path() + " returns a list with a blank in it",
					"Name what it depends on, as in List.of(\"3\", \"create_users\", \"R:views\"), or return List.of().",
					dependency.place());
		}
		if (dependency.name().isEmpty()) {
			return Finding.error("invalid-directive", "The file does not say what it depends on",
					"Write \"-- samara: depends-on=3, create_users, R:views\", or take the line out.",
					dependency.place());
		}
		if (found.size() > 1) {
			return Finding.error("ambiguous-dependency",
					"Migration " + status + " depends on \"" + dependency.name() + "\", which may be any of "
							+ found.stream().map(MigrationKey::toString).sorted().collect(Collectors.joining(", ")),
					"Write its version, or R: and the name of a repeatable one.", dependency.place());
		}
		List<String> others = Stream.of(this.names, this.oneWords)
			.flatMap((names) -> names.entrySet().stream())
			.filter((entry) -> !entry.getKey().isEmpty() && !entry.getValue().contains(status.key()))
			.map(Map.Entry::getKey)
			.toList();
		return Finding.error("unknown-dependency",
				"Migration " + status + " depends on \"" + dependency.name() + "\", and there is no such migration",
				others.isEmpty() ? "There are no other migrations." : "Did you mean \""
						+ this.written.get(SimilarNames.nearest(normal(dependency.name()), others)) + "\"?",
				dependency.place());
	}

	private void noteCircle(List<MigrationKey> circle) {
		this.findings.add(Finding.error("dependency-cycle",
				"Migrations depend on each other in a circle: "
						+ circle.stream().map(MigrationKey::toString).collect(Collectors.joining(" -> ")) + " -> "
						+ circle.get(0),
				"Take one of these dependencies out.", Objects.requireNonNull(this.said.get(circle.get(0))).place()));
	}

}
