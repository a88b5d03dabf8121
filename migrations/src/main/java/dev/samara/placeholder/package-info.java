/**
 * Replaces placeholders in text by their values, and knows the way back from the text
 * that runs to the one in the file. Text only: no files, no connections, no directives.
 */
@NullMarked
package dev.samara.placeholder;

import org.jspecify.annotations.NullMarked;
