/**
 * What migrations and seeds share in a Spring Boot application: the switch, the
 * environment, how a failure at startup is told, and which files a native image needs.
 * Knows of migrations and seeds no more than where their scripts are.
 */
@NullMarked
package dev.samara.autoconfigure;

import org.jspecify.annotations.NullMarked;
