package dev.samara.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.env.Environment;

import dev.samara.environment.Application;
import dev.samara.environment.EnvironmentResolver;

/**
 * Auto-configuration of what migrations and seeds share.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "samara.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SamaraProperties.class)
public final class SamaraAutoConfiguration {

	private static final Log logger = LogFactory.getLog(SamaraAutoConfiguration.class);

	@Bean
	static OtherToolsGuard samaraOtherToolsGuard(Environment environment) {
		return new OtherToolsGuard(environment);
	}

	@Bean
	@ConditionalOnMissingBean
	RunningApplication samaraRunningApplication(SamaraProperties properties, Environment environment,
			ObjectProvider<BuildProperties> build) {
		UnresolvedVariables.refuse(environment, "samara");
		List<String> profiles = profilesInForce(environment);
		Optional<dev.samara.environment.Environment> found = new EnvironmentResolver(properties.environments())
			.resolve(properties.environment(), profiles);
		EnvironmentWarnings.of(found.orElse(null), properties.environment(), properties.environments(), profiles)
			.forEach(logger::warn);
		return new RunningApplication(found.orElse(null),
				new Application(environment.getProperty("spring.application.name"),
						version(build.getIfUnique(), environment)),
				properties.claimDatabase());
	}

	@Bean
	static OwnMulticaster samaraOwnMulticaster() {
		return new OwnMulticaster();
	}

	@Bean
	@ConditionalOnMissingBean
	StartupEvents samaraStartupEvents(AbstractApplicationContext context, OwnMulticaster multicaster) {
		return new StartupEvents(context, multicaster);
	}

	/** Without an active profile the default ones apply, also to the configuration. */
	private static List<String> profilesInForce(Environment environment) {
		String[] active = environment.getActiveProfiles();
		return Arrays.asList((active.length > 0) ? active : environment.getDefaultProfiles());
	}

	private static @Nullable String version(@Nullable BuildProperties build, Environment environment) {
		String version = (build != null) ? build.getVersion() : null;
		return (version != null) ? version : environment.getProperty("spring.application.version");
	}

}
