/**
 * Seeds when the application starts, on the database and after the migrations of
 * {@link dev.samara.autoconfigure.migration}. Knows nothing about the actuator.
 */
@NullMarked
package dev.samara.autoconfigure.seed;

import org.jspecify.annotations.NullMarked;
