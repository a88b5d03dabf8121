/**
 * Programs that measure Samara against what can be done by hand, and print ratios. They
 * judge nothing: no build depends on their figures.
 */
@NullMarked
package dev.samara.benchmark;

import org.jspecify.annotations.NullMarked;
