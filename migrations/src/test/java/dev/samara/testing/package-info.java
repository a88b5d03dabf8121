/**
 * What the tests of all modules share: real PostgreSQL servers and databases, migration
 * files, a wire tap, and the corpora of real migrations. Knows PostgreSQL and JUnit, and
 * nothing of Samara's own types.
 */
@NullMarked
package dev.samara.testing;

import org.jspecify.annotations.NullMarked;
