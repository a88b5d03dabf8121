/**
 * The migration pipeline: resolved migrations are merged with history into a status,
 * planned, checked, run and reported. Everything up to the plan is pure. Knows nothing
 * about Spring Boot, nor of the features that plug in through
 * {@link dev.samara.migration.PlanCheck} and
 * {@link dev.samara.migration.MigrationListener}.
 */
@NullMarked
package dev.samara.migration;

import org.jspecify.annotations.NullMarked;
