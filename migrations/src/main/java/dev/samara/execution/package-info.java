/**
 * Runs a {@link dev.samara.script.Script script} on a connection, in as few transactions
 * and round trips as its statements allow, and says where it failed. Knows nothing about
 * versions or history tables: what is recorded is the caller's.
 */
@NullMarked
package dev.samara.execution;

import org.jspecify.annotations.NullMarked;
