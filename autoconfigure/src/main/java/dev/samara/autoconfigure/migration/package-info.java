/**
 * Migrates when the application starts: chooses the data source, builds the
 * {@link dev.samara.migration.Migrator}, and runs it before anything else uses the
 * database. Knows nothing about seeds and the actuator.
 */
@NullMarked
package dev.samara.autoconfigure.migration;

import org.jspecify.annotations.NullMarked;
