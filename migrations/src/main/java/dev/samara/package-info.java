/**
 * What every part of Samara shares: the root of its exceptions and the marker of what is
 * not API. Depends on nothing else of Samara.
 */
@NullMarked
package dev.samara;

import org.jspecify.annotations.NullMarked;
