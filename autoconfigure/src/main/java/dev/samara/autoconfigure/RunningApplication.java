package dev.samara.autoconfigure;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;
import dev.samara.environment.Application;
import dev.samara.environment.Environment;

/**
 * The application that is starting, as the records of a database are to name it.
 *
 * @param environment the environment it runs in, or {@code null} if nothing tells
 * @param application its name and version
 * @param claimedDatabase the database that it claims for its environment, or {@code null}
 * @since 0.1.0
 */
@Internal
public record RunningApplication(@Nullable Environment environment, Application application,
		@Nullable String claimedDatabase) {

}
