/**
 * Reads SQL text as {@code psql} does: cuts a script into statements, each with its place
 * in the text and with what it means for a transaction. Text only: no files, no
 * connections.
 */
@NullMarked
package dev.samara.sql;

import org.jspecify.annotations.NullMarked;
