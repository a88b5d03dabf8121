package dev.samara.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

import dev.samara.autoconfigure.migration.StartupRollback;
import dev.samara.migration.MigrationOverview;
import dev.samara.migration.MigrationStatus;
import dev.samara.migration.MigrationVersion;
import dev.samara.migration.Migrator;
import dev.samara.migration.PlanDescription;
import dev.samara.migration.RollbackTarget;

/**
 * Shows where the databases of the application stand. Only reads, and answers also when a
 * database is down. One query a database, and two more if the next start rolls back.
 *
 * @since 0.1.0
 */
@Endpoint(id = "migrations", defaultAccess = Access.READ_ONLY)
public class MigrationsEndpoint {

	private final Map<String, Migrator> migrators;

	/**
	 * Create an endpoint.
	 * @param migrators the migrators, by name
	 */
	public MigrationsEndpoint(Map<String, Migrator> migrators) {
		this.migrators = new LinkedHashMap<>(migrators);
	}

	/**
	 * Return the status of all migrations.
	 * @return the status, by migrator
	 */
	@ReadOperation
	public MigrationsDescriptor migrations() {
		Map<String, MigrationsDescriptor.Database> databases = new LinkedHashMap<>();
		this.migrators.forEach((name, migrator) -> databases.put(name, database(migrator)));
		return new MigrationsDescriptor(databases);
	}

	private static MigrationsDescriptor.Database database(Migrator migrator) {
		try {
			MigrationOverview overview = migrator.status();
			return MigrationsDescriptor.Database.of(migrator.settings(), overview, plan(migrator, overview));
		}
		catch (RuntimeException ex) {
			return MigrationsDescriptor.Database.unavailable(migrator.settings(), ex);
		}
	}

	/** Only a rollback has to be looked up: whether the way back is kept. */
	private static @Nullable PlanDescription plan(Migrator migrator, MigrationOverview overview) {
		Optional<RollbackTarget> rollback = StartupRollback.of(migrator, overview);
		if (rollback.isPresent()) {
			return migrator.planRollback(rollback.get()).describe();
		}
		return overview.plan().steps().isEmpty() ? null : overview.plan().describe();
	}

	/**
	 * Return one migration in detail.
	 * @param migration its version, or {@code R:} and the description of a repeatable
	 * one, as it is shown or as its file writes it
	 * @return the migration, by migrator; {@code null} if no database knows it
	 */
	@ReadOperation
	public @Nullable MigrationDescriptor migration(@Selector String migration) {
		Map<String, MigrationDescriptor.Detail> databases = new LinkedHashMap<>();
		this.migrators.forEach(
				(name, migrator) -> detail(migrator, migration).ifPresent((detail) -> databases.put(name, detail)));
		return databases.isEmpty() ? null : new MigrationDescriptor(databases);
	}

	private static Optional<MigrationDescriptor.Detail> detail(Migrator migrator, String migration) {
		try {
			return migrator.status()
				.migrations()
				.stream()
				.filter((status) -> isNamed(status, migration))
				.findFirst()
				.map(MigrationDescriptor.Detail::of);
		}
		catch (RuntimeException ex) {
			return Optional.of(MigrationDescriptor.Detail.unavailable(ex));
		}
	}

	private static boolean isNamed(MigrationStatus status, String name) {
		MigrationVersion version = status.key().version();
		return (version != null) ? isVersion(version, name)
				: status.key().toString().replace('_', ' ').equals(name.replace('_', ' '));
	}

	private static boolean isVersion(MigrationVersion version, String text) {
		try {
			return version.equals(MigrationVersion.of(text));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
