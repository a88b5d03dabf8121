package dev.samara.autoconfigure.actuate;

import java.util.Map;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import dev.samara.autoconfigure.seed.SamaraSeedAutoConfiguration;
import dev.samara.seed.SeedRunner;

/**
 * Auto-configuration of {@link SeedsEndpoint}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SamaraSeedAutoConfiguration.class)
@ConditionalOnClass({ SeedRunner.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnAvailableEndpoint(SeedsEndpoint.class)
public final class SeedsEndpointAutoConfiguration {

	@Bean
	@ConditionalOnBean(SeedRunner.class)
	@ConditionalOnMissingBean
	SeedsEndpoint seedsEndpoint(Map<String, SeedRunner> runners) {
		return new SeedsEndpoint(runners);
	}

}
