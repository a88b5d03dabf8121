/**
 * The lock that lets one process at a time change a database. Knows nothing about what is
 * done under it.
 */
@NullMarked
package dev.samara.lock;

import org.jspecify.annotations.NullMarked;
