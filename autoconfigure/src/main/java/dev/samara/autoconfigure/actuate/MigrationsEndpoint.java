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
import dev.samara.migration.MigrationSettings;
import dev.samara.migration.MigrationStatus;
import dev.samara.migration.MigrationVersion;
import dev.samara.migration.Migrator;
import dev.samara.migration.PlanDescription;
import dev.samara.migration.RollbackTarget;

/**
 * Shows where the databases of the application stand. Only reads, and answers within two
 * seconds for each database, also when it is down: with the last result there was. One
 * query a database, and two more if the next start rolls back.
 *
 * @since 0.1.0
 */
@Endpoint(id = "migrations", defaultAccess = Access.READ_ONLY)
public class MigrationsEndpoint {

	private final Map<String, Watched> databases = new LinkedHashMap<>();

	/**
	 * Create an endpoint.
	 * @param migrators the migrators, by name
	 */
	public MigrationsEndpoint(Map<String, Migrator> migrators) {
		migrators.forEach((name, migrator) -> this.databases.put(name,
				new Watched(migrator.settings(), new BoundedCheck<>(() -> Shown.of(migrator)))));
	}

	/**
	 * Return the status of all migrations.
	 * @return the status, by migrator
	 */
	@ReadOperation
	public MigrationsDescriptor migrations() {
		Map<String, MigrationsDescriptor.Database> databases = new LinkedHashMap<>();
		this.databases.forEach((name, watched) -> databases.put(name, watched.show()));
		return new MigrationsDescriptor(databases);
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
		this.databases.forEach((name, watched) -> detail(watched.check(), migration)
			.ifPresent((detail) -> databases.put(name, detail)));
		return databases.isEmpty() ? null : new MigrationDescriptor(databases);
	}

	private static Optional<MigrationDescriptor.Detail> detail(BoundedCheck<Shown> check, String migration) {
		try {
			return check.get()
				.overview()
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

	/**
	 * What is shown of a database.
	 *
	 * @param overview where it stands
	 * @param plan what the next start would do, or {@code null} if that is nothing
	 */
	private record Shown(MigrationOverview overview, @Nullable PlanDescription plan) {

		/** Only a rollback has to be looked up: whether its script is kept. */
		static Shown of(Migrator migrator) {
			MigrationOverview overview = migrator.status();
			Optional<RollbackTarget> rollback = StartupRollback.of(migrator, overview);
			if (rollback.isPresent()) {
				return new Shown(overview, migrator.planRollback(rollback.get()).describe());
			}
			return new Shown(overview, overview.plan().steps().isEmpty() ? null : overview.plan().describe());
		}

	}

	/**
	 * A database that is shown.
	 *
	 * @param settings how it is migrated
	 * @param check finds where it stands
	 */
	private record Watched(MigrationSettings settings, BoundedCheck<Shown> check) {

		MigrationsDescriptor.Database show() {
			try {
				Shown shown = this.check.get();
				return MigrationsDescriptor.Database.of(this.settings, shown.overview(), shown.plan(), null, null);
			}
			catch (RuntimeException ex) {
				BoundedCheck.Last<Shown> last = this.check.last();
				return (last == null) ? MigrationsDescriptor.Database.unavailable(this.settings, ex)
						: MigrationsDescriptor.Database.of(this.settings, last.value().overview(), last.value().plan(),
								ex, last.checkedAt());
			}
		}

	}

}
