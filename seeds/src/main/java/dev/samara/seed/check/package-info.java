/**
 * Checks data: queries that must return nothing, expected numbers of rows, foreign keys
 * that point to nothing. Only reads. Knows nothing about seeds, histories or
 * environments.
 */
@NullMarked
package dev.samara.seed.check;

import org.jspecify.annotations.NullMarked;
