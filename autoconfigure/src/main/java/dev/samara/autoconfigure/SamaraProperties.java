package dev.samara.autoconfigure;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What holds for migrations and seeds alike.
 *
 * @param enabled Whether to migrate and seed at all.
 * @param environment Environment of the application. Derived from the active profiles
 * unless set.
 * @param environments Profiles that stand for an environment, in addition to the usual
 * names, by environment.
 * @param claimDatabase Name of the database to mark for the environment, although it has
 * no environment marker and is in use. For one start.
 * @param otherTools What to do when settings or beans of Flyway or Liquibase are present,
 * which Samara does not read.
 */
@ConfigurationProperties("samara")
record SamaraProperties(@DefaultValue("true") boolean enabled, @Nullable String environment,
		@DefaultValue Map<String, List<String>> environments, @Nullable String claimDatabase,
		@DefaultValue("fail") OtherTools otherTools) {

}
