/**
 * What Samara knows of PostgreSQL itself: the connection it works on, the settings of a
 * session, the errors of the server. Knows nothing about scripts or migrations.
 */
@NullMarked
package dev.samara.postgres;

import org.jspecify.annotations.NullMarked;
