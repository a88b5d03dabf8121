/**
 * A picture of all that users made in a database, and how two pictures differ. Knows
 * PostgreSQL's catalogue, and nothing about scripts, migrations or what made the
 * difference.
 */
@NullMarked
package dev.samara.schema;

import org.jspecify.annotations.NullMarked;
