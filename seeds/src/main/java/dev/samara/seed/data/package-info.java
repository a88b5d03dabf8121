/**
 * Loads the rows of a file, in CSV, JSON or YAML, into a table: reads, checks against the
 * catalogue, streams by {@code COPY}, merges by a key. Works in a transaction of the
 * caller's, and knows nothing about histories, environments or what else a seed can be.
 */
@NullMarked
package dev.samara.seed.data;

import org.jspecify.annotations.NullMarked;
