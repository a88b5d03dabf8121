package dev.samara.autoconfigure.actuate;

import java.util.Map;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

import dev.samara.autoconfigure.migration.SamaraMigrationAutoConfiguration;
import dev.samara.migration.Migrator;

/**
 * Auto-configuration of {@link MigrationsHealthIndicator}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SamaraMigrationAutoConfiguration.class)
@ConditionalOnClass({ Migrator.class, HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(Migrator.class)
@ConditionalOnEnabledHealthIndicator("migrations")
public final class MigrationsHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "migrationsHealthIndicator", "migrationsHealthContributor" })
	HealthContributor migrationsHealthContributor(Map<String, Migrator> migrators) {
		if (migrators.size() == 1) {
			return new MigrationsHealthIndicator(migrators.values().iterator().next());
		}
		return CompositeHealthContributor.fromMap(migrators, MigrationsHealthIndicator::new);
	}

}
