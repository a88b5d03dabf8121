package dev.samara.autoconfigure.migration;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Marks the data source to migrate and seed with, where it is not the application's own.
 * Declare it with {@code @Bean(defaultCandidate = false)}, so that Spring Boot still
 * configures the application's data source and nobody else is given this one.
 *
 * @since 0.1.0
 */
@Documented
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE })
public @interface MigrationDataSource {

}
