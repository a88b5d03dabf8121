/**
 * What migrations and seeds share in a Spring Boot application: the switch, the
 * environment, and how a failure at startup is told. Knows neither migrations nor seeds.
 */
@NullMarked
package dev.samara.autoconfigure;

import org.jspecify.annotations.NullMarked;
