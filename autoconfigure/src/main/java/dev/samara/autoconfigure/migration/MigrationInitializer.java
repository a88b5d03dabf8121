package dev.samara.autoconfigure.migration;

import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.core.Ordered;

import dev.samara.migration.Migrator;

/**
 * Migrates when it is initialized. Whatever uses the database at startup waits for it.
 *
 * @since 0.1.0
 */
public final class MigrationInitializer implements InitializingBean, Ordered {

	/** Name of the bean, for {@code @DependsOn}. */
	public static final String BEAN_NAME = "samaraMigrationInitializer";

	private static final Log logger = LogFactory.getLog(MigrationInitializer.class);

	private final List<Migrator> migrators;

	private final OnStartup onStartup;

	private final MigrationStrategy strategy;

	/**
	 * Create an initializer.
	 * @param migrators the migrators, in the order they run
	 * @param onStartup what to do with them
	 * @param strategy how to migrate
	 */
	public MigrationInitializer(List<Migrator> migrators, OnStartup onStartup, MigrationStrategy strategy) {
		this.migrators = List.copyOf(migrators);
		this.onStartup = onStartup;
		this.strategy = strategy;
	}

	@Override
	public void afterPropertiesSet() {
		switch (this.onStartup) {
			case MIGRATE -> this.migrators.forEach(this.strategy::migrate);
			case VALIDATE -> this.migrators.forEach(Migrator::validate);
			case WAIT -> this.migrators.forEach(Migrator::awaitMigrated);
			case OFF -> logger.info("Migrations are off (samara.migrations.on-startup=off)");
		}
	}

	@Override
	public int getOrder() {
		return 0;
	}

}
