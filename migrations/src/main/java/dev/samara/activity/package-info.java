/**
 * What goes on in the server beside the session that works: which sessions hold it up,
 * how far the index is that it builds. Looks from a second connection, which a run must
 * be able to do without. Knows nothing about scripts.
 */
@NullMarked
package dev.samara.activity;

import org.jspecify.annotations.NullMarked;
