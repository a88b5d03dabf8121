package dev.samara.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.samara.environment.Environment;
import dev.samara.placeholder.BuiltIns;
import dev.samara.script.Finding;

/**
 * Where a database stands, as one query has found it.
 *
 * @param migrations the status of each migration: by version, then repeatable ones by
 * name; the plan has the order in which they run
 * @param plan what the next run would do, as far as its target
 * @param findings what is wrong or worth knowing, what the plan found included
 * @param databaseEnvironment the environment the database remembers, or {@code null}
 * @param database name of the database; {@code null} if it has no history yet
 * @since 0.1.0
 */
public record MigrationOverview(List<MigrationStatus> migrations, MigrationPlan plan, List<Finding> findings,
		@Nullable Environment databaseEnvironment, @Nullable String database) {

	/**
	 * Create an overview.
	 */
	public MigrationOverview {
		migrations = List.copyOf(migrations);
		findings = List.copyOf(findings);
	}

	static MigrationOverview of(List<MigrationStatus> statuses, MigrationPlan plan, @Nullable Environment own,
			HistorySnapshot history) {
		List<Finding> findings = new ArrayList<>(plan.findings());
		String name = history.environment();
		Environment database = (name != null) ? Environment.of(name) : null;
		findings.addAll(missing(own, history, database));
		if (own != null && database != null && !own.equals(database)) {
			findings.add(Finding.error(
					"environment-mismatch", "The application runs in environment \"" + own
							+ "\", but the database belongs to \"" + database + "\"",
					"Check the profiles and the URL of the data source.", null));
		}
		return new MigrationOverview(statuses, plan, findings, database,
				history.exists() ? history.builtIns().get().values().get(BuiltIns.Name.DATABASE) : null);
	}

	/** Without both of them, nothing keeps development data out of production. */
	private static List<Finding> missing(@Nullable Environment own, HistorySnapshot history,
			@Nullable Environment database) {
		List<Finding> findings = new ArrayList<>();
		if (own == null) {
			findings.add(Finding.warning("no-environment", "The environment of the application is unknown",
					"Set samara.environment=prod (or staging, dev), or activate a profile that is mapped to an "
							+ "environment.",
					null));
		}
		if (history.exists() && history.marker() == null) {
			findings.add(Finding.warning("unmarked-database",
					"The database has no environment marker"
							+ ((database != null) ? ", although its history belongs to \"" + database + "\"" : ""),
					"Start an application that knows its environment with samara.migrations.on-startup=migrate, which "
							+ "writes the marker.",
					null));
		}
		return findings;
	}

	/**
	 * Return the highest version that is applied.
	 * @return the version; empty if there is none
	 */
	public Optional<MigrationVersion> current() {
		return this.migrations.stream()
			.filter((status) -> status.applied() != null)
			.map((status) -> status.key().version())
			.filter(Objects::nonNull)
			.max(Comparator.naturalOrder());
	}

	/**
	 * Return the migrations in some states.
	 * @param states the states
	 * @return those of them
	 */
	public List<MigrationStatus> in(MigrationState... states) {
		List<MigrationState> wanted = List.of(states);
		return this.migrations.stream().filter((status) -> wanted.contains(status.state())).toList();
	}

	/**
	 * Return what is not applied yet, whatever the target: the {@linkplain #plan() plan}
	 * tells what the next run applies of it.
	 * @return the migrations that are to be applied
	 */
	public List<MigrationStatus> pending() {
		return this.migrations.stream().filter((status) -> status.state().isToDo()).toList();
	}

}
