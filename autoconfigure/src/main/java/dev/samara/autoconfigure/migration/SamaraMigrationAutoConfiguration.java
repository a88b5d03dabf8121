package dev.samara.autoconfigure.migration;

import javax.sql.DataSource;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

import dev.samara.autoconfigure.RunningApplication;
import dev.samara.autoconfigure.SamaraAutoConfiguration;
import dev.samara.autoconfigure.StartupEvents;
import dev.samara.migration.MigrationListener;
import dev.samara.migration.Migrator;
import dev.samara.migration.PlanCheck;

/**
 * Auto-configuration that migrates when the application starts.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { DataSourceAutoConfiguration.class, SamaraAutoConfiguration.class })
@ConditionalOnClass(Migrator.class)
@ConditionalOnBooleanProperty(name = "samara.enabled", matchIfMissing = true)
@Conditional(OnMigrationDatabaseCondition.class)
@EnableConfigurationProperties(MigrationProperties.class)
@Import(DatabaseInitializationDependencyConfigurer.class)
public final class SamaraMigrationAutoConfiguration {

	/** Name of the migrator unless the application declares its own. */
	public static final String MIGRATOR_BEAN_NAME = "samaraMigrator";

	/** Nobody may depend on the initializer, and still the application is to migrate. */
	@Bean
	static LazyInitializationExcludeFilter samaraMigrationLazyInitializationExcludeFilter() {
		return LazyInitializationExcludeFilter.forBeanTypes(MigrationInitializer.class);
	}

	/** Lazy, as an application that declares its own migrator may have no use for it. */
	@Bean
	@Lazy
	MigrationDatabase samaraMigrationDatabase(@MigrationDataSource ObjectProvider<DataSource> marked,
			ObjectProvider<DataSource> dataSource, MigrationProperties properties) {
		return MigrationDatabase.choose(marked.getIfAvailable(), dataSource.getIfUnique(), properties);
	}

	@Bean
	MigrationEvents samaraMigrationEvents(StartupEvents events) {
		return new MigrationEvents(events);
	}

	@Bean(MIGRATOR_BEAN_NAME)
	@ConditionalOnMissingBean
	Migrator samaraMigrator(MigrationDatabase database, MigrationProperties properties, RunningApplication running,
			Environment environment, ResourceLoader resourceLoader, ObjectProvider<PlanCheck> checks,
			ObjectProvider<MigrationListener> listeners, ListableBeanFactory beans) {
		ConfiguredTarget.requireText(environment);
		Migrator.Builder builder = Migrator.builder(database.dataSource())
			.settings(properties.settings(running))
			.checks(checks.orderedStream().toList())
			.listeners(listeners.orderedStream().toList());
		JavaMigrationBeans.addTo(builder, beans);
		ClassLoader classLoader = resourceLoader.getClassLoader();
		return ((classLoader != null) ? builder.classLoader(classLoader) : builder).build();
	}

	@Bean(MigrationInitializer.BEAN_NAME)
	@ConditionalOnMissingBean
	MigrationInitializer samaraMigrationInitializer(ObjectProvider<Migrator> migrators, MigrationProperties properties,
			ObjectProvider<MigrationStrategy> strategy, StartupEvents events) {
		MigrationStrategy chosen = strategy.getIfUnique(() -> new TargetStrategy(properties.rollbackDatabase()));
		return new MigrationInitializer(migrators.orderedStream().toList(), properties.onStartup(),
				(migrator) -> events.duringStart(() -> chosen.migrate(migrator)));
	}

}
