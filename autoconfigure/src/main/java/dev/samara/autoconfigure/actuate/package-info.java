/**
 * What the actuator shows of migrations and seeds: endpoints that only read, and health.
 * Copies what the engines tell into descriptors of its own, without SQL and credentials.
 */
@NullMarked
package dev.samara.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
