/**
 * The repackaged application as real processes: many at once, and killed in the middle.
 */
package dev.samara.sample.process;
