package dev.samara.autoconfigure.seed;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ResourceLoader;

import dev.samara.autoconfigure.RunningApplication;
import dev.samara.autoconfigure.StartupEvents;
import dev.samara.autoconfigure.migration.MigrationDatabase;
import dev.samara.autoconfigure.migration.MigrationProperties;
import dev.samara.autoconfigure.migration.SamaraMigrationAutoConfiguration;
import dev.samara.seed.SeedListener;
import dev.samara.seed.SeedRunner;
import dev.samara.seed.Seeder;

/**
 * Auto-configuration that seeds when the application starts, after it has migrated.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SamaraMigrationAutoConfiguration.class)
@ConditionalOnClass(SeedRunner.class)
@ConditionalOnBooleanProperty(name = "samara.seeds.enabled", matchIfMissing = true)
@ConditionalOnBean(MigrationDatabase.class)
@EnableConfigurationProperties(SeedProperties.class)
public final class SamaraSeedAutoConfiguration {

	/** Name of the seed runner unless the application declares its own. */
	public static final String SEED_RUNNER_BEAN_NAME = "samaraSeedRunner";

	/** Nobody may depend on the initializer, and still the application is to seed. */
	@Bean
	static LazyInitializationExcludeFilter samaraSeedLazyInitializationExcludeFilter() {
		return LazyInitializationExcludeFilter.forBeanTypes(SeedInitializer.class);
	}

	@Bean
	SeedEvents samaraSeedEvents(StartupEvents events) {
		return new SeedEvents(events);
	}

	@Bean(SEED_RUNNER_BEAN_NAME)
	@ConditionalOnMissingBean
	SeedRunner samaraSeedRunner(MigrationDatabase database, SeedProperties properties, MigrationProperties migrations,
			RunningApplication running, ResourceLoader resourceLoader, ObjectProvider<Seeder> seeders,
			ObjectProvider<SeedListener> listeners) {
		SeedRunner.Builder builder = SeedRunner.builder(database.dataSource())
			.settings(properties.settings(migrations, running))
			.seeders(seeders.orderedStream().toList())
			.listeners(listeners.orderedStream().toList());
		ClassLoader classLoader = resourceLoader.getClassLoader();
		return ((classLoader != null) ? builder.classLoader(classLoader) : builder).build();
	}

	@Bean(SeedInitializer.BEAN_NAME)
	@ConditionalOnMissingBean
	SeedInitializer samaraSeedInitializer(ObjectProvider<SeedRunner> runners, MigrationProperties migrations,
			StartupEvents events) {
		return new SeedInitializer(runners.orderedStream().toList(), migrations.onStartup(),
				(runner) -> events.duringStart(runner::run));
	}

}
