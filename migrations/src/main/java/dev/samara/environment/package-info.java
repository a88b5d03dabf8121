/**
 * The environment an application runs in, and the mark by which a database remembers its
 * own. Knows nothing about migrations or seeds.
 */
@NullMarked
package dev.samara.environment;

import org.jspecify.annotations.NullMarked;
