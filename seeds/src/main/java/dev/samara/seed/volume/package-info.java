/**
 * Makes rows in any number from a small file that says what their columns hold. Pure, and
 * the same on every machine: a value depends on the file, its column, the number of its
 * row, and the keys of the tables it refers to. Knows nothing about databases, histories
 * or environments; {@link dev.samara.seed.data} loads what it makes.
 */
@NullMarked
package dev.samara.seed.volume;

import org.jspecify.annotations.NullMarked;
