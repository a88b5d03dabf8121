package dev.samara.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

import dev.samara.migration.MigrationStatus;
import dev.samara.migration.MigrationVersion;
import dev.samara.migration.Migrator;

/**
 * Shows where the databases of the application stand. Only reads, one query a database,
 * and answers also when a database is down.
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
			return MigrationsDescriptor.Database.of(migrator.settings(), migrator.status());
		}
		catch (RuntimeException ex) {
			return MigrationsDescriptor.Database.unavailable(migrator.settings(), ex);
		}
	}

	/**
	 * Return one migration in detail.
	 * @param migration its version, or {@code R:} and the description of a repeatable one
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
		return status.key().toString().equals(name) || (version != null && isVersion(version, name));
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
