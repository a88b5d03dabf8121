package dev.samara.autoconfigure.migration;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.samara.SamaraException;
import dev.samara.migration.MigrationOverview;
import dev.samara.migration.MigrationTarget;
import dev.samara.migration.RollbackPlan;
import dev.samara.script.Finding;

/**
 * Thrown when a start would roll back a production database that was not named for it.
 * Nothing has run then.
 */
final class RollbackNotConfirmedException extends SamaraException {

	RollbackNotConfirmedException(MigrationTarget target, MigrationOverview overview, RollbackPlan plan,
			@Nullable String confirmed) {
		super("samara.migrations.target=" + target + " would roll back production database \"" + overview.database()
				+ "\" from version " + overview.current().map(Object::toString).orElse("none") + ": " + steps(plan)
				+ problems(plan.errors()) + other(confirmed) + ". Nothing was run.",
				"If the target was forgotten, remove samara.migrations.target (SAMARA_MIGRATIONS_TARGET). To roll back, "
						+ "set samara.migrations.rollback-database=" + overview.database() + " for this start.",
				null);
	}

	private static String steps(RollbackPlan plan) {
		return plan.steps()
			.stream()
			.map((step) -> step.status().key() + " (" + step.status().description() + ")")
			.collect(Collectors.joining(", "));
	}

	private static String problems(List<Finding> errors) {
		return errors.isEmpty() ? "" : "; it is not possible either: "
				+ errors.stream().map(Finding::toString).collect(Collectors.joining(", "));
	}

	private static String other(@Nullable String confirmed) {
		return (confirmed == null || confirmed.isEmpty()) ? ""
				: "; samara.migrations.rollback-database names \"" + confirmed + "\", which is not this database";
	}

}
