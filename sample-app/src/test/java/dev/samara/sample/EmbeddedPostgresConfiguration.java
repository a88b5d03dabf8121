package dev.samara.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Gives the application a PostgreSQL that keeps its data in {@code .samara/postgres},
 * unless {@code spring.datasource.url} names a server.
 */
@TestConfiguration(proxyBeanMethods = false)
@Conditional(EmbeddedPostgresConfiguration.NoServerNamed.class)
class EmbeddedPostgresConfiguration {

	@Bean
	LocalPostgres localPostgres() throws IOException {
		return LocalPostgres.start(Path.of(".samara"));
	}

	/**
	 * A database belongs to one environment for good, so each profile gets its own.
	 */
	@Bean
	JdbcConnectionDetails localPostgresConnectionDetails(LocalPostgres postgres, Environment environment) {
		String profiles = String.join("_", environment.getActiveProfiles()).toLowerCase(Locale.ROOT);
		String url = postgres.database("nursery_" + profiles.replaceAll("[^a-z0-9_]", "_"));
		return new PostgresConnectionDetails(url, "postgres", "");
	}

	/**
	 * An empty URL counts as none: it is what {@code ${DATABASE_URL:}} leaves.
	 */
	static class NoServerNamed implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return !StringUtils.hasText(context.getEnvironment().getProperty("spring.datasource.url"));
		}

	}

}
