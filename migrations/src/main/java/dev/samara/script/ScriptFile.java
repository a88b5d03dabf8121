package dev.samara.script;

import org.jspecify.annotations.Nullable;

import dev.samara.Internal;

/**
 * What a file holds: a script, and in a section of its own perhaps the script that takes
 * it back.
 *
 * @param up the script; its checksum does not cover the other section, so that a way back
 * can be corrected when the way there is applied already
 * @param down the script below {@code -- samara: down}, or {@code null} if the file has
 * no such section
 * @since 0.1.0
 */
@Internal
public record ScriptFile(Script up, @Nullable Script down) {

}
