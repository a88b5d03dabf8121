package dev.samara.migration;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.samara.existing.ExistingObjects;
import dev.samara.existing.ForeignHistory;
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
	 * Check a plan that would run.
	 * @param history the history; only one without any entry is a first run
	 */
	static Optional<Finding> check(OnNonEmpty onNonEmpty, HistorySnapshot history) {
		ExistingObjects existing = history.existing();
		if (onNonEmpty == OnNonEmpty.MIGRATE || !history.entries().isEmpty() || existing.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(Finding.error(CODE,
				existing.describe()
						+ ". Samara has no history there, so it would run every migration from the first one on",
				action(existing), null));
	}

	/**
	 * Explain an error of the server that a non-empty schema explains.
	 * @return sentences to put before the action; empty if it explains nothing
	 */
	static String explain(ExistingObjects existing, @Nullable String sqlState) {
		return (existing.isEmpty() || sqlState == null || !DUPLICATE.contains(sqlState)) ? ""
				: existing.describe() + " that were not created by Samara. " + action(existing) + " ";
	}

	private static String action(ExistingObjects existing) {
		String tools = existing.histories()
			.stream()
			.map(ForeignHistory::tool)
			.filter((tool) -> tool != MigrationTool.SAMARA)
			.distinct()
			.map(MigrationTool::toString)
			.collect(Collectors.joining(" and "));
		String own = existing.histories()
			.stream()
			.filter((history) -> history.tool() == MigrationTool.SAMARA)
			.findFirst()
			.map((history) -> "If \"" + history.table().name()
					+ "\" is the history of this application, set samara.migrations.table=" + history.table().name()
					+ ". ")
			.orElse("");
		return "Check that this is the right database. " + own
				+ (tools.isEmpty() ? ""
						: "To keep what " + tools + " has migrated, continue to migrate it with " + tools
								+ " and set samara.migrations.on-startup=off. ")
				+ "To use an empty schema instead, set samara.migrations.schema. Only if every migration is meant to run on "
				+ "top of the existing objects, set samara.migrations.on-non-empty=migrate.";
	}

}
