package dev.samara.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
import dev.samara.script.SimilarNames;

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
		if (found.isEmpty() && environment.getActiveProfiles().length > 0) {
			warnOfNoEnvironment(profiles);
		}
		return new RunningApplication(found.orElse(null), new Application(
				environment.getProperty("spring.application.name"), version(build.getIfUnique(), environment)));
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

	/** A production profile with a slip in it would leave production unguarded. */
	private static void warnOfNoEnvironment(List<String> profiles) {
		Set<String> known = dev.samara.environment.Environment.knownNames();
		String meant = profiles.stream()
			.map((profile) -> Map.entry(profile, SimilarNames.nearest(profile, known)))
			.filter((slip) -> SimilarNames.areSimilar(slip.getKey(), slip.getValue()))
			.map((slip) -> " Did you mean " + slip.getValue() + " instead of " + slip.getKey() + "?")
			.collect(Collectors.joining());
		logger.warn("No active profile (" + String.join(", ", profiles)
				+ ") stands for an environment, so that nothing " + "guards this database as one of production." + meant
				+ " Set samara.environment, or say in samara.environments which profiles stand for it.");
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
