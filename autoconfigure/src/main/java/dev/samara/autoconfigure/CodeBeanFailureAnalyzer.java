package dev.samara.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.ClassUtils;

import dev.samara.SamaraException;

/**
 * Explains that a bean which migrates or seeds depends on one that uses the database, and
 * so waits until everything is migrated and seeded. Comes before the analyzer of Spring
 * Boot, which sees a circle and knows no way out, and before that of other failures of
 * Samara's.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class CodeBeanFailureAnalyzer extends AbstractFailureAnalyzer<BeanCurrentlyInCreationException> {

	private static final List<String> INITIALIZERS = List.of("dev.samara.autoconfigure.migration.MigrationInitializer",
			"dev.samara.autoconfigure.seed.SeedInitializer");

	private static final String WITHOUT = "Take that bean out of it";

	private static final List<Kind> KINDS = List.of(new Kind("dev.samara.migration.JavaMigration",
			"migrates the database",
			WITHOUT + ", and use the database of the MigrationContext: its jdbc(), client() and connection() work in the "
					+ "transaction of the migration."),
			new Kind("dev.samara.seed.Seeder", "seeds the database", WITHOUT
					+ ", and use the database of the SeedContext: its jdbc(), client() and connection() work in the transaction of the seed."),
			new Kind("dev.samara.migration.PlanCheck", "checks what is to be migrated", WITHOUT + "."),
			new Kind("dev.samara.migration.MigrationListener", "listens to migrations", WITHOUT + "."),
			new Kind("dev.samara.seed.SeedListener", "listens to seeds", WITHOUT + "."));

	private final @Nullable BeanFactory beans;

	CodeBeanFailureAnalyzer(@Nullable BeanFactory beans) {
		this.beans = beans;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BeanCurrentlyInCreationException cause) {
		List<String> cycle = cycle(rootFailure);
		if (cycle.stream().noneMatch(this::isInitializer)) {
			return null;
		}
		for (int i = 0; i < cycle.size(); i++) {
			Kind kind = kind(cycle.get(i));
			if (kind != null) {
				List<String> way = new ArrayList<>(cycle.subList(i, cycle.size()));
				way.addAll(cycle.subList(0, i));
				return new FailureAnalysis("Bean \"%s\" %s, and depends on what waits for that:%n%n%s"
					.formatted(cycle.get(i), kind.what(), drawn(way, cycle.get(i))), kind.remedy(), rootFailure);
			}
		}
		return whileItRuns(rootFailure, cycle);
	}

	/**
	 * A bean that is asked for only when code runs is no dependency of the code's bean.
	 */
	private @Nullable FailureAnalysis whileItRuns(Throwable rootFailure, List<String> cycle) {
		for (Throwable failure = rootFailure; failure != null; failure = failure.getCause()) {
			if (failure instanceof SamaraException known) {
				int first = isInitializer(cycle.get(0)) ? 1 : 0;
				List<String> way = new ArrayList<>(cycle.subList(first, cycle.size()));
				way.addAll(cycle.subList(0, first));
				return new FailureAnalysis(
						"%s%n%nWhile it ran it has asked for a bean that waits for it:%n%n%s"
							.formatted(known.getMessage(), drawn(way, "it")),
						WITHOUT + ", and use the database of its context: jdbc(), client() and connection() work in its transaction.",
						rootFailure);
			}
		}
		return null;
	}

	/**
	 * The beans of the circle, each behind the one that needs it.
	 */
	private static List<String> cycle(Throwable failure) {
		List<String> names = new ArrayList<>();
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof BeanCreationException creation && creation.getBeanName() != null
					&& (names.isEmpty() || !names.get(names.size() - 1).equals(creation.getBeanName()))) {
				names.add(creation.getBeanName());
			}
		}
		if (names.isEmpty()) {
			return names;
		}
		String last = names.remove(names.size() - 1);
		int start = names.indexOf(last);
		return (start >= 0) ? names.subList(start, names.size()) : List.of();
	}

	private String drawn(List<String> way, String waitedFor) {
		int end = 0;
		while (end < way.size() && !isInitializer(way.get(end))) {
			end++;
		}
		return way.subList(0, Math.min(end + 1, way.size()))
			.stream()
			.map((name) -> isInitializer(name) ? name + ", which waits for " + waitedFor : name)
			.collect(Collectors.joining("%n   -> ".formatted(), "   ", ""));
	}

	/** An application may have one of its own, under any name. */
	private boolean isInitializer(String bean) {
		return INITIALIZERS.stream().anyMatch((type) -> isOfType(bean, type));
	}

	private @Nullable Kind kind(String bean) {
		return KINDS.stream().filter((kind) -> isOfType(bean, kind.type())).findFirst().orElse(null);
	}

	/** The type is named, as either engine may be absent. */
	private boolean isOfType(String bean, String type) {
		ClassLoader classLoader = getClass().getClassLoader();
		return this.beans != null && this.beans.containsBean(bean) && ClassUtils.isPresent(type, classLoader)
				&& this.beans.isTypeMatch(bean, ClassUtils.resolveClassName(type, classLoader));
	}

	/**
	 * What a bean may be for Samara.
	 */
	private record Kind(String type, String what, String remedy) {

	}

}
