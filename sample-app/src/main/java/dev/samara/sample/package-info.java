/**
 * The Acer Nursery: a small web service whose database is migrated and seeded by Samara.
 * Nothing in its code refers to Samara; the dependency, the scripts and the configuration
 * are all it takes.
 */
@NullMarked
package dev.samara.sample;

import org.jspecify.annotations.NullMarked;
