package dev.samara.migration;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.samara.existing.ExistingObjects;
import dev.samara.existing.MigrationTool;
import dev.samara.script.Finding;

/**
 * Decides whether a first run may start in a schema that contains objects. Pure.
 */
final class NonEmptySchema {

	static final String CODE = "non-empty-schema";

	/** Duplicate table, object, column, function, schema. */
	private static final Set<String> DUPLICATE = Set.of("42P07", "42710", "42701", "42723", "42P06");

	private NonEmptySchema() {
	}

	/**
	 * Check a plan that would run. An attempt that failed ends the check, because
	 * callbacks of a first run may have created objects; not so where another tool has
	 * migrated the schema, which no first run does.
	 */
	static Optional<Finding> check(OnNonEmpty onNonEmpty, HistorySnapshot history) {
		ExistingObjects existing = history.existing();
		if (onNonEmpty == OnNonEmpty.MIGRATE) {
			return Optional.empty();
		}
		if (existing.isEmpty()) {
			return existing.toolsOfTheDatabase().isEmpty() ? Optional.empty()
					: Optional.of(Finding.warning("other-schema-migrated",
							existing.describe() + ". Every migration runs from the first one on",
							"If the objects of this application are in another schema, set samara.migrations.schema.",
							null));
		}
		if (!history.entries().isEmpty() && existing.toolsOfTheSchema().isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(Finding.error(CODE,
				existing.describe()
						+ ". Samara has applied no migration there, so it would run every one from the first one on",
				action(existing)
						+ "Only if every migration is meant to run on top of the existing objects, set samara.migrations.on-non-empty=migrate.",
				null));
	}

	/**
	 * Return whether a plan is refused because of what the schema contains.
	 */
	static boolean isRefused(MigrationPlan plan) {
		return plan.errors().stream().anyMatch((error) -> error.code().equals(CODE));
	}

	/**
	 * Explain an error of the server that existing objects explain.
	 * @return sentences to put before the action; empty if they explain nothing
	 */
	static String explain(ExistingObjects existing, @Nullable String sqlState) {
		boolean isExplained = sqlState != null && DUPLICATE.contains(sqlState)
				&& !(existing.isEmpty() && existing.histories().isEmpty());
		return isExplained ? existing.describe() + ". Samara had applied no migration there. " + action(existing) : "";
	}

	private static String action(ExistingObjects existing) {
		boolean isCertain = !existing.toolsOfTheSchema().isEmpty();
		String tools = (isCertain ? existing.toolsOfTheSchema() : existing.toolsOfTheDatabase()).stream()
			.map(MigrationTool::toString)
			.collect(Collectors.joining(" and "));
		String own = existing.histories()
			.stream()
			.filter((history) -> !history.isOfAnotherTool()
					&& Objects.equals(history.table().schema(), existing.schema()))
			.findFirst()
			.map((history) -> "If \"" + history.table().name()
					+ "\" is the history of this application, set samara.migrations.table=" + history.table().name()
					+ ". ")
			.orElse("");
		return "Check that this is the right database. " + own
				+ (tools.isEmpty() ? ""
						: (isCertain ? "To keep what " + tools + " has migrated"
								: "If " + tools + " migrates the objects of this application") + ", continue to use "
								+ tools + " and set samara.migrations.on-startup=off. ")
				+ "To use an empty schema instead, set samara.migrations.schema. ";
	}

}
