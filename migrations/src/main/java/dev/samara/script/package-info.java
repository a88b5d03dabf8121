/**
 * Turns locations into immutable {@link dev.samara.script.Script scripts}: scans, reads,
 * checks the encoding, reads directives. Knows nothing about versions, history or
 * environments.
 */
@NullMarked
package dev.samara.script;

import org.jspecify.annotations.NullMarked;
